//! Target 10: published trials against the model, in both hypothesis sets.
//!
//! A row holds where `expected_set` says so and misses where it says so: a miss that begins to
//! hold is news, too.

use crate::evidence::SHIPPED;
use crate::evidence::prediction::compare;
use crate::evidence::score::{Score, surprises};
use crate::parameters::Hypothesis;
use crate::storage::evidence_table::read;

#[test]
fn trials_hold_where_expected_and_miss_where_expected() {
    let trials = read(SHIPPED.0, SHIPPED.1).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(trials.len(), 103);
    let compared = compare(&trials, &|| true, &|| ());
    assert_eq!(compared.len(), 103);
    assert!(compared.iter().all(|one| one.trial.expected.is_some() && one.predictions.len() == 2));
    assert_eq!(surprises(&compared), Vec::<String>::new());
    // Rows that no study stands behind count among no trials.
    for set in Hypothesis::ALL {
        let score = Score::of(set, compared.iter());
        assert_eq!((score.all, score.unpublished), (101, (2, 2)), "{set:?}");
        assert_eq!(score.by_kind.map(|(_, _, all)| all), [68, 16, 17]);
    }
}
