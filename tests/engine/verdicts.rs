//! The shipped statements: all of the table, nothing else, with verdicts a physiologist accepts.

use std::sync::OnceLock;

use crate::evidence::SHIPPED;
use crate::evidence::prediction::compare;
use crate::evidence::trial::Trial;
use crate::storage::evidence_table::read;
use crate::verdicts::evaluation::{Judged, judge_all};
use crate::verdicts::file::{VerdictFile, shipped};
use crate::verdicts::judgement::Outcome;

fn trials() -> Vec<Trial> {
    read(SHIPPED.0, SHIPPED.1).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn files(trials: &[Trial]) -> Vec<VerdictFile> {
    let reads = shipped(trials).into_iter();
    reads.map(|read| read.file.unwrap_or_else(|| panic!("{:#?}", read.problems))).collect()
}

fn judged() -> &'static [Judged] {
    static JUDGED: OnceLock<Vec<Judged>> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let trials = trials();
        let evidence = compare(&trials, &|| true, &|| ());
        judge_all(&files(&trials), &evidence, &|| true, &|| ())
    })
}

/// `tests/statements.csv` is the table of the specification.
#[test]
fn every_statement_of_the_table_has_its_file_and_nothing_else() {
    let mut table = csv::Reader::from_reader(include_str!("../statements.csv").as_bytes());
    let cells = |record: csv::StringRecord| -> Vec<String> {
        record.iter().take(4).map(str::to_owned).collect()
    };
    let mut wanted: Vec<_> = table.records().map(|record| cells(record.unwrap())).collect();
    let of = |file: VerdictFile| {
        let own = file.statement;
        vec![own.id, own.topic, own.kind.name().to_owned(), own.words]
    };
    let mut there: Vec<_> = files(&trials()).into_iter().map(of).collect();
    wanted.sort();
    there.sort();
    assert_eq!(there.len(), 66);
    assert_eq!(there, wanted);
    let names = crate::verdicts::VERDICTS.iter().map(|file| file.name);
    let ids = shipped(&trials()).into_iter().map(|read| read.file.unwrap().statement.id);
    assert!(names.eq(ids), "each file has the name of its statement");
}

/// `tests/expected_verdicts.csv`: each was checked against the last column of the table of
/// statements and against the evidence.
#[test]
fn verdicts_are_those_that_a_physiologist_accepts() {
    let judged = judged();
    let line = |one: &Judged| {
        let sets = one.sets.iter().map(|own| own.outcome.words()).collect::<Vec<_>>();
        format!("{},{},{}", one.file.statement.id, one.verdict.words(), sets.join(","))
    };
    let own: Vec<String> = judged.iter().map(line).collect();
    let wanted: Vec<&str> = include_str!("../expected_verdicts.csv").lines().skip(1).collect();
    assert_eq!(own, wanted);
    for one in judged {
        let id = &one.file.statement.id;
        assert!(!one.idle_assumption(), "{id}: the assumption carries nothing");
        assert!(one.sets.iter().all(|own| own.outcome != Outcome::Untold), "{id}");
        assert!(one.sets.iter().all(|own| own.run.is_complete()), "{id}");
        let balanced =
            one.sets.iter().flat_map(|own| own.run.balances().map(|(_, own)| own.holds()));
        assert!(balanced.into_iter().all(|holds| holds), "{id}: calcium is lost or made");
        assert!(!crate::verdicts::table::physiologist(one).contains("cannot be told"), "{id}");
    }
}

#[test]
fn numbers_of_some_statements() {
    let judged = judged();
    let numbers = |id: &str, claim: usize| {
        let one = judged.iter().find(|one| one.file.statement.id == id).unwrap();
        one.sets
            .iter()
            .map(|own| own.claim(claim).unwrap())
            .map(|own| (own.left, own.right))
            .collect::<Vec<_>>()
    };
    let near = |value: f64, wanted: f64| {
        assert!((value / wanted - 1.0).abs() < 0.01, "{value} instead of {wanted}");
    };
    // model.md, target 9: coronary score at 70, 114 without and 76 with K2; conservative 89 and 81.
    // The growth is that less the score at 50.
    let artery = numbers("calcium_and_d_enough", 0);
    assert!((artery[0].1 - artery[0].0 - (114.0 - 76.0)).abs() < 1.5, "{artery:?}");
    assert!((artery[1].1 - artery[1].0 - (89.0 - 81.0)).abs() < 1.5, "{artery:?}");
    // and the spine 82.1 against 79.7 %; conservative 80.1 in both.
    let bone = numbers("calcium_and_d_enough", 1);
    near(bone[0].0, 82.1);
    near(bone[0].1, 79.7);
    near(bone[1].0, 80.1);
    near(bone[1].1, 80.1);
    // K2 leaves blood calcium where it is (target 8: less than 0.01 mmol/L).
    for (with, without) in numbers("raises_blood_calcium", 1) {
        assert!((with - without).abs() < 0.01, "{with} {without}");
    }
    // Less than −33 % at 12 weeks (Dalmeijer 2012), −43 % at 3 years: a year lies between.
    let mgp = numbers("mk7_dose_matters", 2);
    let usual = numbers("mk7_dose_matters", 0)[0].1;
    assert!((-43.0..-33.0).contains(&(100.0 * (mgp[0].0 / usual - 1.0))), "{mgp:?} {usual}");
}
