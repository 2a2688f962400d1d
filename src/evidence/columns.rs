//! The columns of an evidence table, and how its rows are read.

use crate::error::problem::Problem;
use crate::error::suggest::did_you_mean;
use crate::evidence::read_outs::{READ_OUTS_OF_TRIALS, ReadOut};
use crate::evidence::trial::{Dose, Trial};
use crate::evidence::vocabulary::{Comparison, Expected, Kind};
use crate::physiology::inputs::INPUTS;
use crate::physiology::quantities::QUANTITIES;
use crate::printed::visible_line;
use crate::units::amount::{Target, accepted, amount, display_unit};

/// Content of a column.
#[derive(Clone, Copy, Debug)]
enum Content {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number between these.
    Number(f64, f64),
}

/// A column: name, content, and the value where the column or its cell is empty; none if it must
/// be filled.
#[derive(Debug)]
struct Column {
    name: &'static str,
    content: Content,
    usual: Option<&'static str>,
}

const ANY: Content = Content::Number(f64::MIN, f64::MAX);

/// The columns that are not doses.
const COLUMNS: &[(&str, Content, Option<&str>)] = &[
    ("id", Content::Text, None),
    ("topic", Content::Text, Some("other")),
    ("citation", Content::Text, None),
    ("population", Content::Text, Some("")),
    ("arm", Content::Text, Some("")),
    ("readout", Content::Text, None),
    ("comparison", Content::Word(Comparison::NAMES), None),
    ("observed", ANY, Some("")),
    ("low", ANY, None),
    ("high", ANY, None),
    ("unit", Content::Text, Some("")),
    ("kind", Content::Word(Kind::NAMES), Some("quantitative")),
    ("expected_set", Content::Word(Expected::NAMES), Some("")),
    ("duration_days", Content::Number(0.1, 29_220.0), None),
    ("sex", Content::Word(&["female", "male"]), Some("female")),
    ("age", Content::Number(30.0, 100.0), None),
    ("menopause_age", Content::Number(30.0, 70.0), Some("51")),
    ("egfr", Content::Number(5.0, 150.0), Some("")),
    ("bmi_class", Content::Word(&["normal", "overweight", "obese"]), Some("normal")),
    ("percentile", Content::Word(&["p50", "p75", "p90"]), Some("p50")),
    ("cac0", Content::Number(0.0, 20_000.0), Some("")),
    ("habitual_ca_mg", Content::Number(0.0, 5000.0), Some("1000")),
    ("habitual_d_ug", Content::Number(5.0, 255.0), Some("33.3")),
    ("k2_poor", Content::Word(&["0", "1"]), Some("0")),
    ("k_absorption_factor", Content::Number(0.0, 1.5), Some("1")),
    ("arm_only", Content::Text, Some("")),
    ("checked", Content::Text, Some("")),
    ("notes", Content::Text, Some("")),
    // 0 of what is asked of the model without a study that found it.
    ("published", Content::Word(&["0", "1"]), Some("1")),
];

/// What a column of a dose adds to: of both arms or of the treated one, with its absorption or not.
const DOSES: &[(&str, Dose)] = &[
    ("d3_both_ug", Dose { input: "vitamin_d_supplement_ug_per_day", both: true, factor: false }),
    ("d3_ug", Dose::treated("vitamin_d_supplement_ug_per_day")),
    ("ca_mg", Dose::treated("calcium_supplement_mg_per_day")),
    ("ca_diet_change_mg", Dose::treated("calcium_diet_mg_per_day")),
    ("k1_ug", Dose::vitamin_k("k1_supplement_ug_per_day")),
    ("mk4_ug", Dose::vitamin_k("mk4_supplement_ug_per_day")),
    ("mk7_ug", Dose::vitamin_k("mk7_supplement_ug_per_day")),
    ("mk7_food_ug", Dose::treated("mk7_food_ug_per_day")),
    ("long_chain_mk_ug", Dose::treated("long_chain_mk_food_ug_per_day")),
    ("warfarin", Dose::treated("warfarin_mg_per_day")),
    ("exercise", Dose::treated("exercise")),
    ("unloading", Dose::treated("unloading")),
    ("hormone_therapy", Dose::treated("hormone_therapy")),
];

/// Every column of a table.
fn columns() -> impl Iterator<Item = Column> {
    let plain = COLUMNS.iter().map(|&(name, content, usual)| Column { name, content, usual });
    let doses = DOSES.iter().map(|(name, dose)| {
        let range = INPUTS.iter().find(|info| info.name == dose.input);
        let (low, high) = range.map_or((0.0, 0.0), |info| info.allowed);
        let low = if *name == "ca_diet_change_mg" { -high } else { low };
        Column { name, content: Content::Number(low, high), usual: Some("0") }
    });
    plain.chain(doses)
}

/// One record of a table: its line in the file, and its cells in the order of the columns.
pub(crate) type Record = (u64, Vec<String>);

/// The trials of a table, or everything that is wrong with it; `file` is its name in messages.
pub(crate) fn read(
    file: &str,
    header: &[String],
    records: &[Record],
) -> Result<Vec<Trial>, Vec<Problem>> {
    let mut problems = unknown_columns(file, header);
    let mut trials: Vec<Trial> = Vec::new();
    for (line, cells) in records {
        let mut row = Row { file, line: *line, header, cells, problems: Vec::new() };
        if let Some(trial) = row.trial() {
            if let Some(first) = trials.iter().find(|known| known.id == trial.id) {
                let what = format!("\"{}\" is the id of line {}, too", trial.id, first.line);
                row.refuse("id", &what, "choose another");
            }
            trials.push(trial);
        }
        problems.append(&mut row.problems);
    }
    if records.is_empty() {
        let message = format!("{file}: the table has no rows");
        problems.push(Problem::without_span(message, "one row is one comparison of a trial"));
    }
    if problems.is_empty() { Ok(trials) } else { Err(problems) }
}

fn unknown_columns(file: &str, header: &[String]) -> Vec<Problem> {
    let known: Vec<Column> = columns().collect();
    let mut problems = Vec::new();
    for (index, name) in header.iter().enumerate() {
        if header.iter().take(index).any(|other| other == name) {
            let message = format!("{file}:1: column \"{name}\" stands twice");
            problems.push(Problem::without_span(message, "remove one"));
        } else if !known.iter().any(|column| column.name == name) {
            let names = known.iter().map(|column| column.name);
            let all = names.clone().collect::<Vec<_>>().join(", ");
            let help = format!("{}Columns: {all}.", did_you_mean(name, names));
            let message = format!("{file}:1: unknown column \"{name}\"");
            problems.push(Problem::without_span(message, help));
        }
    }
    for column in known.iter().filter(|column| column.usual.is_none()) {
        if !header.iter().any(|name| name == column.name) {
            let message = format!("{file}:1: column \"{}\" is missing", column.name);
            let needed = known.iter().filter(|column| column.usual.is_none());
            let needed = needed.map(|column| column.name).collect::<Vec<_>>().join(", ");
            problems.push(Problem::without_span(message, format!("every table needs {needed}")));
        }
    }
    problems
}

struct Row<'a> {
    file: &'a str,
    line: u64,
    header: &'a [String],
    cells: &'a [String],
    problems: Vec<Problem>,
}

impl Row<'_> {
    fn refuse(&mut self, column: &str, what: &str, help: &str) {
        let message = format!("{}:{}, column {column}: {what}", self.file, self.line);
        self.problems.push(Problem::without_span(message, help));
    }

    /// The text of a cell, or what is usual where it is empty; refused if it does not fit.
    fn text(&mut self, name: &str) -> String {
        let Some(column) = columns().find(|column| column.name == name) else {
            self.refuse(name, "no such column", "");
            return String::new();
        };
        let place = self.header.iter().position(|known| known == name);
        let cell = place.and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim());
        let cell = &*visible_line(cell);
        if cell.is_empty() {
            if column.usual.is_none() && place.is_some() {
                self.refuse(name, "the cell is empty", "fill it");
            }
            return column.usual.unwrap_or_default().to_owned();
        }
        match column.content {
            Content::Word(words) if !words.contains(&cell) => {
                let help = did_you_mean(cell, words.iter().copied());
                let all = words.join(", ");
                self.refuse(
                    name,
                    &format!("unknown word \"{cell}\""),
                    &format!("{help}Use {all}."),
                );
            }
            Content::Number(low, high) => match cell.parse::<f64>() {
                Ok(value) if (low..=high).contains(&value) => {}
                Ok(value) if value.is_finite() => {
                    let help = format!("{low} to {high} is accepted");
                    self.refuse(name, &format!("{cell} is out of range"), &help);
                }
                _ => {
                    let what = format!("\"{cell}\" is not a number");
                    self.refuse(name, &what, "write digits and a point, such as 12.5");
                }
            },
            Content::Text | Content::Word(_) => {}
        }
        cell.to_owned()
    }

    /// A number; `None` where the cell and what is usual are empty.
    fn optional(&mut self, name: &str) -> Option<f64> {
        self.text(name).parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// A number of a column that must be filled or has a usual value; a refused one is told.
    fn number(&mut self, name: &str) -> f64 {
        self.optional(name).unwrap_or(f64::NAN)
    }

    /// The trial; problems are told beside it.
    fn trial(&mut self) -> Option<Trial> {
        let doses = DOSES.iter().map(|(name, dose)| (*dose, self.number(name))).collect();
        let read_out = self.text("readout");
        let found = ReadOut::by_name(&read_out);
        if found.is_none() && !read_out.is_empty() {
            let names = QUANTITIES.iter().map(|quantity| quantity.name);
            let names = names.chain(READ_OUTS_OF_TRIALS.iter().map(|(name, ..)| *name));
            let help =
                format!("{}`calcifate list read-outs` shows all", did_you_mean(&read_out, names));
            self.refuse("readout", &format!("unknown read-out \"{read_out}\""), &help);
        }
        let comparison = Comparison::by_name(&self.text("comparison"));
        let kind = Kind::by_name(&self.text("kind"));
        let mut trial = Trial {
            line: self.line,
            id: self.text("id"),
            topic: self.text("topic"),
            citation: self.text("citation"),
            population: self.text("population"),
            arm: self.text("arm"),
            observed: self.optional("observed"),
            low: self.number("low"),
            high: self.number("high"),
            unit: self.text("unit"),
            expected: Expected::by_name(&self.text("expected_set")),
            duration_days: self.number("duration_days"),
            sex: self.text("sex"),
            age_years: self.number("age"),
            menopause_age_years: self.number("menopause_age"),
            egfr_ml_per_min: self.optional("egfr"),
            bmi_class: self.text("bmi_class"),
            percentile: self.text("percentile"),
            cac_agatston: self.optional("cac0"),
            habitual_calcium_mg_per_day: self.number("habitual_ca_mg"),
            habitual_vitamin_d_ug_per_day: self.number("habitual_d_ug"),
            k2_poor: self.text("k2_poor") == "1",
            absorption_factor: self.number("k_absorption_factor"),
            doses,
            checked: self.text("checked"),
            notes: self.text("notes"),
            published: self.text("published") == "1",
            // Only once every column has been read, so that all problems are told.
            read_out: found?,
            comparison: comparison?,
            kind: kind?,
        };
        if trial.low > trial.high {
            let what = format!("low {} lies above high {}", trial.low, trial.high);
            self.refuse("low", &what, "the interval is from low to high");
        }
        self.convert(&mut trial);
        Some(trial)
    }

    /// Brings the values of a trial into the unit in which the model is compared with them.
    fn convert(&mut self, trial: &mut Trial) {
        let unit = match trial.comparison {
            Comparison::ChangePercent | Comparison::DifferencePercent => "%",
            Comparison::Ratio | Comparison::ChangeRatio => "1",
            Comparison::End
            | Comparison::Change
            | Comparison::Difference
            | Comparison::PeakAfterOneDose => trial.read_out.unit,
        };
        let names: &[&str] = if unit == "1" { &["1", "ratio", "fraction"] } else { &[unit] };
        let written = trial.unit.as_str();
        if written.is_empty() || names.contains(&written) || written == display_unit(unit) {
            return;
        }
        let matter = trial.read_out.matter;
        let target = Target { unit, matter, what: trial.read_out.words, usual: None };
        let converted = match amount(&format!("1 {written}"), &target) {
            Ok(amount) if !matches!(unit, "1" | "%") => amount.value,
            _ => {
                let all = match unit {
                    "1" => "ratio".to_owned(),
                    _ => accepted(&target),
                };
                let what = format!("{written} is not a unit of {}", target.what);
                return self.refuse("unit", &what, &format!("Accepted: {all}."));
            }
        };
        trial.low *= converted;
        trial.high *= converted;
        trial.observed = trial.observed.map(|observed| observed * converted);
        unit.clone_into(&mut trial.unit);
    }
}
