//! Two independent points A and B, and A with some coordinates taken from B: what indices of
//! variance need (Saltelli and others, Comput. Phys. Commun. 181, 259–270, 2010).

use crate::sweep::sampling::Design;

/// For each sample: A, then A with each set of coordinates from B, then B.
#[derive(Clone, Debug)]
pub(crate) struct SaltelliDesign {
    /// Points of twice the dimensions: A in the first half, B in the second.
    points: Box<Design>,
    /// The coordinates that are taken from B, one row for each set.
    sets: Vec<Vec<bool>>,
}

impl SaltelliDesign {
    /// These sets of coordinates, one after the other.
    pub(crate) fn new(points: Design, sets: Vec<Vec<bool>>) -> Self {
        Self { points: Box::new(points), sets }
    }

    /// The sets of one coordinate each.
    pub(crate) fn singles(dimensions: usize) -> Vec<Vec<bool>> {
        let alone = |one: usize| (0..dimensions).map(|other| other == one).collect();
        (0..dimensions).map(alone).collect()
    }

    /// Points of each sample: A, B and one for each set.
    pub(crate) fn stride(&self) -> u64 {
        self.sets.len() as u64 + 2
    }

    pub(crate) fn samples(&self) -> u64 {
        self.points.count()
    }

    /// The word for the method that spreads A and B.
    pub(crate) fn word(&self) -> &'static str {
        self.points.word()
    }

    /// A point: sample = index / stride; 0 is A, the last is B.
    pub(crate) fn point(&self, index: u64) -> Vec<f64> {
        let both = self.points.point(index / self.stride());
        let (a, b) = both.split_at(both.len() / 2);
        let set = (index % self.stride()).checked_sub(1);
        let Some(set) = set else { return a.to_vec() };
        let exchanged = usize::try_from(set).ok().and_then(|set| self.sets.get(set));
        let Some(exchanged) = exchanged else { return b.to_vec() };
        let pick = |((a, b), from_b): ((&f64, &f64), &bool)| if *from_b { *b } else { *a };
        a.iter().zip(b).zip(exchanged).map(pick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::sampling::SamplingMethod;

    #[test]
    fn every_set_takes_its_coordinates_from_b() {
        let points = Design::new(SamplingMethod::Sobol, 1, 4, 6).unwrap();
        let mut sets = SaltelliDesign::singles(3);
        sets.push(vec![true, false, true]);
        let exchanged = SaltelliDesign::new(points.clone(), sets);
        assert_eq!((exchanged.stride(), exchanged.samples()), (6, 4));
        for sample in 0..4 {
            let both = points.point(sample);
            let point = |at| exchanged.point(sample * 6 + at);
            assert_eq!(point(0), both[..3]);
            assert_eq!(point(5), both[3..]);
            assert_eq!(point(2), [both[0], both[4], both[2]]);
            assert_eq!(point(4), [both[3], both[1], both[5]]);
        }
    }
}
