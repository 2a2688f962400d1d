//! Target 10: published trials against the model, in both hypothesis sets.
//!
//! A row holds where `expected_set` says so and misses where it says so: a miss that begins to
//! hold is news, too.

use crate::evidence::prediction::compare;
use crate::evidence::shipped;

#[test]
fn trials_hold_where_expected_and_miss_where_expected() {
    let trials = shipped().unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(trials.len(), 103);
    let compared = compare(&trials, &|| true, &|| ());
    assert_eq!(compared.len(), 103);
    let mut surprises = Vec::new();
    for one in &compared {
        let expected = one.trial.expected.expect("every shipped row says where it holds");
        for prediction in &one.predictions {
            if prediction.agreement.holds() != expected.holds_in(prediction.set) {
                let (id, set) = (&one.trial.id, prediction.set.name());
                let (low, high) = (one.trial.low, one.trial.high);
                surprises.push(format!("{id} ({set}): {:?} in [{low}, {high}]", prediction.value));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
