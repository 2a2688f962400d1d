//! Each dimension alone, to both sides of a common center: what central differences need.

/// The steps of one dimension, as shares of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    /// The share while the others move.
    pub center: f64,
    pub first: f64,
    pub second: f64,
}

/// A center and two points for each dimension.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OneAtATime {
    pub steps: Vec<Step>,
}

impl OneAtATime {
    /// Number of points: 2·dimensions + 1.
    pub(crate) fn count(&self) -> u64 {
        2 * self.steps.len() as u64 + 1
    }

    /// Point 0 is the center, 1 + 2·i and 2 + 2·i move dimension i.
    pub(crate) fn point(&self, index: u64) -> Vec<f64> {
        let moved = index.checked_sub(1).map(|rest| (rest / 2, rest % 2));
        let share = |(dimension, step): (u64, &Step)| match moved {
            Some((this, 0)) if this == dimension => step.first,
            Some((this, _)) if this == dimension => step.second,
            _ => step.center,
        };
        (0..).zip(&self.steps).map(share).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dimension_moves_alone() {
        let step = Step { center: 0.5, first: 0.0, second: 1.0 };
        let design = OneAtATime { steps: vec![step, Step { center: 0.0, ..step }] };
        let points: Vec<_> = (0..design.count()).map(|index| design.point(index)).collect();
        assert_eq!(points, [[0.5, 0.0], [0.0, 0.0], [1.0, 0.0], [0.5, 0.0], [0.5, 1.0]]);
    }
}
