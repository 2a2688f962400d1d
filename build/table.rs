//! Rows of a CSV table by the names of their columns, with errors that say file and line.

use std::collections::HashMap;
use std::error::Error;

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

pub(crate) struct Row {
    /// File and line.
    pub(crate) place: String,
    cells: HashMap<String, String>,
}

/// All rows of a table; the first line names the columns.
pub(crate) fn rows(path: &str) -> Outcome<Vec<Row>> {
    println!("cargo::rerun-if-changed={path}");
    let mut reader = csv::Reader::from_path(path)?;
    let columns = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{path}: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = columns.iter().zip(&record);
        let cells = cells.map(|(column, cell)| (column.to_owned(), cell.trim().to_owned()));
        rows.push(Row { place: format!("{path}, line {line}"), cells: cells.collect() });
    }
    Ok(rows)
}

impl Row {
    /// The text of a cell.
    pub(crate) fn get(&self, column: &str) -> Outcome<&str> {
        match self.cells.get(column) {
            Some(text) => Ok(text),
            None => self.refuse(&format!("no column {column}")),
        }
    }

    /// The text of a cell that must not be empty.
    pub(crate) fn filled(&self, column: &str) -> Outcome<&str> {
        match self.get(column)? {
            "" => self.refuse(&format!("{column} is empty")),
            text => Ok(text),
        }
    }

    /// The error of this row.
    pub(crate) fn refuse<T>(&self, what: &str) -> Outcome<T> {
        Err(format!("{}: {what}", self.place).into())
    }

    /// A finite number.
    pub(crate) fn value(&self, column: &str) -> Outcome<f64> {
        let text = self.get(column)?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => self.refuse(&format!("{column} is {text:?}, not a number")),
        }
    }

    /// A finite number as a Rust literal of the same bits.
    pub(crate) fn number(&self, column: &str) -> Outcome<String> {
        Ok(format!("{:?}", self.value(column)?))
    }

    /// A number, or `None` where the cell is empty.
    pub(crate) fn optional(&self, column: &str) -> Outcome<String> {
        Ok(match self.get(column)? {
            "" => "None".into(),
            _ => format!("Some({})", self.number(column)?),
        })
    }

    /// A whole number as a Rust literal, or `None` where the cell is empty.
    pub(crate) fn optional_whole(&self, column: &str) -> Outcome<String> {
        match self.get(column)? {
            "" => Ok("None".into()),
            text if text.parse::<u8>().is_ok() => Ok(format!("Some({text})")),
            text => self.refuse(&format!("{column} is {text:?}, not a whole number")),
        }
    }

    /// Both ends of a range in ascending order, or `None` where both cells are empty.
    pub(crate) fn range(&self, low: &str, high: &str) -> Outcome<String> {
        if self.get(low)?.is_empty() && self.get(high)?.is_empty() {
            return Ok("None".into());
        }
        if self.value(low)? >= self.value(high)? {
            return self.refuse(&format!("{low} is not below {high}"));
        }
        Ok(format!("Some(({}, {}))", self.number(low)?, self.number(high)?))
    }

    /// Yes or no as a Rust literal.
    pub(crate) fn flag(&self, column: &str) -> Outcome<bool> {
        match self.get(column)? {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => self.refuse(&format!("{column} is {other:?}, not yes or no")),
        }
    }

    /// One of these words as the variant of an enum: `read_out` is `ReadOut`.
    pub(crate) fn variant(&self, column: &str, words: &[&str]) -> Outcome<String> {
        let word = self.get(column)?;
        if !words.contains(&word) {
            return self.refuse(&format!("{column} is {word:?}, not one of {words:?}"));
        }
        Ok(camel(word))
    }

    /// One of these words as the variant of an enum, or `None` where the cell is empty.
    pub(crate) fn optional_variant(
        &self,
        column: &str,
        of: &str,
        words: &[&str],
    ) -> Outcome<String> {
        Ok(match self.get(column)? {
            "" => "None".into(),
            _ => format!("Some({of}::{})", self.variant(column, words)?),
        })
    }

    /// The substance that a number measures, as a variant of `Matter`.
    pub(crate) fn matter(&self) -> Outcome<String> {
        Ok(match self.get("matter")? {
            "" => "Matter::Any".into(),
            _ => format!("Matter::{}", self.variant("matter", &MATTERS)?),
        })
    }
}

const MATTERS: [&str; 6] = ["calcium", "phosphate", "pth", "calcidiol", "calcitriol", "vitamin_d"];

/// `leafy_with_fat` as `LeafyWithFat`.
pub(crate) fn camel(word: &str) -> String {
    let part = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_uppercase() + rest
    };
    word.split('_').map(part).collect()
}
