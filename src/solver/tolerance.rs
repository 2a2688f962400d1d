//! Tolerances per state, and the norm of a step's error in units of them.

use crate::real::Lanes;

/// Tolerances of all states.
///
/// Of a state: (absolute + relative · magnitude) / strictness. A strictness above 1 makes a state
/// count for more, for example one that accumulates the errors of early years.
#[derive(Clone, Debug)]
pub(crate) struct Tolerances {
    relative: f64,
    absolute: Vec<f64>,
    strictness: Vec<f64>,
}

impl Tolerances {
    /// Relative tolerance for all, absolute tolerances per state, strictness 1.
    pub(crate) fn new(relative: f64, absolute: &[f64]) -> Self {
        let strictness = vec![1.0; absolute.len()];
        Self { relative, absolute: absolute.to_vec(), strictness }
    }

    /// The same with a strictness per state; missing ones stay 1.
    pub(crate) fn with_strictness(mut self, strictness: &[f64]) -> Self {
        for (place, value) in self.strictness.iter_mut().zip(strictness) {
            *place = *value;
        }
        self
    }

    pub(super) fn len(&self) -> usize {
        self.absolute.len()
    }

    #[inline(always)]
    fn scaled_error(
        &self,
        absolute: f64,
        strictness: f64,
        before: f64,
        after: f64,
        error: f64,
    ) -> f64 {
        let magnitude = before.abs().max(after.abs());
        error * strictness / (absolute + self.relative * magnitude)
    }

    /// Error in units of the tolerance of each state, in order.
    fn scaled_errors<'a>(
        &'a self,
        before: &'a [f64],
        after: &'a [f64],
        error: &'a [f64],
    ) -> impl Iterator<Item = f64> + 'a {
        let ends = before.iter().zip(after).zip(error);
        self.absolute.iter().zip(&self.strictness).zip(ends).map(
            |((absolute, strictness), ((before, after), error))| {
                self.scaled_error(*absolute, *strictness, *before, *after, *error)
            },
        )
    }

    /// Error of a step in units of the tolerance, as root mean square over the states.
    ///
    /// The magnitude of a state is the larger one before and after. Not a number if anything is
    /// not finite.
    pub(crate) fn error(&self, before: &[f64], after: &[f64], error: &[f64]) -> f64 {
        let squares: f64 =
            self.scaled_errors(before, after, error).map(|share| share * share).sum();
        let magnitudes = after.iter().take(self.len()).map(|value| value.abs()).sum::<f64>();
        let count = self.len().max(1) as f64;
        if f64::is_finite(magnitudes) { (squares / count).sqrt() } else { f64::NAN }
    }

    /// [`Self::error`] in every lane, to the same bits.
    #[inline(always)]
    pub(super) fn errors<const W: usize>(
        &self,
        before: &[Lanes<W>],
        after: &[Lanes<W>],
        error: &[Lanes<W>],
    ) -> Lanes<W> {
        let (mut squares, mut magnitudes) = ([0.0; W], [0.0; W]);
        let ends = before.iter().zip(after).zip(error);
        let tolerances = self.absolute.iter().zip(&self.strictness);
        for ((&absolute, &strictness), ((before, after), error)) in tolerances.zip(ends) {
            let ends = before.numbers().iter().zip(after.numbers()).zip(error.numbers());
            let sums = squares.iter_mut().zip(&mut magnitudes);
            for (((before, after), error), (square, magnitudes)) in ends.zip(sums) {
                let share = self.scaled_error(absolute, strictness, *before, *after, *error);
                *square += share * share;
                *magnitudes += after.abs();
            }
        }
        let count = self.len().max(1) as f64;
        Lanes::new(squares).zip(Lanes::new(magnitudes), |squares, magnitudes| {
            if f64::is_finite(magnitudes) { (squares / count).sqrt() } else { f64::NAN }
        })
    }

    /// The state with the largest error, if any has one.
    pub(super) fn worst(&self, before: &[f64], error: &[f64]) -> Option<usize> {
        let scaled = self.scaled_errors(before, before, error).map(f64::abs).enumerate();
        scaled
            .filter(|(_, share)| *share > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(state, _)| state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_count_by_tolerance_and_strictness() {
        let plain = Tolerances::new(1e-3, &[1e-6, 1e-6]);
        // Tolerances 1e-3 + 1e-6 and 1e-6: scaled 1 and 2, root of (1 + 4)/2.
        let error = plain.error(&[1.0, 0.0], &[-0.5, 0.0], &[1.001e-3, -2e-6]);
        assert!((error - 2.5_f64.sqrt()).abs() < 1e-12, "{error}");
        let strict = plain.with_strictness(&[1.0, 3.0]);
        let error = strict.error(&[1.0, 0.0], &[-0.5, 0.0], &[1.001e-3, -2e-6]);
        assert!((error - 18.5_f64.sqrt()).abs() < 1e-12, "{error}");
        assert_eq!(strict.worst(&[1.0, 0.0], &[1.001e-3, -2e-6]), Some(1));
        assert_eq!(strict.worst(&[1.0, 0.0], &[0.0, 0.0]), None);
    }

    #[test]
    fn what_is_not_finite_is_not_a_number() {
        let plain = Tolerances::new(1e-3, &[1e-6]);
        assert!(plain.error(&[1.0], &[f64::NAN], &[0.0]).is_nan());
        assert!(plain.error(&[1.0], &[f64::INFINITY], &[0.0]).is_nan());
        assert!(plain.error(&[1.0], &[1.0], &[f64::NAN]).is_nan());
    }
}
