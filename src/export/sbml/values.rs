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

/// A named value with its unit.
#[derive(Clone, Debug)]
struct Valued {
    name: &'static str,
    unit: SbmlUnit,
    value: f64,
    is_constant: bool,
}

/// All of them, in the order of the document.
#[derive(Clone, Debug)]
pub(crate) struct SbmlValues(Vec<Valued>);

impl SbmlValues {
    pub(crate) fn of(subject: &ExportedArm<'_>, equations: &Equations) -> Self {
        let parameters = &subject.arm.parameters;
        let first = subject.arm.phases.first().or_defect("an arm without a phase").inputs;
        let values = symbol_values(subject.arm, *subject.model, &first).into_iter();
        let mut all: Vec<Valued> = values
            .map(|SymbolValue { name, unit, value, is_constant }| Valued {
                name,
                unit: SbmlUnit::at(unit, parameters),
                value,
                is_constant,
            })
            .collect();
        let is_wanted = |valued: &Valued| {
            let is_constant_equation = equations.constants.iter().any(|c| c.id == valued.name);
            is_constant_equation || equations.used.contains(valued.name)
        };
        all.retain(is_wanted);
        let states = STATES.iter().zip(subject.start);
        all.extend(states.map(|(state, value)| {
            let unit = SbmlUnit::at(state.unit, parameters);
            Valued { name: state.name, unit, value: *value, is_constant: false }
        }));
        Self(all)
    }

    /// The elements of all values and, behind them, of all rules, with notes where there is
    /// something to say.
    pub(crate) fn parameters(
        &self,
        equations: &Equations,
        writer: &mut Writer<'_>,
    ) -> Vec<Element> {
        let mut elements: Vec<Element> = Vec::new();
        for Valued { name, unit, value, is_constant } in &self.0 {
            elements.push(
                parameter(name, unit, *is_constant, Some(*value), writer)
                    .holding_all(notes::of_parameter(name)),
            );
        }
        let known: HashMap<&str, f64> =
            self.0.iter().map(|valued| (valued.name, valued.value)).collect();
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
