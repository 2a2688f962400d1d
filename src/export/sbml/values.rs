//! The elements with values: parameters, constants, the person, inputs, states.

use std::collections::HashMap;

use crate::error::defect::OrDefect as _;
use crate::export::equations::Equations;
use crate::export::expression::{Writer, decimal};
use crate::export::recorded::{SymbolValue, symbol_values};
use crate::export::sbml::{ExportedArm, notes};
use crate::export::units::SbmlUnit;
use crate::physiology::quantities::label_of;
use crate::physiology::state::STATES;
use crate::real::recording::Graph;
use crate::xml::Element;

/// The elements of all values and, behind them, of all rules, with notes where there is something
/// to say.
pub(crate) fn parameters(
    subject: &ExportedArm<'_>,
    equations: &Equations,
    writer: &mut Writer<'_>,
) -> Vec<Element> {
    let values = values(subject, equations);
    let mut elements: Vec<Element> = Vec::new();
    for SymbolValue { name, unit, value, is_constant } in &values {
        let unit = SbmlUnit::at(unit, &subject.arm.parameters);
        let element = parameter(name, &unit, *is_constant, Some(*value), writer);
        elements.push(element.holding_all(notes::of_parameter(name)));
    }
    let known: HashMap<&str, f64> =
        values.iter().map(|symbol| (symbol.name, symbol.value)).collect();
    let numbers = equations.graph.values(&|name| known.get(name).copied());
    let unlisted = equations.constants.iter().filter(|c| !known.contains_key(c.id.as_str()));
    for constant in unlisted {
        let value = Graph::value(constant.number, &numbers);
        elements.push(parameter(&constant.id, &constant.unit, true, value, writer));
    }
    for (id, unit) in writer.ones.clone() {
        elements.push(parameter(&id, &unit, true, Some(1.0), writer));
    }
    for rule in &equations.rules {
        let element = parameter(&rule.id, &rule.unit, false, None, writer);
        elements.push(element.holding_all(notes::of_flow(&rule.id)));
    }
    elements
}

/// The symbols that the document needs, then the states.
fn values(subject: &ExportedArm<'_>, equations: &Equations) -> Vec<SymbolValue> {
    let first = subject.arm.phases.first().or_defect("an arm without a phase").inputs;
    let mut all = symbol_values(subject.arm, *subject.model, &first);
    all.retain(|symbol| {
        let is_constant_equation = equations.constants.iter().any(|c| c.id == symbol.name);
        is_constant_equation || equations.used.contains(symbol.name)
    });
    let states = STATES.iter().zip(subject.start);
    all.extend(states.map(|(state, value)| {
        let (name, unit) = (state.name, state.unit);
        SymbolValue { name, unit, value: *value, is_constant: false }
    }));
    all
}

fn parameter(
    id: &str,
    unit: &SbmlUnit,
    is_constant: bool,
    value: Option<f64>,
    writer: &mut Writer<'_>,
) -> Element {
    writer.units.insert(unit.id(), unit.clone());
    let mut element = Element::new("parameter").with("id", id).with("name", label(id));
    if let Some(value) = value {
        element = element.with("value", decimal(value));
    }
    element.with("units", unit.id()).with("constant", is_constant.to_string())
}

/// Words for a name: those of the tables, else the name itself with spaces.
pub(crate) fn label(name: &str) -> String {
    label_of(name).map_or_else(|| name.replace('_', " "), str::to_owned)
}
