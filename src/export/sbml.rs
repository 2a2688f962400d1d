//! One arm as a document of SBML Level 3 Version 1: time in days, calcium in milligrams.
//!
//! States are parameters with rate rules; those of the calcium pools are the sums of the ledger's
//! flows. Pools as species and flows as reactions would draw a prettier network, but COPASI turns
//! species into numbers of particles and then often fails on this stiff model. Influences, flows
//! and read-outs are assignment rules under their usual names; constants that follow from
//! parameters are initial assignments, so that a changed parameter changes them as it does here.
//! The initial values are the state after the lived past. Phases are events.

mod dynamics;
mod notes;
mod values;

use crate::export::equations::Equations;
use crate::export::expression::Writer;
use crate::export::units::{SbmlUnit, rounded};
use crate::physiology::model::Model;
use crate::physiology::state::STATE_COUNT;
use crate::scenario::{Arm, Scenario};
use crate::xml::Element;

/// The arm that a document describes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExportedArm<'a> {
    pub scenario: &'a Scenario,
    /// The arm; its intake is taken as averaged, for every resolution.
    pub arm: &'a Arm,
    /// The person and the parameters from day 0 on.
    pub model: &'a Model<f64>,
    /// The state on day 0, in the order of [`crate::physiology::state::STATES`].
    pub start: &'a [f64; STATE_COUNT],
}

/// Start of the remark by which a document of this program is recognized.
pub(crate) const MARKER: &str = "Written by calcifate.";

pub(crate) fn document(subject: &ExportedArm<'_>) -> String {
    let remark = format!("{MARKER} This file is replaced by the next export of the same arm.");
    root(subject).0.document(&remark)
}

/// The document and the errors in its units.
fn root(subject: &ExportedArm<'_>) -> (Element, Vec<String>) {
    let equations = Equations::record(subject.arm.season.is_some(), &subject.arm.parameters);
    let mut writer = Writer::new(&equations.graph, &equations.names);
    let constants = dynamics::initial_assignments(&equations, &mut writer);
    let rules = dynamics::rules(&equations, &mut writer);
    let events = dynamics::events(subject.arm, &equations, &mut writer);
    // Last: only now is it known which units need a parameter of their own.
    let parameters = values::parameters(subject, &equations, &mut writer);
    let lists = [
        list("listOfParameters", parameters),
        list("listOfInitialAssignments", constants),
        list("listOfRules", rules),
        list("listOfEvents", events),
    ];
    let definitions = writer.units.values().filter(|unit| unit.factors().next().is_some());
    let definitions = list("listOfUnitDefinitions", definitions.map(definition));
    let model = Element::new("model")
        .with("id", identifier(&format!("{}_{}", subject.scenario.name, subject.arm.name)))
        .with("name", format!("{}: {}", subject.scenario.title, subject.arm.label))
        .with("timeUnits", "d")
        .holding(notes::of_model(subject))
        .holding_all(std::iter::once(definitions).chain(lists).filter(|list| !list.is_empty()));
    let root = Element::new("sbml")
        .with("xmlns", CORE)
        .with("xmlns:sbml", CORE)
        .with("level", "3")
        .with("version", "1")
        .holding(model);
    (root, writer.unit_errors)
}

/// Level 3 Version 1, which more programs read in full than Version 2.
const CORE: &str = "http://www.sbml.org/sbml/level3/version1/core";

fn list(name: &'static str, elements: impl IntoIterator<Item = Element>) -> Element {
    Element::new(name).holding_all(elements)
}

fn definition(unit: &SbmlUnit) -> Element {
    let factors = unit.factors().map(|(base, exponent)| {
        Element::new("unit")
            .with("kind", base.kind)
            .with("exponent", rounded(exponent))
            .with("scale", base.scale.to_string())
            .with("multiplier", base.multiplier.to_string())
    });
    Element::new("unitDefinition")
        .with("id", unit.id())
        .holding(list("listOfUnits", factors.collect::<Vec<_>>()))
}

/// A name that SBML takes as an identifier: letters, digits and "_", no digit first.
fn identifier(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let id: String = name.chars().map(plain).collect();
    if id.starts_with(|first: char| first.is_ascii_digit()) { format!("_{id}") } else { id }
}

#[cfg(test)]
mod tests;
