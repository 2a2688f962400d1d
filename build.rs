//! Turns the tables beside the sources into Rust: one CSV row is one named field.
//!
//! A parameter, input, quantity, food or source is written down once, in its CSV file. A malformed
//! table stops the build with its file and line, so the program itself cannot meet one.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use crate::table::{Outcome, Row, rows};

#[path = "src/units/exponents.rs"]
mod exponents;
#[path = "build/messages.rs"]
mod messages;
#[path = "build/quantities.rs"]
mod quantities;
#[path = "src/units/suffix.rs"]
mod suffix;
#[path = "build/table.rs"]
mod table;

fn main() -> Outcome {
    let out = env::var("OUT_DIR")?;
    let write = |name: &str, text: String| fs::write(Path::new(&out).join(name), text);
    write("parameters.rs", parameters(&rows("src/parameters/parameters.csv")?)?)?;
    write("sources.rs", sources(&rows("src/parameters/sources.csv")?)?)?;
    write("inputs.rs", inputs(&rows("src/physiology/inputs.csv")?)?)?;
    for (name, text) in quantities::files(&rows("src/physiology/quantities.csv")?)? {
        write(name, text)?;
    }
    write("foods.rs", foods(&rows("src/nutrition/foods.csv")?)?)?;
    for (path, table, lists, texts) in [
        (
            "src/nutrition/outside_model",
            "static TOPICS: &[Topic]",
            &["words"][..],
            &["subject", "instead"][..],
        ),
        ("src/nutrition/food_kinds", "static FOOD_KINDS: &[FoodKind]", &["foods"], &["kind"]),
        (
            "src/scenario/other_names",
            "pub(crate) static OTHER_NAMES: &[OtherName]",
            &["called", "keys"],
            &["note"],
        ),
        (
            "src/scenario/quantity_names",
            "static QUANTITY_NAMES: &[QuantityNames]",
            &["called", "names"],
            &[],
        ),
    ] {
        let name = path.rsplit('/').next().unwrap_or(path);
        write(&format!("{name}.rs"), words(&format!("{path}.csv"), table, lists, texts)?)?;
    }
    write("lessons.rs", texts("scenarios", "Lesson", "LESSONS")?)?;
    write("verdict_files.rs", texts("scenarios/verdicts", "Shipped", "VERDICTS")?)?;
    write("class_files.rs", texts("scenarios/class", "Shipped", "EXERCISES")?)?;
    write("evidence.rs", records("src/evidence/evidence.csv")?)?;
    write("messages.rs", messages::catalogue(&rows("src/words/english.csv")?)?)?;
    for path in ["build.rs", "build", "src/units/exponents.rs", "src/units/suffix.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(())
}

/// The cells of a table whose columns the program reads by itself, with their lines.
fn records(path: &str) -> Outcome<String> {
    println!("cargo::rerun-if-changed={path}");
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path)?;
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let mut text = format!("static HEADER: &[&str] = &{:?};\n", cells(reader.headers()?));
    writeln!(text, "static RECORDS: &[(u64, &[&str])] = &[")?;
    for record in reader.records() {
        let record = record.map_err(|error| format!("{path}: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        writeln!(text, "    ({line}, &{:?}),", cells(&record))?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// A table of words: columns that are lists, with semicolons between the words, and texts.
fn words(path: &str, table: &str, lists: &[&str], texts: &[&str]) -> Outcome<String> {
    let mut text = format!("{table} = &[\n");
    let kind = table.split(['[', ']']).nth(1).unwrap_or_default();
    for row in rows(path)? {
        let mut fields = String::new();
        for column in lists {
            let words: Vec<&str> = row.filled(column)?.split(';').map(str::trim).collect();
            write!(fields, "{column}: &{words:?}, ")?;
        }
        for column in texts {
            write!(fields, "{column}: {:?}, ", row.get(column)?)?;
        }
        writeln!(text, "    {kind} {{ {fields}}},")?;
    }
    text += "];\n";
    Ok(text)
}

/// A struct with one documented field of type `S` per row, and `map` and `by_name_mut` for it.
fn numbers_struct(kind: &str, doc: &str, fields: &[(String, String)]) -> Outcome<String> {
    let mut text = format!("/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq)]\n");
    writeln!(text, "pub(crate) struct {kind}<S> {{")?;
    for (name, doc) in fields {
        writeln!(text, "    /// {doc}\n    pub {name}: S,")?;
    }
    writeln!(text, "}}\nimpl<S: Copy> {kind}<S> {{")?;
    writeln!(text, "    /// The same numbers in another number type.")?;
    writeln!(
        text,
        "    pub(crate) fn map<T>(&self, convert: impl Fn(S) -> T) -> {kind}<T> {{ {kind} {{"
    )?;
    for (name, _) in fields {
        writeln!(text, "        {name}: convert(self.{name}),")?;
    }
    writeln!(text, "    }} }}\n    /// Each number combined with the other's of the same name.")?;
    writeln!(
        text,
        "    pub(crate) fn zip<T: Copy, U: Copy>(&self, other: &{kind}<T>, combine: &impl Fn(S, T) -> U) -> {kind}<U> {{ {kind} {{"
    )?;
    for (name, _) in fields {
        writeln!(text, "        {name}: combine(self.{name}, other.{name}),")?;
    }
    writeln!(text, "    }} }}\n    /// One number by its name, `None` if there is no such name.")?;
    writeln!(text, "    pub(crate) fn get(&self, name: &str) -> Option<S> {{ Some(match name {{")?;
    for (name, _) in fields {
        writeln!(text, "        {name:?} => self.{name},")?;
    }
    writeln!(text, "        _ => return None,\n    }}) }}")?;
    writeln!(text, "    /// One number to change by its name, `None` if there is no such name.")?;
    writeln!(
        text,
        "    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut S> {{ Some(match name {{"
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
    let value_of = |name: &str| {
        rows.iter().find(|row| row.get("name").is_ok_and(|own| own == name))?.value("value").ok()
    };
    for row in rows {
        let (name, formula, note) = (row.filled("name")?, row.filled("unit")?, row.get("note")?);
        let Some(unit) = exponents::worked_out(formula, &value_of) else {
            return row
                .refuse(&format!("an exponent of {formula} is neither a number nor a parameter"));
        };
        let value = row.number("value")?;
        let doc = if note.is_empty() { format!("[{unit}]") } else { format!("{note} [{unit}]") };
        fields.push((name.to_owned(), doc.replace('[', "\\[").replace(']', "\\]")));
        writeln!(values, "        {name}: {value},")?;
        writeln!(
            entries,
            "    ParameterInfo {{ name: {name:?}, value: {value}, unit: {unit:?}, unit_formula: {formula:?}, \
             low: {}, high: {}, kind: ParameterKind::{}, evidence: Evidence::{}, group: {:?}, source: {:?}, \
             note: {note:?}, conservative_value: {}, checked: {:?} }},",
            row.optional("low")?,
            row.optional("high")?,
            row.variant("kind", &["biology", "definition", "switch", "shape"])?,
            row.variant("evidence", &["measured", "fitted", "assumed"])?,
            row.filled("group")?,
            row.filled("source_key")?,
            row.optional("conservative_value")?,
            row.get("checked")?,
        )?;
    }
    let mut text = numbers_struct("Parameters", "Every parameter of the model by name.", &fields)?;
    writeln!(text, "impl Parameters<f64> {{")?;
    writeln!(text, "    /// The values of the default hypothesis set `paradox`.")?;
    writeln!(text, "    pub(crate) const PARADOX: Self = Self {{\n{values}    }};\n}}")?;
    writeln!(text, "/// One entry per parameter, in the order of the table.")?;
    writeln!(
        text,
        "pub(crate) static PARAMETER_TABLE: [ParameterInfo; {}] = [\n{entries}];",
        rows.len()
    )?;
    Ok(text)
}

fn sources(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("/// Every source by its key.\n");
    writeln!(text, "pub(crate) static SOURCES: [Source; {}] = [", rows.len())?;
    for row in rows {
        writeln!(
            text,
            "    Source {{ key: {:?}, citation: {:?}, used: {:?}, checked: {:?} }},",
            row.filled("key")?,
            row.filled("citation")?,
            row.get("what_was_used")?,
            row.get("checked")?,
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

const INPUT_KINDS: [&str; 8] =
    ["food", "sunlight", "supplement", "drug", "condition", "dosing", "person", "override"];

fn inputs(rows: &[Row]) -> Outcome<String> {
    let mut fields = Vec::new();
    let mut defaults = String::new();
    let mut entries = String::new();
    for row in rows {
        let (name, unit, label) = (row.filled("name")?, row.filled("unit")?, row.filled("label")?);
        let kind = row.variant("kind", &INPUT_KINDS)?;
        let key = row.get("key")?;
        let aliases: Vec<&str> = row.get("aliases")?.split_whitespace().collect();
        let default = row.get("default")?;
        if !matches!(kind.as_str(), "Person" | "Override") {
            fields.push((name.to_owned(), format!("{label} \\[{unit}\\]")));
            writeln!(defaults, "        {name}: {},", default_expression(default))?;
        }
        let dose = match row.get("largest_dose")? {
            "" => "None".to_owned(),
            _ => format!(
                "Some(DoseLimit {{ largest: {}, mean_days: {} }})",
                row.number("largest_dose")?,
                row.number("mean_days")?
            ),
        };
        let or = |end: &'static str, other: &'static str| {
            row.number(if row.get(end)?.is_empty() { other } else { end })
        };
        writeln!(
            entries,
            "    InputInfo {{ name: {name:?}, key: {:?}, aliases: &{aliases:?}, unit: {unit:?}, matter: {}, kind: InputKind::{kind}, \
             default: {default:?}, allowed: ({}, {}), dose: {dose}, plausible: ({}, {}), whole: {}, \
             source: {:?}, label: {label:?} }},",
            if key.is_empty() { suffix::without_unit(name, unit) } else { key },
            row.matter()?,
            row.number("allowed_low")?,
            row.number("allowed_high")?,
            or("plausible_low", "allowed_low")?,
            or("plausible_high", "allowed_high")?,
            row.flag("whole")?,
            row.filled("range_source")?,
        )?;
    }
    let doc = "Intakes and conditions by name.";
    let mut text = numbers_struct("Inputs", doc, &fields)?;
    writeln!(text, "impl Inputs<f64> {{")?;
    writeln!(text, "    /// The reference person's diet and conditions.")?;
    writeln!(
        text,
        "    pub(crate) fn reference(parameters: &crate::parameters::Parameters<f64>) -> Self {{"
    )?;
    writeln!(text, "        Self {{\n{defaults}        }}\n    }}\n}}")?;
    writeln!(text, "/// One entry per input, in the order of the table.")?;
    writeln!(text, "pub(crate) static INPUTS: [InputInfo; {}] = [\n{entries}];", rows.len())?;
    Ok(text)
}

fn foods(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("/// Every food of the table.\n");
    writeln!(text, "pub(crate) static FOODS: [Food; {}] = [", rows.len())?;
    for row in rows {
        let per_100g = |nutrient: &str| row.number(&format!("{nutrient}_per_100g"));
        writeln!(
            text,
            "    Food {{ name: {:?}, serving_g: {}, calcium_mg_per_100g: {}, \
             vitamin_d_ug_per_100g: {}, k1_ug_per_100g: {}, mk4_ug_per_100g: {}, \
             mk7_ug_per_100g: {}, long_chain_mk_ug_per_100g: {}, matrix: Matrix::{}, \
             source: {:?}, checked: {:?} }},",
            row.filled("food")?,
            row.number("serving_g")?,
            per_100g("calcium_mg")?,
            per_100g("vitamin_d_ug")?,
            per_100g("k1_ug")?,
            per_100g("mk4_ug")?,
            per_100g("mk7_ug")?,
            per_100g("long_chain_mk_ug")?,
            row.variant(
                "matrix",
                &["mixed", "leafy_plain", "leafy_with_fat", "oil", "supplement"]
            )?,
            row.filled("source_key")?,
            row.get("checked")?,
        )?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// The files of a folder as a table of names and texts, in the order of their names.
fn texts(folder: &str, kind: &str, table: &str) -> Outcome<String> {
    let mut paths = Vec::new();
    if Path::new(folder).is_dir() {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut text = format!("/// Every file of `{folder}`, by name.\n");
    writeln!(text, "pub(crate) static {table}: [{kind}; {}] = [", paths.len())?;
    for path in paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a name of a file")?;
        let content = fs::read_to_string(&path)?;
        writeln!(text, "    {kind} {{ name: {name:?}, text: {content:?} }},")?;
    }
    writeln!(text, "];")?;
    Ok(text)
}
