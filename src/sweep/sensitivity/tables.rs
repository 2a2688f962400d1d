//! The results of a sensitivity analysis as tables: all indices, and the shares by grade.

use crate::error::defect::OrDefect as _;
use crate::sweep::outcomes::Outcome;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn, Table};
use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::indices::{Index, IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{Factor, Sensitivity, class_word};

/// Name, type and meaning of a column.
type Column = (&'static str, ColumnType, &'static str);

const OUTCOME: Column = ("outcome", ColumnType::Word, "name of the outcome");
const METHOD: Column = ("method", ColumnType::Word, "local, morris, sobol or grades");
const GRADE: Column = ("grade", ColumnType::Word, "assumed, fitted, measured, or none");
/// How well a number is known.
const KNOWN: [Column; 5] = [
    ("low", ColumnType::Number, "lower end of the interval"),
    ("high", ColumnType::Number, "upper end of the interval"),
    ("converged", ColumnType::Truth, "whether the number is known well enough"),
    ("wanted_samples", ColumnType::Whole, "samples that would be wanted"),
    ("left_out", ColumnType::Whole, "runs that failed, with those of no use without them"),
];

/// One row per outcome, method, input and measure.
///
/// An index that has not converged has no number, only its interval and the samples it wants.
pub(crate) fn indices(sensitivity: &Sensitivity, all: &[OutcomeIndices]) -> Table {
    let own: [Column; 9] = [
        OUTCOME,
        METHOD,
        ("parameter", ColumnType::Word, "name of the input"),
        ("unit", ColumnType::Word, "unit of the input"),
        GRADE,
        ("source", ColumnType::Word, "key of the source"),
        ("measure", ColumnType::Word, "kind of the index"),
        ("measure_unit", ColumnType::Word, "unit of the index"),
        ("index", ColumnType::Number, "the index"),
    ];
    let rows = all
        .iter()
        .flat_map(|found| found.indices.iter().map(|index| index_row(sensitivity, found, index)));
    table(&own, rows.collect())
}

fn index_row(sensitivity: &Sensitivity, found: &OutcomeIndices, index: &Index) -> Vec<CellValue> {
    let factor = sensitivity.factors.get(index.factor).or_defect("an input that does not exist");
    let of = |text: fn(&Factor) -> &str| text(factor);
    let column = sensitivity.outcomes().get(found.outcome).map(Outcome::column);
    let unit = column.as_ref().map_or("1", |column| column.unit.as_str());
    let mut row = words(&[
        column.as_ref().map_or("", |column| column.name.as_str()),
        found.method.word(),
        of(|factor| &factor.name),
        of(|factor| factor.unit),
        of(|factor| class_word(factor.class)),
        of(|factor| factor.source),
        index.measure.word(),
        if index.measure.has_unit() { unit } else { "1" },
    ]);
    let is_share = matches!(index.measure, IndexKind::FirstOrder | IndexKind::TotalOrder);
    row.extend(cells((index.estimate, index.reliability), is_share));
    row.push(CellValue::Whole(index.left_out));
    row
}

/// On which grades the variance of each outcome rests, by each method.
pub(crate) fn grades(sensitivity: &Sensitivity, all: &[OutcomeIndices]) -> Table {
    let own: [Column; 6] = [
        OUTCOME,
        METHOD,
        GRADE,
        ("inputs", ColumnType::Whole, "number of inputs of the grade"),
        ("scope", ColumnType::Word, "alone, or with the interactions with other grades"),
        ("share", ColumnType::Number, "share of the variance"),
    ];
    let mut rows = Vec::new();
    for found in all {
        let column = sensitivity.outcomes().get(found.outcome).map(Outcome::column);
        let name = column.map_or_else(String::new, |column| column.name);
        for share in &found.shares {
            let alone = Some(("alone", share.alone));
            let with = share.with_others.map(|with| ("with_interactions", with));
            for (scope, share_of_scope) in alone.into_iter().chain(with) {
                let mut row = words(&[&name, found.method.word(), class_word(share.class)]);
                row.push(CellValue::Whole(share.factors as u64));
                row.push(CellValue::Word(scope.to_owned()));
                row.extend(cells(share_of_scope, true));
                row.push(CellValue::Whole(found.left_out));
                rows.push(row);
            }
        }
    }
    table(&own, rows)
}

fn table(own: &[Column], rows: Vec<Vec<CellValue>>) -> Table {
    let column = |(name, kind, meaning): &Column| ResultColumn::new(*name, *kind, "1", *meaning);
    Table { columns: own.iter().chain(&KNOWN).map(column).collect(), rows }
}

fn words(words: &[&str]) -> Vec<CellValue> {
    words.iter().map(|word| CellValue::Word((*word).to_owned())).collect()
}

/// Number, interval, whether it converged, wanted samples.
fn cells((estimate, reliability): (Estimate, Reliability), is_share: bool) -> [CellValue; 5] {
    let finite = |value: f64| CellValue::finite(Some(value));
    // Where a cut at 0 and 1 would hide how wide it is, the table has the interval as sampled.
    let cut = estimate.interval_of_share(reliability).unwrap_or((estimate.low, estimate.high));
    let (low, high) = if is_share { cut } else { (estimate.low, estimate.high) };
    // Sampling can lead a share a little beyond 1, where it cannot be.
    let most = if is_share { 1.0 } else { f64::INFINITY };
    let (value, converged, wanted) = match reliability {
        Reliability::Converged => {
            (finite(estimate.value.min(most)), CellValue::Truth(true), CellValue::Missing)
        }
        Reliability::NotConverged { wanted } | Reliability::Noise { wanted } => {
            (CellValue::Missing, CellValue::Truth(false), CellValue::Whole(wanted))
        }
        Reliability::Undefined => (CellValue::Missing, CellValue::Missing, CellValue::Missing),
    };
    [value, finite(low), finite(high), converged, wanted]
}
