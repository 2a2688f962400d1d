//! The selection of output rows: a sweep needs few of them, and each costs an evaluation.

/// The output rows to keep.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RowSelection {
    #[default]
    /// Every row of the output grid.
    All,
    /// The first and the last, those between the days of each pair, and the nearest row on
    /// either side, so that a value between rows stays the same.
    Around(Vec<(f64, f64)>),
}

impl RowSelection {
    /// The same with the rows between the days of these pairs, too.
    pub(crate) fn with(self, more: Vec<(f64, f64)>) -> Self {
        match self {
            Self::All => Self::All,
            Self::Around(mut periods) => {
                periods.extend(more);
                Self::Around(periods)
            }
        }
    }

    /// The times that are kept of all `times`, which ascend.
    pub(super) fn chosen(&self, times: Vec<f64>) -> Vec<f64> {
        let Self::Around(periods) = self else { return times };
        let last = times.len().saturating_sub(1);
        let mut wanted = vec![false; times.len()];
        let mut keep = |from: usize, to: usize| {
            let rows = wanted.get_mut(from..=to.min(last)).unwrap_or_default();
            rows.fill(true);
        };
        keep(0, 0);
        keep(last, last);
        for (from, to) in periods {
            let first = times.partition_point(|time| time < from).saturating_sub(1);
            let after = times.partition_point(|time| time <= to);
            keep(first, after);
        }
        times.into_iter().zip(wanted).filter_map(|(time, wanted)| wanted.then_some(time)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbors_of_a_period_are_kept() {
        let times = || (0..10).map(f64::from).collect::<Vec<_>>();
        let chosen =
            |periods: &[(f64, f64)]| RowSelection::Around(periods.to_vec()).chosen(times());
        assert_eq!(chosen(&[]), [0.0, 9.0]);
        assert_eq!(chosen(&[(3.5, 3.5)]), [0.0, 3.0, 4.0, 9.0]);
        assert_eq!(chosen(&[(3.0, 4.5)]), [0.0, 2.0, 3.0, 4.0, 5.0, 9.0]);
        assert_eq!(chosen(&[(8.5, 99.0)]), [0.0, 8.0, 9.0]);
        assert_eq!(RowSelection::All.chosen(times()), times());
        assert!(RowSelection::Around(vec![(0.0, 1.0)]).chosen(Vec::new()).is_empty());
    }
}
