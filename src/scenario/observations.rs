//! `[[data]]`: observations that figures show over the curves, from a table in a file or in the text.
//!
//! A row that cannot be read is told and left out; the others are shown.

use std::ops::Range;

use crate::error::problem::{Misread, SourceSpan};
use crate::error::suggest::{did_you_mean, unknown_arm};
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, tables};
use crate::form::{self, Read};
use crate::physiology::quantities::{Quantity, quantity};
use crate::scenario::Arm;
use crate::scenario::claims::Scope;
use crate::scenario::quantity_names;
use crate::scenario::table_cells::{Cell, rows};
use crate::units::Matter;
use crate::units::amount::{Target, amount, display_unit};
use crate::units::date::{Date, days_until};
use crate::units::number::rounded;

/// Columns of a table, the ones that every table needs first.
const COLUMNS: [&str; 7] = ["time", "readout", "value", "arm", "low", "high", "unit"];
const NEEDED: usize = 3;
/// Rows of a table at most: more points than these hide each other.
const MOST_ROWS: usize = 2000;
/// Problems of a table that are told one by one.
const MOST_TOLD: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Observation {
    pub arm: String,
    /// Full name of the quantity.
    pub quantity: &'static str,
    /// Time from the start \[d\].
    pub day: f64,
    /// In the unit of the quantity.
    pub value: f64,
    /// Lower and upper end of its interval.
    pub interval: Option<(f64, f64)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Observations {
    pub shown: Vec<Observation>,
    /// Number of rows that could not be shown.
    pub left_out: usize,
}

/// The text of a table and its place.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A file: its index among the texts that were read.
    File(usize),
    /// A value of the scenario file.
    Value(Node),
}

impl Source {
    /// Place of a part of the table.
    fn span(&self, bytes: &Range<usize>) -> SourceSpan {
        match self {
            Self::File(text) => SourceSpan { text: *text, bytes: bytes.clone() },
            Self::Value(node) => node.part(bytes),
        }
    }
}

/// Finds the tables that the top level names; files are added to `texts`.
pub(super) fn sources(
    root: &Entries,
    texts: &mut Vec<(String, String)>,
    read: Read<'_>,
    problems: &mut Problems,
) -> Vec<Source> {
    let mut found = Vec::new();
    for node in tables(root, "data") {
        match (get(node.entries(), "file"), get(node.entries(), "text")) {
            (Some(file), None) => {
                let name =
                    texts.get(file.span.text).map_or(String::new(), |(name, _)| name.clone());
                if let Some(text) = form::named_file(file, &name, read, problems) {
                    found.push(Source::File(texts.len()));
                    texts.push(text);
                }
            }
            (None, Some(text)) => found.push(Source::Value(text.clone())),
            _ if problems.was_refused(&node.span, "file") => {}
            _ => {
                let help = "write either file = \"d.csv\", or text = \"\"\" with the table itself";
                problems.error(&node.span, "[[data]] needs a file or a text", "", help);
            }
        }
    }
    found
}

/// Reads the observations of the arms of `scope`, of which `arms` are run.
pub(super) fn read(
    sources: &[Source],
    texts: &[(String, String)],
    scope: Scope<'_>,
    arms: &[Arm],
    problems: &mut Problems,
) -> Observations {
    let mut all = Observations::default();
    for source in sources {
        let text = match source {
            Source::File(index) => texts.get(*index).map_or("", |(_, text)| text.as_str()),
            Source::Value(node) => node.text().unwrap_or_default(),
        };
        let mut told = Told { source, count: 0, problems };
        let rows = rows(text);
        let header = rows.first().and_then(|header| Header::of(header, &mut told));
        let mut records = rows.iter().skip(1);
        if let Some(header) = header {
            for cells in records.by_ref().take(MOST_ROWS) {
                let row = Row { header: &header, cells, scope, arms };
                match row.observation(&mut told) {
                    Ok(observation) => all.shown.extend(observation),
                    Err(misread) => {
                        told.tell(misread);
                        all.left_out += 1;
                    }
                }
            }
        }
        let rest = records.count();
        all.left_out += rest;
        told.finish(rows.first(), rest);
    }
    all
}

/// Tells the first problems of a table, and counts the others.
struct Told<'a> {
    source: &'a Source,
    count: usize,
    problems: &'a mut Problems,
}

impl Told<'_> {
    fn tell(&mut self, misread: Misread) {
        self.count += 1;
        if self.count <= MOST_TOLD {
            let span = self.source.span(&misread.bytes);
            self.problems.warning(&span, misread.message, misread.label, misread.help);
        }
    }

    /// Tells once in which unit numbers without one are read.
    fn assume(&mut self, target: &Target<'_>, place: &Range<usize>) {
        if target.unit != "1" {
            let unit = display_unit(target.unit);
            let message = format!("{} has no unit here: read as {unit}", target.what);
            let help = "write the unit beside the column's name, such as \"time [weeks]\"; units of \
                        values may also stand in a column unit";
            self.problems.remark(Some(&self.source.span(place)), message, help);
        }
    }

    /// Tells what was not told one by one.
    fn finish(self, first: Option<&Vec<Cell>>, rest: usize) {
        let start = first.and_then(|cells| cells.first()).map_or(0..0, |cell| cell.bytes.clone());
        let mut tell = |message: String, help: &str| {
            self.problems.warning(&self.source.span(&start), message, "", help);
        };
        if first.is_none() {
            tell("the table of observations is empty".to_owned(), NEEDS);
        }
        if let Some(more @ 1..) = self.count.checked_sub(MOST_TOLD) {
            tell(
                format!("{more} more problems of this table"),
                "mend the first ones, and look again",
            );
        }
        if rest > 0 && self.count == 0 {
            let help = "keep the rows that a figure should show";
            tell(format!("the rows after the first {MOST_ROWS} are not shown"), help);
        }
    }
}

const NEEDS: &str =
    "the first line names the columns: time,readout,arm,value,low,high; one row is one observation";

/// The columns that a table has: position, name, unit of the cells; empty if none is written.
struct Header(Vec<(usize, &'static str, String)>);

impl Header {
    /// Tells unknown, doubled and missing columns; `None` if nothing can be shown.
    fn of(cells: &[Cell], told: &mut Told<'_>) -> Option<Self> {
        let mut found: Vec<(usize, &'static str, String)> = Vec::new();
        for (position, cell) in cells.iter().enumerate() {
            let (name, unit) = cell.text.split_once(['[', '(']).unwrap_or((&cell.text, ""));
            let plain = name.trim().to_lowercase().replace(['-', ' ', '_'], "");
            let place = cell.bytes.clone();
            match COLUMNS.iter().find(|column| **column == plain) {
                None => {
                    let help = format!("{}{}", did_you_mean(&plain, COLUMNS), all_columns());
                    told.tell(
                        Misread::new(format!("unknown column \"{}\"", cell.text), place)
                            .label("not read")
                            .help(help),
                    );
                }
                Some(column) if found.iter().any(|(_, other, _)| other == column) => {
                    let message = format!("column \"{column}\" stands twice");
                    told.tell(Misread::new(message, place).label("not read").help("remove one"));
                }
                Some(column) => {
                    let unit = unit.trim_end_matches([']', ')', ' ']).trim().to_owned();
                    found.push((position, *column, unit));
                }
            }
        }
        let header = Self(found);
        let missing = COLUMNS.iter().take(NEEDED).filter(|column| header.place(column).is_none());
        let missing: Vec<&str> = missing.copied().collect();
        if !missing.is_empty() {
            let place = cells.first().map_or(0..0, |cell| cell.bytes.clone());
            let message = format!("no column \"{}\"", missing.join("\", no column \""));
            let label = "no row of this table is shown";
            told.tell(Misread::new(message, place).label(label).help(all_columns()));
            return None;
        }
        Some(header)
    }

    fn place(&self, column: &str) -> Option<(usize, &str)> {
        let found = self.0.iter().find(|(_, name, _)| *name == column);
        found.map(|(position, _, unit)| (*position, unit.as_str()))
    }
}

fn all_columns() -> String {
    format!(
        "Columns: {}; the unit in brackets, such as \"time [weeks]\", or in a column unit.",
        COLUMNS.join(", ")
    )
}

/// One line below the header.
struct Row<'a> {
    header: &'a Header,
    cells: &'a [Cell],
    scope: Scope<'a>,
    arms: &'a [Arm],
}

impl Row<'_> {
    /// Text and place of the cell of a column; nothing where it is missing or empty.
    fn cell(&self, column: &str) -> Option<(&str, Range<usize>)> {
        let (position, _) = self.header.place(column)?;
        let cell = self.cells.get(position).filter(|cell| !cell.text.is_empty())?;
        Some((&cell.text, cell.bytes.clone()))
    }

    /// A cell that must be filled.
    fn filled(&self, column: &str) -> Result<(&str, Range<usize>), Misread> {
        self.cell(column).ok_or_else(|| {
            let place = self.cells.first().map_or(0..0, |cell| cell.bytes.clone());
            let message = format!("the cell of column \"{column}\" is empty");
            Misread::new(message, place).label(LEFT_OUT).help("fill it, or take the row out")
        })
    }

    /// The number of a cell with the unit beside it, else of `unit`, else of the column.
    fn number(
        &self,
        column: &str,
        unit: Option<&str>,
        target: &Target<'_>,
        told: &mut Told<'_>,
    ) -> Result<Option<f64>, Misread> {
        let Some((text, place)) = self.cell(column) else { return Ok(None) };
        let of_column = self.header.place(column).map_or("", |(_, unit)| unit);
        let written = match (text.replace('−', "-").parse::<f64>(), unit.unwrap_or(of_column)) {
            (Ok(number), "") if number.is_finite() => {
                told.assume(target, &place);
                return Ok(Some(number));
            }
            (Ok(_), unit) => format!("{text} {unit}"),
            (Err(_), _) => text.to_owned(),
        };
        let read = amount(&written, target).map_err(|misread| Misread {
            message: format!("{}: {}", written, misread.message),
            label: LEFT_OUT.to_owned(),
            bytes: place.clone(),
            help: misread.help,
        })?;
        Ok(Some(read.value))
    }

    /// The observation; none of an arm that is not run.
    fn observation(&self, told: &mut Told<'_>) -> Result<Option<Observation>, Misread> {
        let quantity = self.quantity()?;
        let (name, arm) = self.arm()?;
        let (time, at) = self.filled("time")?;
        let day = match Date::read(time) {
            Some(date) => days_until(date, self.scope.start_date, at.clone())
                .map_err(|misread| misread.label(LEFT_OUT))?,
            None => {
                let time = Target { unit: "d", matter: Matter::Any, what: "time", usual: None };
                self.number("time", None, &time, told)?.unwrap_or_default()
            }
        };
        let Some(arm) = arm else { return Ok(None) };
        if !(0.0..=arm.duration_days * (1.0 + 1e-9)).contains(&day) {
            let message = format!("day {} lies outside the run", rounded(day));
            let help =
                format!("arm \"{name}\" runs from day 0 to day {}", rounded(arm.duration_days));
            return Err(Misread::new(message, at).label(LEFT_OUT).help(help));
        }
        let what = quantity.label;
        let target = Target { unit: quantity.unit, matter: quantity.matter, what, usual: None };
        let unit = self.cell("unit").map(|(unit, _)| unit);
        let (_, place) = self.filled("value")?;
        let value = self.number("value", unit, &target, told)?.unwrap_or_default();
        if let Some(misread) = beyond_life(quantity, value, &place) {
            return Err(misread);
        }
        let low = self.number("low", unit, &target, told)?;
        let high = self.number("high", unit, &target, told)?;
        if low.is_some_and(|low| low > value) || high.is_some_and(|high| value > high) {
            let message = "the value does not lie between low and high";
            let help = "low ≤ value ≤ high, all three in the same unit";
            return Err(Misread::new(message, place).label(LEFT_OUT).help(help));
        }
        if low.is_some() != high.is_some() {
            let message = "one end of the interval is missing";
            let help = "fill low and high, or neither";
            told.tell(Misread::new(message, place).label("shown without a bar").help(help));
        }
        let (interval, quantity) = (low.zip(high), quantity.name);
        Ok(Some(Observation { arm: name.to_owned(), quantity, day, value, interval }))
    }

    fn quantity(&self) -> Result<&'static Quantity, Misread> {
        let (name, place) = self.filled("readout")?;
        quantity(name).ok_or_else(|| {
            let help = quantity_names::advice(name);
            let message = format!("unknown read-out \"{name}\"");
            Misread::new(message, place).label(LEFT_OUT).help(help)
        })
    }

    /// The name of the arm, and the arm if it is run; the only one if the table names none.
    fn arm(&self) -> Result<(&str, Option<&Arm>), Misread> {
        let run = |name: &str| self.arms.iter().find(|arm| arm.name == name);
        let (written, place) = match (self.cell("arm"), self.scope.arms) {
            (Some(cell), _) => cell,
            (None, [only]) => return Ok((only, run(only))),
            (None, _) => self.filled("arm")?,
        };
        let labelled = self.arms.iter().find(|arm| arm.label == written);
        let name = self.scope.arms.iter().find(|name| *name == written).map(String::as_str);
        match name.or(labelled.map(|arm| arm.name.as_str())) {
            Some(name) => Ok((name, run(name))),
            None => {
                let arms = self.scope.arms.iter().map(String::as_str);
                Err(unknown_arm(written, arms, place).label(LEFT_OUT))
            }
        }
    }
}

const LEFT_OUT: &str = "this row is not shown";

/// The error of a value that no living person has, which would also leave nothing to see of others.
fn beyond_life(quantity: &Quantity, value: f64, place: &Range<usize>) -> Option<Misread> {
    let lowest = if quantity.non_negative { 0.0 } else { f64::NEG_INFINITY };
    let (low, high) = quantity.livable.unwrap_or((lowest, f64::INFINITY));
    if (low..=high).contains(&value) {
        return None;
    }
    let unit = display_unit(quantity.unit);
    let message = format!("no living person has {} of {} {unit}", quantity.label, rounded(value));
    let ends = match high.is_finite() {
        true => format!("from {} to {} {unit}", rounded(low.max(lowest)), rounded(high)),
        false => format!("at least {} {unit}", rounded(low)),
    };
    let help = format!("it is {ends}; look at the number and at its unit");
    Some(Misread::new(message, place.clone()).label(LEFT_OUT).help(help))
}
