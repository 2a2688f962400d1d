//! What varies in a sensitivity analysis, and where the local method stands.

use crate::error::problem::Place;
use crate::error::suggest::did_you_mean;
use crate::form::tree::{Entries, Entry, Node, Value, get, list, table};
use crate::parameters::{ENTRIES, entry};
use crate::scenario::dial::{Kind, Part, ScopedDial};
use crate::sweep::Sweep;
use crate::sweep::cell::Cell;
use crate::sweep::file::variations::varied;
use crate::sweep::file::{Reader, start_of_file};
use crate::sweep::plan::Draw;
use crate::sweep::sensitivity::{Factor, deviation, end_shares};

impl Reader<'_> {
    /// What varies: `[vary]`, and the parameters that `[sensitivity]` names.
    pub(super) fn factors(
        &mut self,
        entries: &Entries,
        section: &Node,
        arms: &[String],
    ) -> Vec<Draw> {
        let found = varied(self, entries, arms, true);
        for axis in &found.axes {
            let key = &axis.dial.key;
            let place = get(table(entries, "vary"), key).map(|node| node.place.clone());
            let help = "write a range or a distribution: \"LOW … HIGH\" without step and points";
            let message = format!("{key} goes from point to point");
            let label = "a sensitivity analysis draws all that varies";
            self.problems.error(&place.unwrap_or(start_of_file()), message, label, help);
        }
        let mut draws = found.draws;
        self.refuse_twice(entries, &draws);
        if let Some(entry) = section.entries().iter().find(|entry| entry.key == "parameters") {
            self.refuse_without_range(entry, &draws);
            draws.extend(self.table_ranges(entry, true));
        }
        self.take_out(section, &mut draws);
        let mut known: Vec<ScopedDial> = Vec::new();
        draws.retain(|draw| {
            let fresh = !known.contains(&draw.dial);
            known.push(draw.dial.clone());
            fresh
        });
        let keep = get(section.entries(), "keep_inputs").map(|node| &node.value);
        draws.iter_mut().for_each(|draw| draw.shown = keep == Some(&Value::Flag(true)));
        if draws.is_empty() && !self.problems.has_errors() {
            let help = "write parameters = \"all\" below [sensitivity], or ranges below [vary]";
            self.problems.error(&section.place, "nothing varies", "", help);
        }
        draws
    }

    /// `pth_steepness` and `parameters.pth_steepness` are one dial: only one range can count.
    fn refuse_twice(&mut self, entries: &Entries, draws: &[Draw]) {
        for (place, draw) in draws.iter().enumerate() {
            if draws.iter().take(place).any(|other| other.dial == draw.dial) {
                let node = get(table(entries, "vary"), &draw.dial.key);
                let place = node.map_or(start_of_file(), |node| node.place.clone());
                let message = format!("{} varies twice", name_of(&draw.dial));
                self.problems.error(&place, message, "", "keep one of the two lines");
            }
        }
    }

    /// A parameter that is named has a range in the table, or one below `[vary]`.
    fn refuse_without_range(&mut self, named: &Entry, varied: &[Draw]) {
        for (word, place) in words_of(&named.node) {
            let Some(entry) = entry(&word) else { continue };
            let ranged = matches!((entry.low, entry.high), (Some(low), Some(high)) if low < high);
            if !ranged && !varied.iter().any(|draw| name_of(&draw.dial) == word) {
                let message = format!("the table has no range of {word}");
                let help = format!("write {word} = \"LOW … HIGH\" below [vary]");
                self.problems.error(&place, message, "", help);
            }
        }
        if !matches!(named.node.value, Value::Text(..) | Value::List(_)) {
            let help = "write parameters = \"all\", or a list of names or groups";
            let label = format!("{} here", named.node.value.kind());
            self.problems.error(&named.node.place, "parameters needs words", label, help);
        }
    }

    /// Takes out what `except` names.
    fn take_out(&mut self, section: &Node, draws: &mut Vec<Draw>) {
        for node in list(section.entries(), "except") {
            let word = node.text().unwrap_or_default();
            let before = draws.len();
            draws.retain(|draw| {
                name_of(&draw.dial) != word
                    && parameter(&draw.dial).is_none_or(|entry| entry.group != word)
            });
            if draws.len() == before {
                let names = draws.iter().map(|draw| &*draw.dial.key);
                let groups = ENTRIES.iter().map(|entry| entry.group);
                let help = did_you_mean(word, names.chain(groups));
                let message = format!("\"{word}\" does not vary anyway");
                self.problems.error(&node.place, message, "", help);
            }
        }
    }

    /// Where the local method stands: what the scenario has, or the middle of the range.
    pub(super) fn centers(&mut self, common: &Sweep, factors: &[Factor]) -> Vec<f64> {
        let arms = common.arms(&common.base).unwrap_or_default();
        let mut elsewhere: Vec<&str> = Vec::new();
        let mut centers = Vec::new();
        for (draw, factor) in common.plan.draws.iter().zip(factors) {
            let (low, high) = factor.range;
            let middle = match draw.distribution.quantile(0.5) {
                Cell::Number(value) => value,
                _ => f64::NAN,
            };
            match draw.dial.value(&arms).filter(|own| (low..=high).contains(own)) {
                Some(own) => centers.push(own),
                None => {
                    // Words have no middle and no slope.
                    elsewhere.extend(middle.is_finite().then_some(factor.name.as_str()));
                    centers.push(middle);
                }
            }
        }
        if !elsewhere.is_empty() {
            let list = elsewhere.join(", ");
            let remark = format!("local slopes are taken at the middle of the range of: {list}");
            self.remarks.push(remark);
        }
        centers
    }
}

/// A text, or the texts of a list, with their places.
pub(super) fn words_of(node: &Node) -> Vec<(String, Place)> {
    let one = |node: &Node| Some((node.text()?.to_owned(), node.place.clone()));
    match &node.value {
        Value::List(nodes) => nodes.iter().filter_map(one).collect(),
        _ => one(node).into_iter().collect(),
    }
}

/// A dial as tables of results name it: a parameter by its name, whatever its spelling.
fn name_of(scoped: &ScopedDial) -> &str {
    let plain = scoped.arm.is_none() && parameter(scoped).is_some();
    if plain { scoped.dial.name } else { &scoped.key }
}

/// The row of a parameter.
const fn parameter(scoped: &ScopedDial) -> Option<&'static crate::parameters::Entry> {
    match scoped.dial.part {
        Part::Parameter(entry) => Some(entry),
        _ => None,
    }
}

/// The input of a draw.
pub(super) fn factor(draw: &Draw) -> Factor {
    let dial = draw.dial.dial;
    let (low, high) = end_shares(&draw.distribution);
    let end = |share: f64| match draw.distribution.quantile(share) {
        Cell::Number(value) => value,
        _ => f64::NAN,
    };
    Factor {
        name: name_of(&draw.dial).to_owned(),
        unit: dial.unit(),
        class: parameter(&draw.dial).map(|entry| entry.evidence),
        source: match dial.part {
            Part::Parameter(entry) => entry.source,
            Part::Person(Some(info)) | Part::Lived(info) | Part::Habitual(info) => info.source,
            Part::Person(None) | Part::Food | Part::Root => "",
        },
        range: (end(low), end(high)),
        deviation: match dial.kind {
            Kind::Number(_) => deviation(&draw.distribution),
            Kind::Word(_) => f64::NAN,
        },
    }
}
