//! Target 10: published trials against the model, in both hypothesis sets.
//!
//! A row holds where `expected_set` says so and misses where it says so: a miss that begins to
//! hold is news, too.

use crate::evidence::SHIPPED;
use crate::evidence::prediction::{Agreement, Compared, compare};
use crate::evidence::score::{Score, surprises};
use crate::evidence::table::{observed, predicted};
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
    known_limits_have_the_numbers(&compared);
    // Rows that no study stands behind count among no trials.
    for set in Hypothesis::ALL {
        let score = Score::of(set, compared.iter());
        assert_eq!((score.all, score.unpublished), (101, (2, 2)), "{set:?}");
        assert_eq!(score.by_kind.map(|(_, all)| all), [68, 16, 17]);
    }
}

/// KNOWN_LIMITS.md has a line for each trial that a set misses or meets in its sign only, with the
/// numbers that are printed now.
fn known_limits_have_the_numbers(compared: &[Compared]) {
    let limits = include_str!("../../KNOWN_LIMITS.md");
    let rows: Vec<&str> = limits.lines().filter(|line| line.contains("`) | ")).collect();
    let mut found = 0;
    for Compared { trial, predictions } in compared {
        let cells = predictions.iter().map(|one| {
            let (value, words) = (predicted(trial, one), one.agreement.words());
            format!(" | {value} ({words})")
        });
        let end = format!("(`{}`) | {}{} |", trial.id, observed(trial), cells.collect::<String>());
        let end = end.replace('\u{A0}', " ");
        let named = format!("(`{}`)", trial.id);
        let row = rows.iter().find(|row| row.contains(&named));
        let weak = |one: &Agreement| matches!(one, Agreement::Miss | Agreement::DirectionOnly);
        if row.is_none() && predictions.iter().any(|one| weak(&one.agreement)) {
            panic!("KNOWN_LIMITS.md has no line that ends with {end}");
        }
        if let Some(row) = row {
            found += 1;
            assert!(row.ends_with(&end), "KNOWN_LIMITS.md: {row}\nshould end with {end}");
        }
    }
    assert_eq!(found, rows.len(), "a line of KNOWN_LIMITS.md names no trial");
    assert!(limits.contains(&format!(
        "the other {} of {}",
        compared.len() - found,
        compared.len()
    )));
}
