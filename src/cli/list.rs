//! `calcifate list`: the tables inside the program, as aligned text or JSON.

use serde_json::Value;

use crate::charts::kinds::{OF_ANALYSES, OF_OUTCOMES, OF_RUNS, OF_SWEEPS};
use crate::cli::arguments::commands::{ListArguments, TableName};
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::table::{self, Align, headings, object};
use crate::cli::terminal::Terminal;
use crate::library::lessons::{LESSONS, Lesson};
use crate::nutrition::foods::{FOODS, Food, Matrix};
use crate::parameters::{PARAMETER_TABLE, ParameterInfo, SOURCES, Source};
use crate::physiology::inputs::{DoseLimit, INPUTS, InputInfo, InputKind};
use crate::physiology::quantities::{QUANTITIES, Quantity, TrajectoryColumn};
use crate::scenario::claims::GRAMMAR;
use crate::units::amount::unit_for_people;
use crate::units::number::{exact, rounded};

/// A table to print: headings, rows and what to know about it.
pub(crate) struct Listing {
    /// Names of the columns with `|` between them, `>` before those of numbers; the last may be long.
    pub heading: &'static str,
    pub rows: Vec<Vec<String>>,
    /// Remark below the table; one or more lines.
    pub footer: &'static str,
}

/// Prints a table, or those of its rows that contain the filter.
pub(crate) fn list(arguments: &ListArguments, terminal: &Terminal) -> CommandResult {
    let mut listing = match arguments.table {
        TableName::Parameters => parameters(),
        TableName::Sources => sources(),
        TableName::Foods => foods(),
        TableName::Inputs => inputs(),
        TableName::Readouts => read_outs(),
        TableName::Figures => figures(),
        TableName::Units => units(),
        TableName::Claims => claims(),
        TableName::Lessons => lessons(),
    };
    let all = listing.rows.len();
    if let Some(filter) = &arguments.filter {
        let filter = filter.to_lowercase();
        listing.rows.retain(|row| row.iter().any(|cell| cell.to_lowercase().contains(&filter)));
    }
    if arguments.answer.json {
        terminal.json(&document(&listing));
        return Ok(ExitStatus::Success);
    }
    if arguments.table == TableName::Claims && arguments.filter.is_none() {
        // Columns would break the lines of a grammar.
        terminal.result(GRAMMAR);
        terminal.remark(listing.footer);
        return Ok(ExitStatus::Success);
    }
    let shown = listing.rows.len();
    if shown == 0 && all > 0 {
        let filter = arguments.filter.as_deref().unwrap_or_default();
        let message = format!("none of the {all} rows contains \"{filter}\"");
        return Err(CommandError::bad_input(message));
    }
    let heading = listing.heading.replace(" ug", " µg");
    let columns = headings(&heading);
    for row in &mut listing.rows {
        for (cell, _) in row.iter_mut().zip(&columns).filter(|(_, (name, _))| *name == "unit") {
            *cell = unit_for_people(cell);
        }
    }
    terminal.result(&table::list(&columns, &listing.rows, terminal.list_width()));
    let count =
        if shown == all { format!("{all} rows.") } else { format!("{shown} of {all} rows.") };
    terminal.remark(&format!("{count} {}", listing.footer));
    Ok(ExitStatus::Success)
}

/// One object per row; cells that are numbers become numbers.
fn document(listing: &Listing) -> Value {
    let heading = listing.heading.replace(' ', "_");
    let columns = headings(&heading);
    let is_number = |name: &str| columns.contains(&(name, Align::Right));
    let names = || columns.iter().map(|(name, _)| *name);
    listing.rows.iter().map(|row| object(names(), row, is_number)).collect()
}

/// A range as two numbers, or nothing.
fn range(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (None, None) => String::new(),
        (Some(low), Some(high)) => format!("{} to {}", exact(low), exact(high)),
        (Some(low), None) => format!("{} or more", exact(low)),
        (None, Some(high)) => format!("{} or less", exact(high)),
    }
}

/// Every number of the model with its range, evidence and source.
fn parameters() -> Listing {
    let row = |entry: &ParameterInfo| {
        vec![
            entry.name.to_owned(),
            exact(entry.value),
            entry.unit.to_owned(),
            range(entry.low, entry.high),
            entry.conservative_value.map(exact).unwrap_or_default(),
            entry.evidence.word().to_owned(),
            entry.group.to_owned(),
            entry.source.to_owned(),
            entry.note.to_owned(),
        ]
    };
    Listing {
        heading: "parameter|>value|unit|range|>conservative|evidence|mechanism|source|note",
        rows: PARAMETER_TABLE.iter().map(row).collect(),
        footer: "Change one: calcifate run FILE --set NAME=VALUE. Sources: calcifate list sources.",
    }
}

fn sources() -> Listing {
    let row = |source: &Source| {
        [source.key, source.checked, source.used, source.citation].map(str::to_owned).to_vec()
    };
    Listing {
        heading: "key|read as|what was used|citation",
        rows: SOURCES.iter().map(row).collect(),
        footer: "\"memory\" means: not read again while the model was made.",
    }
}

/// Foods and what 100 g of them hold.
fn foods() -> Listing {
    let row = |food: &Food| {
        let mut row = vec![food.name.to_owned()];
        row.extend(food.numbers().map(exact));
        row.extend([matrix(food.matrix).to_owned(), food.source.to_owned()]);
        row
    };
    Listing {
        heading: "food|>serving g|>calcium mg|>vitamin D ug|>K1 ug|>MK-4 ug|>MK-7 ug|>MK-8/9 ug|K1 bound in|source",
        rows: FOODS.iter().map(row).collect(),
        footer: "Contents of 100 g. In files: foods = { natto = \"40 g/day\" }; a pill counts as 1 g.",
    }
}

const fn matrix(matrix: Matrix) -> &'static str {
    match matrix {
        Matrix::Mixed => "mixed food",
        Matrix::LeafyPlain => "leaves, plain",
        Matrix::LeafyWithFat => "leaves with fat",
        Matrix::Oil => "oil",
        Matrix::Supplement => "pill",
    }
}
/// Intakes, conditions and properties of the person.
fn inputs() -> Listing {
    let row = |input: &InputInfo| {
        vec![
            input.name.to_owned(),
            kind(input.kind).to_owned(),
            input.default.to_owned(),
            input.unit.to_owned(),
            range(Some(input.allowed.0), Some(input.allowed.1)),
            range(Some(input.plausible.0), Some(input.plausible.1)),
            input.dose.map_or_else(String::new, dose),
            input.source.to_owned(),
            input.label.to_owned(),
        ]
    };
    Listing {
        heading: "input|set in|>default|unit|allowed|plausible|a dose, mean over|source|what it is",
        rows: INPUTS.iter().map(row).collect(),
        footer: "In files the name goes without its unit: calcium_diet = \"800 mg/day\".",
    }
}

/// "to 15000, 30 d": the largest dose, and the days over which the mean is in the allowed range.
fn dose(limit: DoseLimit) -> String {
    format!("to {}, {} d", rounded(limit.largest), rounded(limit.mean_days))
}

const fn kind(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Person => "person",
        InputKind::Override => "person (measured)",
        _ => "habitual, arm, phase",
    }
}

fn read_outs() -> Listing {
    let row = |quantity: &Quantity| {
        let (low, high) = quantity.normal.unzip();
        vec![
            quantity.name.to_owned(),
            quantity.unit.to_owned(),
            quantity.aliases.join(", "),
            range(low, high),
            table_of(quantity.column).to_owned(),
            quantity.label.to_owned(),
        ]
    };
    Listing {
        heading: "read-out|unit|short names|normal|table|what it is",
        rows: QUANTITIES.iter().map(row).collect(),
        footer: "Claims and figures take either name: end(serum_calcium).",
    }
}

const fn table_of(column: TrajectoryColumn) -> &'static str {
    match column {
        TrajectoryColumn::State(_) | TrajectoryColumn::ReadOut(_) => "trajectory.csv",
        TrajectoryColumn::Flow(_) => "flows.csv",
    }
}
fn figures() -> Listing {
    let of_runs = OF_RUNS.iter().map(|kind| [kind.name, "run", kind.shows]);
    let of_sweeps = OF_SWEEPS.iter().map(|kind| [kind.name, "sweep", kind.shows]);
    let of_analyses = OF_ANALYSES.iter().map(|kind| [kind.name, "sensitivity", kind.shows]);
    let of_outcomes = OF_OUTCOMES.iter().map(|kind| [kind.name, "sensitivity", kind.shows]);
    let rows = of_runs.chain(of_sweeps).chain(of_analyses).chain(of_outcomes);
    Listing {
        heading: "figure|of a|shows",
        rows: rows.map(|row| row.map(str::to_owned).to_vec()).collect(),
        footer: "In files: [figures] draw = [\"paradox\"]. A sensitivity analysis always draws all of its own.",
    }
}

/// The quantity that is measured, its accepted spellings, and an example.
const UNITS: [[&str; 3]; 8] = [
    ["calcium", "mg, g, mmol", "calcium_diet = \"800 mg/day\""],
    ["vitamin D", "ug, mcg, IU, mg", "vitamin_d_diet = \"200 IU/day\""],
    ["vitamin K", "ug, mcg, mg", "k1_mixed = \"90 ug/day\""],
    ["food", "g, kg, serving, pill", "foods = { gouda = \"30 g, 3 times/week\" }"],
    [
        "how often",
        "/day, per day, daily, twice daily, /week, N times/week",
        "\"30 g, 3 times/week\"",
    ],
    ["time", "min, h, day, week, month, year", "duration = \"20 years\""],
    ["kidney function", "mL/min", "egfr = \"60 mL/min\""],
    ["concentration", "mmol/L, nmol/L, pmol/L, nM, mg/dL, ng/mL, pg/mL", "< 0.02 mmol/L"],
];

fn units() -> Listing {
    Listing {
        heading: "measures|accepted|example",
        rows: UNITS.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
        footer: "1 µg of vitamin D is 40 IU; a year has 365.25 days and a month a twelfth of it.",
    }
}

/// The grammar of claims, line by line.
fn claims() -> Listing {
    let lines = GRAMMAR.lines().filter(|line| !line.is_empty());
    Listing {
        heading: "grammar of claims",
        rows: lines.map(|line| vec![line.to_owned()]).collect(),
        footer: "In files: [[claim]] that = \"end(cac) in a < end(cac) in b\".",
    }
}

fn lessons() -> Listing {
    let row = |lesson: &Lesson| [lesson.name, lesson.title(), lesson.question()];
    Listing {
        heading: "lesson|title|question",
        rows: LESSONS.iter().map(|lesson| row(lesson).map(str::to_owned).to_vec()).collect(),
        footer: "Make one your own: calcifate new NAME --from LESSON.",
    }
}
