//! What the model knows, as tables: what can be set, numbers with their sources, foods, quantities.

use crate::nutrition::foods::FOODS;
use crate::parameters::PARAMETER_TABLE;
use crate::physiology::quantities::{QUANTITIES, TrajectoryColumn};
use crate::scenario::dial::{
    Dial, DialKind, Number as DialNumber, ScenarioPart, dials as all_dials,
};
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn, Table};

/// Name, type, unit and meaning of a column.
pub(crate) type ColumnSpec = (&'static str, ColumnType, &'static str, &'static str);

/// Rows under such columns.
pub(crate) fn table(columns: &[ColumnSpec], rows: Vec<Vec<CellValue>>) -> Table {
    let column =
        |(name, kind, unit, meaning): &ColumnSpec| ResultColumn::new(*name, *kind, unit, *meaning);
    Table { columns: columns.iter().map(column).collect(), rows }
}

/// Rows of texts under such columns; a text in a column of numbers that is none is empty.
pub(crate) fn table_of_texts(columns: &[ColumnSpec], rows: Vec<Vec<String>>) -> Table {
    let cell = |(kind, text): (&ColumnType, String)| match kind {
        Number => CellValue::finite(text.parse().ok()),
        _ => CellValue::Word(text),
    };
    let kinds = || columns.iter().map(|(_, kind, ..)| kind);
    let rows = rows.into_iter().map(|row| kinds().zip(row).map(cell).collect());
    table(columns, rows.collect())
}

pub(super) fn word(text: &str) -> CellValue {
    CellValue::Word(text.to_owned())
}

/// Everything that can be set, by `--set`, `Scenario::with` or in a sweep: one row each.
///
/// ```
/// let dials = calcifate::dials();
/// let names = dials.texts("dial").ok_or("no such column")?;
/// let at = names.iter().position(|name| name == "habitual.calcium_diet").ok_or("not there")?;
/// assert_eq!(dials.texts("unit").ok_or("no such column")?[at], "mg/d");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn dials() -> Table {
    let columns = [
        ("dial", Word, "1", "its spelling"),
        ("unit", Word, "1", "unit of its number, 1 for none"),
        ("usual", Number, "1", "value of the reference person and of the set paradox"),
        ("low", Number, "1", "lower end of what is plausible"),
        ("high", Number, "1", "upper end of what is plausible"),
        ("lowest", Number, "1", "what is below is refused"),
        ("highest", Number, "1", "what is above is refused"),
        ("words", Word, "1", "the words that it takes instead of a number"),
        ("meaning", Word, "1", "what it is"),
    ];
    table(&columns, all_dials().iter().map(dial).collect())
}

/// The spelling of a dial that means this one alone.
pub(crate) fn spelling(dial: &Dial) -> String {
    match dial.part {
        ScenarioPart::Habitual(_) => format!("habitual.{}", dial.name),
        _ => dial.name.to_owned(),
    }
}

fn dial(dial: &Dial) -> Vec<CellValue> {
    let finite = |number: f64| CellValue::finite(Some(number));
    let (numbers, words) = match &dial.kind {
        DialKind::Number(DialNumber { usual, plausible, allowed, .. }) => {
            let [low, high, lowest, highest] =
                [plausible.0, plausible.1, allowed.0, allowed.1].map(finite);
            ([CellValue::finite(*usual), low, high, lowest, highest], CellValue::Missing)
        }
        DialKind::Word(words) => ([const { CellValue::Missing }; 5], word(&words.join(", "))),
    };
    let mut row = vec![CellValue::Word(spelling(dial)), word(dial.unit())];
    row.extend(numbers);
    row.extend([words, word(&dial.meaning)]);
    row
}

/// Every number of the model with its range, evidence and source.
///
/// ```
/// let evidence = calcifate::parameters().texts("evidence").ok_or("no such column")?;
/// assert!(evidence.iter().all(|word| ["measured", "fitted", "assumed"].contains(&word.as_str())));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn parameters() -> Table {
    let columns = [
        ("parameter", Word, "1", "name, as in the equations"),
        ("value", Number, "1", "value in the set paradox, in its unit"),
        ("unit", Word, "1", "unit, 1 for none"),
        ("low", Number, "1", "lower end of the range"),
        ("high", Number, "1", "upper end of the range"),
        ("conservative", Number, "1", "value in the set conservative, where it differs"),
        ("evidence", Word, "1", "measured, fitted or assumed"),
        ("mechanism", Word, "1", "the mechanism that it belongs to"),
        ("source", Word, "1", "key of the source"),
        ("note", Word, "1", "a remark"),
    ];
    let rows = PARAMETER_TABLE.iter().map(|entry| {
        vec![
            word(entry.name),
            CellValue::Number(entry.value),
            word(entry.unit),
            CellValue::finite(entry.low),
            CellValue::finite(entry.high),
            CellValue::finite(entry.conservative_value),
            word(entry.evidence.word()),
            word(entry.group),
            word(entry.source),
            word(entry.note),
        ]
    });
    table(&columns, rows.collect())
}

/// Foods and what 100 g of them hold; a pill counts as 1 g.
///
/// ```
/// let foods = calcifate::foods();
/// assert!(foods.texts("food").ok_or("no such column")?.contains(&"natto".to_owned()));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn foods() -> Table {
    let columns = [
        ("food", Word, "1", "its name in files"),
        ("serving_g", Number, "g", "a usual serving"),
        ("calcium_mg_per_100g", Number, "mg", "calcium in 100 g"),
        ("vitamin_d_ug_per_100g", Number, "ug", "vitamin D in 100 g"),
        ("k1_ug_per_100g", Number, "ug", "vitamin K1 in 100 g"),
        ("mk4_ug_per_100g", Number, "ug", "MK-4 in 100 g"),
        ("mk7_ug_per_100g", Number, "ug", "MK-7 in 100 g"),
        ("long_chain_mk_ug_per_100g", Number, "ug", "MK-8 and MK-9 in 100 g"),
        ("source", Word, "1", "key of the source"),
    ];
    let rows = FOODS.iter().map(|food| {
        let mut row = vec![word(food.name)];
        row.extend(food.numbers().map(CellValue::Number));
        row.push(word(food.source));
        row
    });
    table(&columns, rows.collect())
}

/// Every number that a run reports, in the order of its rows: states, flows, read-outs.
///
/// ```
/// let names = calcifate::quantities().texts("quantity").ok_or("no such column")?;
/// assert!(names.contains(&"dp_ucmgp_pmol_per_l".to_owned()));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn quantities() -> Table {
    let columns = [
        ("quantity", Word, "1", "name, with its unit at the end"),
        ("unit", Word, "1", "unit, 1 for none"),
        ("label", Word, "1", "words for tables and figures"),
        ("kind", Word, "1", "state, flow or read-out"),
        ("aliases", Word, "1", "short names"),
        ("normal_low", Number, "1", "usual range of a healthy adult"),
        ("normal_high", Number, "1", "usual range of a healthy adult"),
    ];
    let rows = QUANTITIES.iter().map(|quantity| {
        let kind = match quantity.column {
            TrajectoryColumn::State(_) => "state",
            TrajectoryColumn::Flow(_) => "flow",
            TrajectoryColumn::ReadOut(_) => "read-out",
        };
        let mut row = [quantity.name, quantity.unit, quantity.label, kind].map(word).to_vec();
        row.push(CellValue::Word(quantity.aliases.join(" ")));
        let (low, high) = quantity.normal.unzip();
        row.extend([low, high].map(CellValue::finite));
        row
    });
    table(&columns, rows.collect())
}
