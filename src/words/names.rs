//! Names of files as people write them, with their units.

use crate::physiology::quantities::Quantity;
use crate::units::amount::unit_for_people;
use crate::units::suffix::without_unit;

/// Parts of names that are more than words of small letters.
const WRITTEN: [(&str, &str); 22] = [
    ("agatston", "Agatston"),
    ("bmd", "BMD"),
    ("cac", "CAC"),
    ("ctx", "CTX"),
    ("d", "D"),
    ("d3", "D3"),
    ("ecf", "ECF"),
    ("egfr", "eGFR"),
    ("gfr", "GFR"),
    ("inr", "INR"),
    ("k1", "K1"),
    ("k2", "K2"),
    ("mgp", "MGP"),
    ("mk", "MK"),
    ("mk4", "MK-4"),
    ("mk7", "MK-7"),
    ("oc", "OC"),
    ("p1np", "P1NP"),
    ("pth", "PTH"),
    ("pwv", "PWV"),
    ("t", "T"),
    ("ucmgp", "ucMGP"),
];

/// A name of a file as people write it: `k2_on_mgp` is "K2 on MGP".
pub(crate) fn in_words(name: &str) -> String {
    let words: Vec<&str> = name.split(['_', '.']).map(written).collect();
    words.join(" ").replace("dp ucMGP", "dp-ucMGP")
}

/// A condition of a file as people write it: `end(cac) <= 20` is "end(CAC) ≤ 20".
pub(crate) fn condition(text: &str) -> String {
    let pieces = text.split_inclusive(|letter: char| !letter.is_alphanumeric()).map(|piece| {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        format!("{}{}", written(word), piece.strip_prefix(word).unwrap_or_default())
    });
    let text = pieces.collect::<String>().replace('_', " ").replace("dp ucMGP", "dp-ucMGP");
    text.replace("<=", "≤").replace(">=", "≥")
}

fn written(word: &str) -> &str {
    WRITTEN.iter().find(|(plain, _)| *plain == word).map_or(word, |(_, written)| written)
}

/// A name that ends with its unit, without that: `calcium_diet_mg_per_day` is "calcium diet".
pub(crate) fn without_its_unit(name: &str, unit: &str) -> String {
    in_words(without_unit(name, unit))
}

/// A name with its unit in brackets: `dp_ucmgp_pmol_per_l` is "dp-ucMGP [pmol/L]".
pub(crate) fn heading(name: &str, own_unit: &str) -> String {
    heading_in(name, own_unit, own_unit)
}

/// The same with the unit in which people read it, such as points for a difference of percentages.
pub(crate) fn heading_in(name: &str, own_unit: &str, shown: &str) -> String {
    beside(&without_its_unit(name, own_unit), &bracketed(shown))
}

/// A quantity's label with its unit: "Coronary calcium AU".
pub(crate) fn labeled(quantity: &Quantity) -> String {
    beside(quantity.label, &unit(quantity.unit))
}

/// Two texts with a blank between them; the first alone if the second is empty.
pub(crate) fn beside(text: &str, other: &str) -> String {
    if other.is_empty() { text.to_owned() } else { format!("{text} {other}") }
}

/// A unit as people write it: `ug/d` is "µg/day"; empty for none.
pub(crate) fn unit(unit: &str) -> String {
    match unit {
        "" | "1" => String::new(),
        unit => unit_for_people(unit),
    }
}

/// A unit in brackets; empty for none.
pub(crate) fn bracketed(own_unit: &str) -> String {
    match unit(own_unit) {
        unit if unit.is_empty() => unit,
        unit => format!("[{unit}]"),
    }
}

/// The unit of a quantity's chart in brackets, with words for numbers that have none.
pub(crate) fn chart_unit(quantity: &Quantity) -> String {
    bracketed(quantity.chart_unit)
}

/// The text with a capital first letter, unless it begins with a name such as "eGFR".
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first)
            if !text.starts_with("dp-") && !second(text).is_some_and(char::is_uppercase) =>
        {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The text inside a sentence: "serum calcium", but "PTH" and "25(OH)D" as they are.
pub(crate) fn inside(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if second(text).is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The second letter, which tells a name from a word.
fn second(text: &str) -> Option<char> {
    text.chars().nth(1)
}

/// The label of a quantity in a sentence's beginning: "Relative hip fracture risk".
pub(crate) fn at_start(quantity: &Quantity) -> String {
    match quantity.label.strip_suffix(", relative") {
        Some(label) => format!("Relative {}", inside(label)),
        None => quantity.label.to_owned(),
    }
}

/// A label without the words that only explain it: "eGFR", "age", "calcium from pills".
pub(crate) fn short_label(label: &str) -> String {
    let label = label.replace(" at the start", "").replace("elemental ", "");
    let label = label.split(" from 0").next().unwrap_or_default();
    let (before, rest) = label.split_once(" (").unwrap_or((label, ""));
    let inner = rest.split(')').next().unwrap_or_default();
    let is_name = (2..=6).contains(&inner.len()) && !inner.contains(' ');
    inside(if is_name { inner } else { before })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::quantities::{QUANTITIES, quantity};

    #[test]
    fn names_are_written_as_people_do() {
        assert_eq!(in_words("k2_on_mgp"), "K2 on MGP");
        assert_eq!(in_words("cac_ratio"), "CAC ratio");
        assert_eq!(capital(&in_words("dp_ucmgp")), "dp-ucMGP");
        assert_eq!(capital(&in_words("bone_gain")), "Bone gain");
        assert_eq!(heading("dp_ucmgp_pmol_per_l", "pmol/L"), "dp-ucMGP [pmol/L]");
        assert_eq!(unit("ug/d"), "µg/day");
        assert_eq!(condition("end(dp_ucmgp) <= 0.5"), "end(dp-ucMGP) ≤ 0.5");
    }

    /// A title once began with "EGFR matters more".
    #[test]
    fn names_keep_their_first_letter() {
        assert_eq!(capital("eGFR matters more"), "eGFR matters more");
        assert_eq!(capital("a change"), "A change");
        assert_eq!(
            ["Serum calcium", "PTH", "T-score"].map(inside),
            ["serum calcium", "PTH", "T-score"]
        );
    }

    #[test]
    fn short_labels_are_those_that_people_say() {
        assert_eq!(short_label("kidney function (eGFR) at the start"), "eGFR");
        assert_eq!(short_label("age at the start"), "age");
        assert_eq!(short_label("elemental calcium from pills"), "calcium from pills");
        assert_eq!(
            short_label("factor on vitamin K absorption (0.36 with binders)"),
            "factor on vitamin K absorption"
        );
        assert_eq!(short_label("exercise from 0 (none) to 1 (much)"), "exercise");
    }

    #[test]
    fn charts_of_numbers_without_unit_have_words() {
        let word = |name: &str| chart_unit(quantity(name).unwrap());
        assert_eq!(word("lumbar_spine_t_score"), "[SD]");
        assert_eq!(word("hip_fracture_risk"), "[× reference]");
        assert_eq!(word("fractional_absorption"), "[share]");
        assert_eq!(word("inr"), "[ratio]");
        assert!(QUANTITIES.iter().all(|quantity| chart_unit(quantity).len() > 2));
    }
}
