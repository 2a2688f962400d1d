//! `quantities.csv` as Rust: the structs of states, flows and read-outs, and what is known of each.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::suffix::without_unit;
use crate::table::{Outcome, Row, camel};

const KINDS: [&str; 3] = ["state", "flow", "read_out"];
const ORGANS: [&str; 10] = [
    "person",
    "gut",
    "blood",
    "kidney",
    "skin",
    "bone",
    "artery",
    "hormones",
    "vitamin_k",
    "clotting",
];

/// The generated files by name.
pub(crate) fn files(rows: &[Row]) -> Outcome<[(&'static str, String); 5]> {
    check(rows)?;
    let [states, flows, read_outs] = KINDS.map(|kind| {
        let of_kind = |row: &&Row| row.get("kind").is_ok_and(|own| own == kind);
        rows.iter().filter(of_kind).collect::<Vec<_>>()
    });
    let is_no_pool = |row: &&Row| row.get("pool").is_ok_and(str::is_empty);
    let changes: Vec<&Row> = states.iter().copied().filter(is_no_pool).collect();
    Ok([
        ("state.rs", state(&states)?),
        ("ledger.rs", pools(&states)? + &named(&FLOWS, &flows)?),
        ("changes.rs", named(&CHANGES, &changes)?),
        ("read_outs.rs", named(&READ_OUTS, &read_outs)?),
        ("quantities.rs", quantities(rows)?),
    ])
}

/// Checks across rows: the order of kinds and pools, cells that belong to one kind only.
fn check(rows: &[Row]) -> Outcome {
    let mut names = HashSet::new();
    let (mut latest, mut is_pool) = (0, true);
    for row in rows {
        let (name, kind, pool) = (row.filled("name")?, row.get("kind")?, row.get("pool")?);
        row.variant("kind", &KINDS)?;
        let place = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
        if place < latest {
            return row.refuse("states come first, then flows, then read-outs");
        }
        latest = place;
        if !names.insert(name) {
            return row.refuse(&format!("{name} twice"));
        }
        if !pool.is_empty() && !is_pool {
            return row.refuse("the calcium pools are the first states, and only they");
        }
        is_pool = kind == "state" && !pool.is_empty();
        if kind == "flow" && (row.get("unit")? != "mg/d" || !name.ends_with("_mg_per_day")) {
            return row.refuse("a flow is measured in mg/d and its name says so");
        }
        for column in ["scale", "absolute", "strictness", "held_in_prelude"] {
            if row.get(column)?.is_empty() == (kind == "state") {
                return row.refuse(&format!("{column} belongs to states, and to each of them"));
            }
        }
        if row.get("chart_unit")?.is_empty() == (row.filled("unit")? == "1") {
            return row.refuse("chart_unit belongs to numbers without a unit, and to each of them");
        }
    }
    Ok(())
}

/// A struct with one number per row, and its numbers as an array.
struct Named {
    kind: &'static str,
    doc: &'static str,
    derives: &'static str,
    bound: &'static str,
    count: &'static str,
    /// Attribute of the conversions.
    inline: &'static str,
    /// True if fields go without their unit.
    short: bool,
}

const STATE: Named = Named {
    kind: "State",
    doc: "The state by name; order and units as in [`STATES`].",
    derives: "Clone, Copy, Debug, PartialEq",
    bound: "Real",
    count: "STATE_COUNT",
    inline: "#[inline(always)] ",
    short: false,
};
const FLOWS: Named = Named {
    kind: "Flows",
    doc: "Every flow by name \\[mg/d\\], in the order of [`LEDGER`]; never negative.",
    bound: "Copy",
    count: "FLOW_COUNT",
    short: true,
    ..STATE
};
const CHANGES: Named = Named {
    kind: "Changes",
    doc: "Rate of change per day of every state that is not a calcium pool, in their order.",
    derives: "Clone, Copy, Debug",
    count: "CHANGE_COUNT",
    ..STATE
};
const READ_OUTS: Named = Named {
    kind: "ReadOuts",
    doc: "Every read-out by name, in the order of their columns.",
    derives: "Clone, Copy, Debug",
    bound: "Copy",
    count: "READ_OUT_COUNT",
    inline: "",
    ..STATE
};

fn field<'a>(named: &Named, row: &'a Row) -> Outcome<&'a str> {
    let name = row.get("name")?;
    Ok(if named.short { without_unit(name, row.get("unit")?) } else { name })
}

fn fields(named: &Named, rows: &[&Row], write: impl Fn(&str) -> String) -> Outcome<String> {
    let names = rows.iter().map(|row| field(named, row));
    let names = names.map(|name| Ok(write(name?))).collect::<Outcome<Vec<_>>>()?;
    Ok(names.join(", "))
}

fn named(named: &Named, rows: &[&Row]) -> Outcome<String> {
    let Named { kind, doc, derives, bound, count, inline, .. } = named;
    let mut text = format!("/// Number of fields of [`{kind}`].\n");
    writeln!(text, "pub(crate) const {count}: usize = {};", rows.len())?;
    writeln!(text, "/// {doc}\n#[derive({derives})]\npub(crate) struct {kind}<R> {{")?;
    for row in rows {
        let (meaning, label, unit) = (row.get("meaning")?, row.filled("label")?, row.get("unit")?);
        let meaning = if meaning.is_empty() { label } else { meaning };
        let unit = if unit == "1" { String::new() } else { format!(" \\[{unit}\\]") };
        writeln!(text, "    /// {meaning}{unit}\n    pub {}: R,", field(named, row)?)?;
    }
    writeln!(text, "}}\nimpl<R: {bound}> {kind}<R> {{")?;
    writeln!(text, "    /// The numbers in their order.\n    {inline}#[must_use]")?;
    let values = fields(named, rows, |name| format!("self.{name}"))?;
    writeln!(
        text,
        "    #[allow(clippy::wrong_self_convention)] // an array this long is not copied\n    pub(crate) fn to_array(&self) -> [R; {count}] {{ [{values}] }}\n}}"
    )?;
    Ok(text)
}

/// The calcium pools in the order of their states.
fn pools(states: &[&Row]) -> Outcome<String> {
    let mut variants = String::new();
    let mut names = Vec::new();
    for row in states {
        let pool = row.get("pool")?;
        if !pool.is_empty() {
            writeln!(variants, "    /// {}\n    {},", row.filled("meaning")?, camel(pool))?;
            names.push(format!("Self::{}", camel(pool)));
        }
    }
    let mut text = String::from("/// A place where calcium is, or a sink that it leaves to.\n");
    writeln!(text, "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]")?;
    writeln!(text, "pub enum Pool {{\n{variants}}}\nimpl Pool {{")?;
    writeln!(text, "    /// Every pool; its position is the position of its state.")?;
    writeln!(
        text,
        "    pub(crate) const ALL: [Self; {}] = [{}];\n}}",
        names.len(),
        names.join(", ")
    )?;
    Ok(text)
}

fn state(rows: &[&Row]) -> Outcome<String> {
    let mut text = named(&STATE, rows)?;
    let names = fields(&STATE, rows, str::to_owned)?;
    writeln!(text, "impl<R: Real> State<R> {{")?;
    writeln!(text, "    /// Names the numbers of an array in the order of [`STATES`].")?;
    writeln!(text, "    #[inline(always)] #[must_use]")?;
    writeln!(text, "    pub(crate) fn from_array(values: &[R; STATE_COUNT]) -> Self {{")?;
    writeln!(text, "        let [{names}] = *values;\n        Self {{ {names} }}\n    }}\n}}")?;
    writeln!(text, "/// One row per state, in the order of the trajectory's columns.")?;
    writeln!(text, "pub static STATES: [StateInfo; STATE_COUNT] = [")?;
    for row in rows {
        writeln!(
            text,
            "    StateInfo {{ name: {:?}, unit: {:?}, scale: {}, absolute: {}, strictness: {}, \
             pool: {}, held_in_prelude: {} }},",
            row.get("name")?,
            row.get("unit")?,
            row.number("scale")?,
            row.number("absolute")?,
            row.number("strictness")?,
            match row.get("pool")? {
                "" => "None".into(),
                pool => format!("Some(Pool::{})", camel(pool)),
            },
            row.flag("held_in_prelude")?,
        )?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

fn quantities(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from(
        "/// Every reported number; states, flows and read-outs each in the order of their columns.\n",
    );
    writeln!(text, "pub(crate) static QUANTITIES: [Quantity; {}] = [", rows.len())?;
    let mut counts = [0; KINDS.len()];
    for row in rows {
        let kind = KINDS.iter().position(|kind| row.get("kind").is_ok_and(|own| own == *kind));
        let index = kind.and_then(|kind| counts.get_mut(kind)).ok_or("a kind")?;
        let (name, unit) = (row.get("name")?, row.get("unit")?);
        let chart_unit = row.get("chart_unit")?;
        let aliases: Vec<&str> = row.get("aliases")?.split_whitespace().collect();
        writeln!(
            text,
            "    Quantity {{ name: {name:?}, short_name: {:?}, unit: {unit:?}, chart_unit: {:?}, \
             aliases: &{aliases:?}, label: {:?}, normal: {}, livable: {}, decimals: {}, \
             organ: Organ::{}, matter: {}, endpoint: {}, summary_place: {}, time_course_place: {}, \
             non_negative: {}, column: TrajectoryColumn::{}({index}) }},",
            without_unit(name, unit),
            if chart_unit.is_empty() { unit } else { chart_unit },
            row.get("label")?,
            row.range("normal_low", "normal_high")?,
            row.range("livable_low", "livable_high")?,
            row.filled("decimals")?.parse::<u8>().or_else(|_| row.refuse("decimals"))?,
            row.variant("organ", &ORGANS)?,
            row.matter()?,
            row.optional_variant("endpoint", "Endpoint", &["main", "further"])?,
            row.optional_whole("summary")?,
            row.optional_whole("time_course")?,
            row.flag("non_negative")?,
            row.variant("kind", &KINDS)?,
        )?;
        *index += 1;
    }
    writeln!(text, "];")?;
    Ok(text)
}
