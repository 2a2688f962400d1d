//! Inputs of a sensitivity analysis, and the center of the local method.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::tree::{Entry, Node, Value, is_on, list};
use crate::parameters::{PARAMETER_TABLE, parameter_info, renamed};
use crate::scenario::dial::{DialKind, ScenarioPart, ScopedDial};
use crate::sweep::Sweep;
use crate::sweep::file::{Reader, file_start};
use crate::sweep::plan::SampledInput;
use crate::sweep::sensitivity::{Factor, deviation, end_shares};

impl Reader<'_> {
    /// Inputs: `[vary]`, and the parameters that `[sensitivity]` names.
    pub(super) fn factors(&mut self, section: &Node) -> Vec<SampledInput> {
        let (axes, mut sampled) = self.varied_inputs(true);
        for axis in &axes {
            let key = &axis.dial.key;
            let span = self.place_in("vary", key).unwrap_or(file_start());
            let help = "write a range or a distribution: \"LOW … HIGH\" without step and points";
            let message = format!("{key} goes from point to point");
            let label = "a sensitivity analysis draws all that varies";
            self.problems.error(&span, message, label, help);
        }
        self.refuse_twice(&sampled);
        if let Some(entry) = section.entries().iter().find(|entry| entry.key == "parameters") {
            self.refuse_without_range(entry, &sampled);
            sampled.extend(self.table_ranges(entry, true));
        }
        self.take_out(section, &mut sampled);
        let mut known: Vec<ScopedDial> = Vec::new();
        sampled.retain(|input| {
            let fresh = !known.contains(&input.dial);
            known.push(input.dial.clone());
            fresh
        });
        let keep = is_on(section.entries(), "keep_inputs");
        sampled.iter_mut().for_each(|input| input.in_results = keep);
        if sampled.is_empty() && !self.problems.has_errors() {
            let help = "write parameters = \"all\" below [sensitivity], or ranges below [vary]";
            self.problems.error(&section.span, "nothing varies", "", help);
        }
        sampled
    }

    /// `pth_steepness` and `parameters.pth_steepness` are one dial: only one range can count.
    fn refuse_twice(&mut self, sampled: &[SampledInput]) {
        for (span, input) in sampled.iter().enumerate() {
            if sampled.iter().take(span).any(|other| other.dial == input.dial) {
                let span = self.place_in("vary", &input.dial.key).unwrap_or(file_start());
                let message = format!("{} varies twice", name_of(&input.dial));
                self.problems.error(&span, message, "", "keep one of the two lines");
            }
        }
    }

    /// A parameter that is named has a range in the table, or one below `[vary]`.
    fn refuse_without_range(&mut self, named: &Entry, varied: &[SampledInput]) {
        for (word, span) in words_of(&named.node) {
            let Some(entry) = parameter_info(&word) else { continue };
            let ranged = matches!((entry.low, entry.high), (Some(low), Some(high)) if low < high);
            if !ranged && !varied.iter().any(|input| name_of(&input.dial) == word) {
                let message = format!("the table has no range of {word}");
                let help = format!("write {word} = \"LOW … HIGH\" below [vary]");
                self.problems.error(&span, message, "", help);
            }
        }
        if !matches!(named.node.value, Value::Text(..) | Value::List(_)) {
            let help = "write parameters = \"all\", or a list of names or groups";
            let label = format!("{} here", named.node.value.kind());
            self.problems.error(&named.node.span, "parameters needs words", label, help);
        }
    }

    /// Takes out what `except` names.
    fn take_out(&mut self, section: &Node, sampled: &mut Vec<SampledInput>) {
        for node in list(section.entries(), "except") {
            let word = node.text().unwrap_or_default();
            let before = sampled.len();
            sampled.retain(|input| {
                name_of(&input.dial) != word
                    && parameter(&input.dial).is_none_or(|entry| entry.group != word)
            });
            if sampled.len() == before {
                let names = sampled.iter().map(|input| &*input.dial.key);
                let groups = PARAMETER_TABLE.iter().map(|entry| entry.group);
                let meant = match renamed(word) {
                    Some(renamed) => format!("It is {} now. ", renamed.new),
                    None => did_you_mean(word, names.chain(groups)),
                };
                let help = format!("{meant}Take it out of `except`.");
                let message = format!("\"{word}\" does not vary anyway");
                self.problems.error(&node.span, message, "", help);
            }
        }
    }

    /// The center of the local method: the scenario's value, or the middle of the range.
    pub(super) fn centers(&mut self, common: &Sweep, factors: &[Factor]) -> Vec<f64> {
        let arms = common.arms(&common.base).unwrap_or_default();
        let mut elsewhere: Vec<&str> = Vec::new();
        let mut centers = Vec::new();
        for (input, factor) in common.plan.sampled.iter().zip(factors) {
            let (low, high) = factor.range;
            let middle = input.distribution.number(0.5);
            match input.dial.value(&arms).filter(|own| (low..=high).contains(own)) {
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
pub(super) fn words_of(node: &Node) -> Vec<(String, SourceSpan)> {
    let one = |node: &Node| Some((node.text()?.to_owned(), node.span.clone()));
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

const fn parameter(scoped: &ScopedDial) -> Option<&'static crate::parameters::ParameterInfo> {
    match scoped.dial.part {
        ScenarioPart::Parameter(entry) => Some(entry),
        _ => None,
    }
}

pub(super) fn factor(input: &SampledInput) -> Factor {
    let dial = input.dial.dial;
    let (low, high) = end_shares(&input.distribution);
    let end = |share| input.distribution.number(share);
    Factor {
        name: name_of(&input.dial).to_owned(),
        unit: dial.unit(),
        class: parameter(&input.dial).map(|entry| entry.evidence),
        source: match dial.part {
            ScenarioPart::Parameter(entry) => entry.source,
            ScenarioPart::Person(Some(info))
            | ScenarioPart::FromStart(info)
            | ScenarioPart::Habitual(info) => info.source,
            ScenarioPart::Person(None) | ScenarioPart::Food | ScenarioPart::Root => "",
        },
        range: (end(low), end(high)),
        deviation: match dial.kind {
            DialKind::Number(_) => deviation(&input.distribution),
            DialKind::Word(_) => f64::NAN,
        },
    }
}
