//! Turns the tables beside the sources into Rust: one CSV row is one named field.
//!
//! A parameter, input, food or source is written down once, in its CSV file. A malformed table
//! stops the build with its file and row, so the program itself cannot meet one.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

type Row = csv::StringRecord;
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let out = env::var("OUT_DIR")?;
    let write = |name: &str, text: String| fs::write(Path::new(&out).join(name), text);
    write("parameters.rs", parameters(&rows("src/parameters/parameters.csv", 11)?)?)?;
    write("sources.rs", sources(&rows("src/parameters/sources.csv", 4)?)?)?;
    write("inputs.rs", inputs(&rows("src/physiology/inputs.csv", 11)?)?)?;
    write("foods.rs", foods(&rows("src/nutrition/foods.csv", 11)?)?)?;
    write("lessons.rs", lessons("scenarios")?)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

/// All rows of a table, each with exactly `columns` fields.
fn rows(path: &str, columns: usize) -> Outcome<Vec<Row>> {
    println!("cargo::rerun-if-changed={path}");
    let mut reader = csv::Reader::from_path(path)?;
    let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    match rows.iter().find(|row| row.len() != columns) {
        Some(row) => Err(format!("{path}: {row:?} has not {columns} columns").into()),
        None => Ok(rows),
    }
}

fn field(row: &Row, column: usize) -> Outcome<&str> {
    Ok(row.get(column).ok_or_else(|| format!("{row:?} has no column {column}"))?.trim())
}

/// A finite number as a Rust literal.
fn number(row: &Row, column: usize) -> Outcome<String> {
    let text = field(row, column)?;
    let value: f64 = text.parse().map_err(|_| format!("{row:?}: {text:?} is not a number"))?;
    if value.is_finite() { Ok(format!("{value:?}")) } else { Err(format!("{row:?}").into()) }
}

/// A number, or `None` where the cell is empty.
fn optional(row: &Row, column: usize) -> Outcome<String> {
    Ok(if field(row, column)?.is_empty() {
        "None".into()
    } else {
        format!("Some({})", number(row, column)?)
    })
}

/// A struct with one documented field of type `S` per row, and `map` and `by_name_mut` for it.
fn numbers_struct(kind: &str, doc: &str, fields: &[(String, String)]) -> Outcome<String> {
    let mut text = format!("/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq)]\n");
    writeln!(text, "pub struct {kind}<S> {{")?;
    for (name, doc) in fields {
        writeln!(text, "    /// {doc}\n    pub {name}: S,")?;
    }
    writeln!(text, "}}\nimpl<S: Copy> {kind}<S> {{")?;
    writeln!(text, "    /// The same numbers in another number type.")?;
    writeln!(text, "    pub fn map<T>(&self, convert: impl Fn(S) -> T) -> {kind}<T> {{ {kind} {{")?;
    for (name, _) in fields {
        writeln!(text, "        {name}: convert(self.{name}),")?;
    }
    writeln!(text, "    }} }}\n    /// Each number combined with the other's of the same name.")?;
    writeln!(
        text,
        "    pub fn zip<T: Copy, U: Copy>(&self, other: &{kind}<T>, combine: &impl Fn(S, T) -> U) -> {kind}<U> {{ {kind} {{"
    )?;
    for (name, _) in fields {
        writeln!(text, "        {name}: combine(self.{name}, other.{name}),")?;
    }
    writeln!(text, "    }} }}\n    /// One number by its name, `None` if there is no such name.")?;
    writeln!(text, "    pub fn get(&self, name: &str) -> Option<S> {{ Some(match name {{")?;
    for (name, _) in fields {
        writeln!(text, "        {name:?} => self.{name},")?;
    }
    writeln!(text, "        _ => return None,\n    }}) }}")?;
    writeln!(text, "    /// One number to change by its name, `None` if there is no such name.")?;
    writeln!(
        text,
        "    pub fn get_mut(&mut self, name: &str) -> Option<&mut S> {{ Some(match name {{"
    )?;
    for (name, _) in fields {
        writeln!(text, "        {name:?} => &mut self.{name},")?;
    }
    writeln!(text, "        _ => return None,\n    }}) }}\n}}")?;
    Ok(text)
}

fn parameters(rows: &[Row]) -> Outcome<String> {
    let mut fields = Vec::new();
    let mut entries = String::new();
    let mut values = String::new();
    for row in rows {
        let name = field(row, 0)?;
        let evidence = match field(row, 5)? {
            "measured" => "Measured",
            "fitted" => "Fitted",
            "assumed" => "Assumed",
            other => return Err(format!("{name}: unknown evidence {other:?}").into()),
        };
        let note = field(row, 8)?;
        let unit = field(row, 2)?;
        let doc = if note.is_empty() { format!("[{unit}]") } else { format!("{note} [{unit}]") };
        fields.push((name.to_owned(), doc.replace('[', "\\[").replace(']', "\\]")));
        writeln!(values, "        {name}: {},", number(row, 1)?)?;
        writeln!(
            entries,
            "    Entry {{ name: {name:?}, value: {}, unit: {unit:?}, low: {}, high: {}, \
             evidence: Evidence::{evidence}, group: {:?}, source: {:?}, note: {note:?}, \
             conservative_value: {}, checked: {:?} }},",
            number(row, 1)?,
            optional(row, 3)?,
            optional(row, 4)?,
            field(row, 6)?,
            field(row, 7)?,
            optional(row, 9)?,
            field(row, 10)?,
        )?;
    }
    let mut text = numbers_struct("Parameters", "Every parameter of the model by name.", &fields)?;
    writeln!(text, "impl Parameters<f64> {{")?;
    writeln!(text, "    /// The values of the default hypothesis set `paradox`.")?;
    writeln!(text, "    pub const PARADOX: Self = Self {{\n{values}    }};\n}}")?;
    writeln!(text, "/// One entry per parameter, in the order of the table.")?;
    writeln!(text, "pub static ENTRIES: [Entry; {}] = [\n{entries}];", rows.len())?;
    Ok(text)
}

fn sources(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("/// Every source by its key.\n");
    writeln!(text, "pub static SOURCES: [Source; {}] = [", rows.len())?;
    for row in rows {
        let (key, citation, used, checked) =
            (field(row, 0)?, field(row, 1)?, field(row, 2)?, field(row, 3)?);
        writeln!(
            text,
            "    Source {{ key: {key:?}, citation: {citation:?}, used: {used:?}, checked: {checked:?} }},"
        )?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// The default of an input as an expression over `parameters`: a number, a name, a difference.
fn default_expression(text: &str) -> String {
    let terms = text.split(" - ").map(|term| match term.parse::<f64>() {
        Ok(value) => format!("{value:?}"),
        Err(_) => format!("parameters.{term}"),
    });
    terms.collect::<Vec<_>>().join(" - ")
}

fn inputs(rows: &[Row]) -> Outcome<String> {
    let mut fields = Vec::new();
    let mut defaults = String::new();
    let mut entries = String::new();
    for row in rows {
        let (name, unit, kind) = (field(row, 0)?, field(row, 1)?, field(row, 2)?);
        let variant = match kind {
            "intake" => "Intake",
            "condition" => "Condition",
            "person" => "Person",
            "override" => "Override",
            other => return Err(format!("{name}: unknown kind {other:?}").into()),
        };
        if matches!(kind, "intake" | "condition") {
            fields.push((name.to_owned(), format!("{} \\[{unit}\\]", field(row, 10)?)));
            writeln!(defaults, "        {name}: {},", default_expression(field(row, 3)?))?;
        }
        writeln!(
            entries,
            "    InputInfo {{ name: {name:?}, unit: {unit:?}, kind: InputKind::{variant}, \
             default: {:?}, allowed: ({}, {}), plausible: ({}, {}), whole: {}, source: {:?}, \
             label: {:?} }},",
            field(row, 3)?,
            number(row, 4)?,
            number(row, 5)?,
            if field(row, 6)?.is_empty() { number(row, 4)? } else { number(row, 6)? },
            if field(row, 7)?.is_empty() { number(row, 5)? } else { number(row, 7)? },
            field(row, 8)? == "yes",
            field(row, 9)?,
            field(row, 10)?,
        )?;
    }
    let doc = "What is eaten, taken and lived through: every intake and condition by name.";
    let mut text = numbers_struct("Inputs", doc, &fields)?;
    writeln!(text, "impl Inputs<f64> {{")?;
    writeln!(text, "    /// The reference person's diet and conditions.")?;
    writeln!(
        text,
        "    #[must_use]\n    pub fn reference(parameters: &crate::parameters::Parameters<f64>) -> Self {{"
    )?;
    writeln!(text, "        Self {{\n{defaults}        }}\n    }}\n}}")?;
    writeln!(text, "/// One entry per input, in the order of the table.")?;
    writeln!(text, "pub static INPUTS: [InputInfo; {}] = [\n{entries}];", rows.len())?;
    Ok(text)
}

fn foods(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("/// Every food of the table.\n");
    writeln!(text, "pub static FOODS: [Food; {}] = [", rows.len())?;
    for row in rows {
        let matrix = match field(row, 8)? {
            "mixed" => "Mixed",
            "leafy_plain" => "LeafyPlain",
            "leafy_with_fat" => "LeafyWithFat",
            "oil" => "Oil",
            "supplement" => "Supplement",
            other => return Err(format!("{row:?}: unknown matrix {other:?}").into()),
        };
        writeln!(
            text,
            "    Food {{ name: {:?}, serving_g: {}, calcium_mg_per_100g: {}, \
             vitamin_d_ug_per_100g: {}, k1_ug_per_100g: {}, mk4_ug_per_100g: {}, \
             mk7_ug_per_100g: {}, long_chain_mk_ug_per_100g: {}, matrix: Matrix::{matrix}, \
             source: {:?}, checked: {:?} }},",
            field(row, 0)?,
            number(row, 1)?,
            number(row, 2)?,
            number(row, 3)?,
            number(row, 4)?,
            number(row, 5)?,
            number(row, 6)?,
            number(row, 7)?,
            field(row, 9)?,
            field(row, 10)?,
        )?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// The shipped scenario files, in the order of their names.
fn lessons(folder: &str) -> Outcome<String> {
    let mut paths = Vec::new();
    if Path::new(folder).is_dir() {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut text = String::from("/// Every lesson, by name.\n");
    writeln!(text, "pub static LESSONS: [Lesson; {}] = [", paths.len())?;
    for path in paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a lesson's name")?;
        let content = fs::read_to_string(&path)?;
        writeln!(text, "    Lesson {{ name: {name:?}, text: {content:?} }},")?;
    }
    writeln!(text, "];")?;
    Ok(text)
}
