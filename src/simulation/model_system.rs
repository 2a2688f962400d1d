//! The model as a system of the solver: states, terms, and the state that each term changes.

use crate::physiology::balance::{Rates, Share, TERM_COUNT, evaluate, shares};
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::{STATE_COUNT, STATES, State};
use crate::real::Real;
use crate::real::dispatch::{Kernel, Width};
use crate::solver::{Contribution, Held, System};
use std::sync::LazyLock;

/// The model of one person under the inputs that hold between two events.
#[derive(Clone, Copy)]
pub(crate) struct ModelSystem<S> {
    /// The person and the parameters; the same for the whole run.
    pub model: Model<S>,
    /// The inputs in force until the next event.
    pub segment: SegmentInputs<S>,
}

/// The contributions of terms to states, the same for every person and all inputs.
pub(crate) fn contributions() -> Vec<Contribution> {
    let named =
        |share: Share| Contribution { state: share.state, term: share.term, factor: share.factor };
    shares().into_iter().map(named).collect()
}

/// The slow stocks that the prelude holds: bone, arteries, and what follows them.
static SLOW_STOCKS: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let slow = STATES.iter().enumerate().filter(|(_, state)| state.held_in_prelude);
    slow.map(|(index, _)| index).collect()
});

impl System for ModelSystem<f64> {
    const STATES: usize = STATE_COUNT;
    const TERMS: usize = TERM_COUNT;

    /// Each flow leaves one pool and enters another; each further term is the rate of one state.
    fn contributions(&self) -> Vec<Contribution> {
        contributions()
    }

    fn held(&self) -> Option<Held<f64>> {
        let factor = self.segment.age_course.moves;
        (factor != 1.0).then_some(Held { states: &SLOW_STOCKS, factor })
    }

    #[inline]
    fn terms<R: Real<Scalar = f64>>(&self, time: R, state: &[R], terms: &mut [R]) {
        // The solver always passes STATE_COUNT numbers; anything else leaves the terms alone.
        if let Some(state) = state.first_chunk::<STATE_COUNT>() {
            Width::widest().run(Evaluation { system: self, time, state, terms });
        }
    }
}

impl ModelSystem<f64> {
    /// Flows, rates of change and influences at one moment.
    pub(crate) fn rates(&self, time_days: f64, state: &State<f64>) -> Rates<f64> {
        Width::widest().run(Moment { system: self, time_days, state })
    }
}

/// One evaluation of all flows, rates and influences.
struct Moment<'a> {
    system: &'a ModelSystem<f64>,
    time_days: f64,
    state: &'a State<f64>,
}

impl Kernel for Moment<'_> {
    type Output = Rates<f64>;

    #[inline(always)]
    fn run(self) -> Rates<f64> {
        evaluate(&self.system.model, &self.system.segment, self.time_days, self.state)
    }
}

struct Evaluation<'a, R: Real> {
    system: &'a ModelSystem<R::Scalar>,
    time: R,
    state: &'a [R; STATE_COUNT],
    terms: &'a mut [R],
}

impl<R: Real> Kernel for Evaluation<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { system, time, state, terms } = self;
        let rates = evaluate(&system.model, &system.segment, time, &State::from_array(state));
        rates.write_terms(terms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::physiology::initial::reference_state;
    use crate::physiology::inputs::Inputs;
    use crate::physiology::person::Person;
    use crate::physiology::segment_inputs::Resolution;
    use crate::real::Dual;

    #[test]
    fn every_width_evaluates_the_model_to_the_same_bits() {
        let parameters = Parameters::PARADOX;
        let model = Model::new(&parameters, &Person::default());
        let inputs = Inputs::reference(&parameters);
        let segment = SegmentInputs::new(&inputs, Resolution::Averaged, None, &parameters);
        let system = ModelSystem { model, segment };
        let values = reference_state(&model).to_array().map(|value| 1.1 * value);
        let state: [Dual<f64, 8>; STATE_COUNT] =
            std::array::from_fn(|i| Dual::seeded(values[i], i % 8));
        let bits = |width: Width| {
            let mut terms = [Dual::fixed(0.0); TERM_COUNT];
            let time = Dual::seeded(7000.0, 3);
            width.run(Evaluation { system: &system, time, state: &state, terms: &mut terms });
            let mut plain = [0.0; TERM_COUNT];
            width.run(Evaluation {
                system: &system,
                time: 7000.0,
                state: &values,
                terms: &mut plain,
            });
            let bits = |term: Dual<f64, 8>| (term.value.to_bits(), term.tangent.map(f64::to_bits));
            (terms.map(bits), plain.map(f64::to_bits))
        };
        let baseline = bits(Width::Baseline);
        assert!(baseline.1.iter().all(|bits| f64::from_bits(*bits).is_finite()));
        for width in Width::ALL {
            assert_eq!(bits(width), baseline, "{width:?}");
        }
    }
}
