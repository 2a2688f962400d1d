//! Counts of a hypothesis set over all trials.

use crate::evidence::prediction::{Agreement, Compared};
use crate::evidence::vocabulary::Kind;
use crate::parameters::Hypothesis;

/// How many comparisons hold in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    pub set: Hypothesis,
    pub holds: usize,
    pub all: usize,
    /// Holding and all, of sizes, nulls and directions.
    pub by_kind: [(Kind, usize, usize); 3],
    /// Holding and all of what is asked without a study that found it; not among the others.
    pub unpublished: (usize, usize),
}

impl Score {
    pub(crate) fn of<'a>(
        set: Hypothesis,
        compared: impl Iterator<Item = &'a Compared> + Clone,
    ) -> Self {
        let rows_of = |published: bool| {
            compared.clone().filter(move |one| one.trial.published == published).filter_map(
                move |one| {
                    let own = one.predictions.iter().find(|prediction| prediction.set == set)?;
                    Some((one.trial.kind, own.agreement))
                },
            )
        };
        let rows = || rows_of(true);
        let by_kind = [Kind::Quantitative, Kind::Null, Kind::Directional].map(|kind| {
            let own = || rows().filter(|row| row.0 == kind);
            (kind, own().filter(|row| row.1.holds()).count(), own().count())
        });
        let holds = rows().filter(|row| row.1 != Agreement::Miss).count();
        let others = || rows_of(false);
        let unpublished = (others().filter(|row| row.1.holds()).count(), others().count());
        Self { set, holds, all: rows().count(), by_kind, unpublished }
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
