//! Words that a reader may not know, and the units of other laboratories.

use crate::physiology::quantities::{QUANTITIES, Quantity};
use crate::report::document::{Block, Column, Section, Table};
use crate::units::amount::other_laboratories;
use crate::words::catalogue::{message, texts_of};
use crate::words::names::{capital, unit};
use crate::words::numbers::{at_most, short};

/// The words that a page uses, and the table of units.
pub(crate) fn section(page: &str) -> Section {
    // Each entry is its words, a colon, and what they mean.
    let used = texts_of("glossary").filter_map(|(_, entry)| {
        let (words, meaning) = entry.split_once(": ")?;
        let is_used = words.split(", ").any(|word| page.contains(word));
        is_used.then(|| (words.to_owned(), capital(meaning)))
    });
    let terms: Vec<_> = used.collect();
    let mut blocks = vec![Block::Table(units())];
    if !terms.is_empty() {
        blocks.insert(0, Block::Terms(terms));
    }
    Section { id: "glossary", heading: message!(report.glossary), blocks }
}

fn units() -> Table {
    let judged = QUANTITIES.iter().filter(|quantity| quantity.normal.is_some());
    let rows = judged.filter_map(|quantity| {
        let (other, factor) = other_laboratories(quantity.unit, quantity.matter)?;
        let own = unit(quantity.unit);
        Some(vec![
            quantity.label.to_owned(),
            message!(report.one_unit, own = own, number = short(factor, 4), other = other),
            range(quantity).map_or_else(String::new, |range| format!("{range} {own}")),
            quantity.normal.map_or_else(String::new, |(low, high)| {
                let range = message!(
                    report.range,
                    low = short(low * factor, 2),
                    high = short(high * factor, 2)
                );
                format!("{range} {other}")
            }),
        ])
    });
    Table {
        caption: message!(report.units),
        columns: vec![
            Column::words(message!(report.quantity)),
            Column::words(message!(report.conversion)),
            Column::words(message!(report.usual_here)),
            Column::words(message!(report.usual_there)),
        ],
        rows: rows.collect(),
    }
}

/// The usual range of healthy adults: "2.2 to 2.6".
pub(crate) fn range(quantity: &Quantity) -> Option<String> {
    let (low, high) = quantity.normal?;
    let end = |value: f64| at_most(value, quantity.decimals);
    Some(match (low.is_finite(), high.is_finite()) {
        (true, true) => message!(report.range, low = end(low), high = end(high)),
        (true, false) => format!("≥ {}", end(low)),
        (false, true) => format!("≤ {}", end(high)),
        (false, false) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_other_laboratories() {
        let rows = units().rows;
        let row = |label: &str| rows.iter().find(|row| row[0] == label).unwrap().clone();
        assert_eq!(row("Serum calcium")[1], "1\u{A0}mmol/L = 4.008\u{A0}mg/dL");
        assert!(row("Parathyroid hormone")[1].ends_with("= 9.43\u{A0}pg/mL"), "{rows:?}");
        assert!(rows.iter().any(|row| row[1] == "1\u{A0}nmol/L = 0.4006\u{A0}ng/mL"), "{rows:?}");
        assert!(rows.len() >= 5, "{rows:?}");
    }

    #[test]
    fn every_word_has_a_meaning_and_only_used_ones_are_told() {
        assert!(texts_of("glossary").all(|(_, entry)| entry.split_once(": ").is_some()));
        assert_eq!(texts_of("glossary").count(), 18);
        let Block::Terms(terms) = &section("only PTH here").blocks[0] else { panic!("no terms") };
        assert_eq!(terms.len(), 1);
    }
}
