//! What varies in a sensitivity analysis, and where the local method stands.

use crate::error::problem::Place;
use crate::error::suggest::did_you_mean;
use crate::form::tree::{Entries, Entry, Node, Value, get, list, table};
use crate::parameters::{ENTRIES, entry};
use crate::physiology::inputs::input;
use crate::sweep::Sweep;
use crate::sweep::cell::Cell;
use crate::sweep::file::variations::varied;
use crate::sweep::file::{Reader, start_of_file};
use crate::sweep::plan::Draw;
use crate::sweep::quantity::Kind;
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
            let key = &axis.quantity.key;
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
        let mut known = Vec::new();
        draws.retain(|draw| {
            let name = parameter_name(&draw.quantity.key).to_owned();
            let fresh = !known.contains(&name);
            known.push(name);
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

    /// `pth_steepness` and `parameters.pth_steepness` are one: only one range can count.
    fn refuse_twice(&mut self, entries: &Entries, draws: &[Draw]) {
        for (place, draw) in draws.iter().enumerate() {
            let name = parameter_name(&draw.quantity.key);
            let mut before = draws.iter().take(place);
            if before.any(|other| parameter_name(&other.quantity.key) == name) {
                let node = get(table(entries, "vary"), &draw.quantity.key);
                let place = node.map_or(start_of_file(), |node| node.place.clone());
                let message = format!("{name} varies twice");
                self.problems.error(&place, message, "", "keep one of the two lines");
            }
        }
    }

    /// A parameter that is named has a range in the table, or one below `[vary]`.
    fn refuse_without_range(&mut self, named: &Entry, varied: &[Draw]) {
        for (word, place) in words_of(&named.node) {
            let Some(entry) = entry(&word) else { continue };
            let ranged = matches!((entry.low, entry.high), (Some(low), Some(high)) if low < high);
            if !ranged && !varied.iter().any(|draw| draw.quantity.key == word) {
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
                let name = parameter_name(&draw.quantity.key);
                name != word && parameter(name).is_none_or(|entry| entry.group != word)
            });
            if draws.len() == before {
                let names = draws.iter().map(|draw| draw.quantity.key.as_str());
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
            let named = factor.name.split('.').next().unwrap_or_default();
            let of_arm = arms.iter().find(|arm| arm.name == named).or(arms.first());
            let own = of_arm.and_then(|arm| {
                let column = &draw.quantity.column;
                let eaten = || arm.phases.first().and_then(|phase| phase.inputs.get(column));
                let of_life = column.strip_prefix("habitual_").and_then(|c| arm.habitual.get(c));
                let known =
                    parameter(&factor.name).and_then(|entry| arm.parameters.get(entry.name));
                known.or_else(eaten).or(of_life)
            });
            let (low, high) = factor.range;
            let middle = match draw.distribution.quantile(0.5) {
                Cell::Number(value) => value,
                _ => f64::NAN,
            };
            match own.filter(|own| (low..=high).contains(own)) {
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

/// A key without the word for parameters.
fn parameter_name(key: &str) -> &str {
    key.strip_prefix("parameters.").unwrap_or(key)
}

/// The parameter that a key names, of every arm or of one.
fn parameter(key: &str) -> Option<&'static crate::parameters::Entry> {
    entry(key.rsplit('.').next().unwrap_or(key))
}

/// The input of a draw.
pub(super) fn factor(draw: &Draw) -> Factor {
    let key = &draw.quantity.key;
    let known = parameter(key);
    let (low, high) = end_shares(&draw.distribution);
    let end = |share: f64| match draw.distribution.quantile(share) {
        Cell::Number(value) => value,
        _ => f64::NAN,
    };
    let numeric = matches!(draw.quantity.kind, Kind::Number(_));
    let column = draw.quantity.column.strip_prefix("habitual_").unwrap_or(&draw.quantity.column);
    Factor {
        name: parameter_name(key).to_owned(),
        unit: draw.quantity.unit(),
        class: known.map(|entry| entry.evidence),
        source: known.map_or_else(|| input(column).map_or("", |input| input.source), |e| e.source),
        range: (end(low), end(high)),
        deviation: if numeric { deviation(&draw.distribution) } else { f64::NAN },
    }
}
