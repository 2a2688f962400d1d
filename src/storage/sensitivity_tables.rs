//! `indices.csv` and `grades.csv`: the results of a sensitivity analysis.

use std::io;

use crate::sweep::results_table::ResultColumn;
use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::indices::{Index, IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{Sensitivity, SensitivityMethod, class_word};
use crate::units::number::exact;

const INDICES: [&str; 14] = [
    "outcome",
    "method",
    "parameter",
    "unit",
    "grade",
    "source",
    "measure",
    "measure_unit",
    "index",
    "low",
    "high",
    "converged",
    "wanted_samples",
    "left_out",
];

const GRADES: [&str; 11] = [
    "outcome",
    "method",
    "grade",
    "inputs",
    "scope",
    "share",
    "low",
    "high",
    "converged",
    "wanted_samples",
    "left_out",
];

/// `indices.csv`: one line per outcome, method, input and measure.
///
/// An index that has not converged has no number, only its interval and the samples it wants.
/// Errors: What the writer of tables reports.
pub(crate) fn indices(sensitivity: &Sensitivity, all: &[OutcomeIndices]) -> io::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(INDICES)?;
    for outcome_indices in all {
        for index in &outcome_indices.indices {
            table.write_record(index_row(sensitivity, outcome_indices, index))?;
        }
    }
    finished(table)
}

fn index_row(
    sensitivity: &Sensitivity,
    outcome_indices: &OutcomeIndices,
    index: &Index,
) -> Vec<String> {
    let factor = sensitivity.factors.get(index.factor);
    let of = |text: fn(&crate::sweep::sensitivity::Factor) -> &str| factor.map_or("", text);
    let column = outcome(sensitivity, outcome_indices);
    let unit = if index.measure.has_unit() { column.unit.as_str() } else { "1" };
    let mut row: Vec<String> = [
        column.name.as_str(),
        outcome_indices.method.word(),
        of(|factor| &factor.name),
        of(|factor| factor.unit),
        of(|factor| class_word(factor.class)),
        of(|factor| factor.source),
        index.measure.word(),
        unit,
    ]
    .map(str::to_owned)
    .to_vec();
    let is_share = matches!(index.measure, IndexKind::FirstOrder | IndexKind::TotalOrder);
    row.extend(cells(index.estimate, index.reliability, is_share));
    row.push(index.left_out.to_string());
    row
}

/// `grades.csv`: on which grades the variance of each outcome rests, by each method.
/// Errors: What the writer of tables reports.
pub(crate) fn grades(sensitivity: &Sensitivity, all: &[OutcomeIndices]) -> io::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(GRADES)?;
    for outcome_indices in all {
        for share in &outcome_indices.shares {
            let alone = Some(("alone", share.alone));
            let with = share.with_others.map(|with| ("with_interactions", with));
            for (scope, (estimate, reliability)) in alone.into_iter().chain(with) {
                let mut row: Vec<String> = [
                    outcome(sensitivity, outcome_indices).name,
                    outcome_indices.method.word().to_owned(),
                    class_word(share.class).to_owned(),
                    share.factors.to_string(),
                    scope.to_owned(),
                ]
                .to_vec();
                row.extend(cells(estimate, reliability, true));
                row.push(outcome_indices.left_out.to_string());
                table.write_record(row)?;
            }
        }
    }
    finished(table)
}

/// Number, interval, whether it converged, wanted samples.
fn cells(estimate: Estimate, reliability: Reliability, is_share: bool) -> Vec<String> {
    let finite = |value: f64| if value.is_finite() { exact(value) } else { String::new() };
    // Where a cut at 0 and 1 would hide how wide it is, the table has the interval as sampled.
    let cut = estimate.interval_of_share(reliability).unwrap_or((estimate.low, estimate.high));
    let (low, high) = if is_share { cut } else { (estimate.low, estimate.high) };
    // Sampling can lead a share a little beyond 1, where it cannot be.
    let most = if is_share { 1.0 } else { f64::INFINITY };
    let (value, converged, wanted) = match reliability {
        Reliability::Converged => (finite(estimate.value.min(most)), "true", String::new()),
        Reliability::NotConverged { wanted } | Reliability::Noise { wanted } => {
            (String::new(), "false", wanted.to_string())
        }
        Reliability::Undefined => (String::new(), "", String::new()),
    };
    vec![value, finite(low), finite(high), converged.to_owned(), wanted]
}

/// The column of the outcome that is outcome_indices about.
fn outcome(sensitivity: &Sensitivity, outcome_indices: &OutcomeIndices) -> ResultColumn {
    let own = |method: SensitivityMethod| {
        let analysis = sensitivity.analyses.iter().find(|one| one.method == method)?;
        analysis.sweep.outcomes.get(outcome_indices.outcome).map(|outcome| outcome.column())
    };
    own(outcome_indices.method).unwrap_or_else(|| ResultColumn {
        name: String::new(),
        unit: "1".to_owned(),
        kind: crate::sweep::results_table::ColumnType::Number,
        meaning: String::new(),
    })
}

fn finished(table: csv::Writer<Vec<u8>>) -> io::Result<String> {
    let bytes = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
