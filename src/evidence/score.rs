//! Counts of a hypothesis set over all trials.

use crate::evidence::prediction::Compared;
use crate::evidence::vocabulary::Kind;
use crate::parameters::Hypothesis;

/// How many comparisons hold in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    pub set: Hypothesis,
    pub holds: usize,
    pub all: usize,
    /// Holding and all, of sizes, nulls and directions.
    pub by_kind: [(usize, usize); 3],
    /// Holding and all of what is asked without a study that found it; not among the others.
    pub unpublished: (usize, usize),
}

impl Score {
    pub(crate) fn of<'a>(
        set: Hypothesis,
        compared: impl Iterator<Item = &'a Compared> + Clone,
    ) -> Self {
        let count = |published: bool, is_counted: &dyn Fn(Kind) -> bool| {
            let own = compared.clone().filter(|one| one.trial.published == published);
            let own = own.filter(|one| is_counted(one.trial.kind));
            let own: Vec<_> = own.filter_map(|one| one.in_set(set)).collect();
            (own.iter().filter(|own| own.agreement.holds()).count(), own.len())
        };
        let (holds, all) = count(true, &|_| true);
        let by_kind = [Kind::Quantitative, Kind::Null, Kind::Directional]
            .map(|kind| count(true, &|own| own == kind));
        Self { set, holds, all, by_kind, unpublished: count(false, &|_| true) }
    }
}

/// Ids and sets of rows that hold where the table says that they miss, or miss where it says that
/// they hold.
pub(crate) fn surprises(compared: &[Compared]) -> Vec<String> {
    let all = compared.iter().flat_map(|one| one.predictions.iter().map(move |own| (one, own)));
    let unexpected = all.filter(|(one, own)| {
        let expected = one.trial.expected;
        expected.is_some_and(|expected| expected.holds_in(own.set) != own.agreement.holds())
    });
    unexpected.map(|(one, own)| format!("{} ({})", one.trial.id, own.set.name())).collect()
}

/// Topics in the order of the table.
pub(crate) fn topics(compared: &[Compared]) -> Vec<&str> {
    let mut topics: Vec<&str> = Vec::new();
    for one in compared {
        if !topics.contains(&one.trial.topic.as_str()) {
            topics.push(&one.trial.topic);
        }
    }
    topics
}
