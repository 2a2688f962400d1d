//! The record and the row of a run.

use crate::sweep::results_table::CellValue;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunRow {
    pub run: u64,
    /// One value for each of `one_run::columns`.
    pub cells: Vec<CellValue>,
    /// The largest residual of the calcium balance of its arms \[mg\]; none if an arm did not end.
    pub residual_mg: Option<f64>,
    /// The cause of the failure, if it failed.
    pub failure: Option<String>,
    /// Its rows in the table of time courses.
    pub courses: Vec<Vec<CellValue>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FinishedChunk {
    pub number: u64,
    /// The rows of its runs, in their order.
    pub rows: Vec<RunRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

/// The outcomes of a run, and how it went.
#[derive(Clone, Debug)]
pub(crate) struct RunRecord {
    pub cells: Vec<CellValue>,
    /// See [`RunRow::residual_mg`].
    pub residual_mg: Option<f64>,
    /// Names of the read-outs that leave what a living person can have.
    pub implausible: Vec<&'static str>,
    /// The cause of the failure, if it failed.
    pub failure: Option<String>,
    /// Rows of the table of time courses, without the number of the run.
    pub courses: Vec<Vec<CellValue>>,
}

impl RunRecord {
    /// The row of the run: its number, the varied values, the result of a search, the outcomes.
    pub(super) fn into_row(
        self,
        run: u64,
        values: Vec<CellValue>,
        answer: Vec<CellValue>,
    ) -> RunRow {
        let mut cells = vec![CellValue::Whole(run)];
        cells.extend(values);
        cells.extend(answer);
        cells.extend(self.cells);
        cells.push(self.residual_mg.map_or(CellValue::Missing, CellValue::Number));
        let implausible = CellValue::Word(self.implausible.join(" "));
        cells.push(if self.implausible.is_empty() { CellValue::Missing } else { implausible });
        cells.push(CellValue::Truth(self.failure.is_none()));
        let with_number = |mut row: Vec<CellValue>| {
            row.insert(0, CellValue::Whole(run));
            row
        };
        let courses = self.courses.into_iter().map(with_number).collect();
        RunRow { run, cells, residual_mg: self.residual_mg, failure: self.failure, courses }
    }
}
