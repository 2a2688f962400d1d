//! The rules and events of a document.

use crate::export::equations::{Equation, Equations};
use crate::export::expression::{TIME, Writer, apply, literal, math, variable};
use crate::export::sbml::list;
use crate::export::units::SbmlUnit;
use crate::physiology::balance::part_of_source;
use crate::physiology::inputs::INPUTS;
use crate::physiology::ledger::{LEDGER, Movement, Pool};
use crate::physiology::quantities::QUANTITIES;
use crate::physiology::state::STATES;
use crate::scenario::{Arm, Phase};
use crate::xml::Element;

/// The constants that follow from parameters.
pub(crate) fn initial_assignments(equations: &Equations, writer: &mut Writer<'_>) -> Vec<Element> {
    let assignment = |constant: &Equation| {
        Element::new("initialAssignment")
            .with("symbol", constant.id.clone())
            .holding(right_side(constant, writer))
    };
    equations.constants.iter().map(assignment).collect()
}

/// Assignment rules in the order in which they can be evaluated, then the rates of change.
pub(crate) fn rules(equations: &Equations, writer: &mut Writer<'_>) -> Vec<Element> {
    let mut rules = Vec::new();
    for rule in &equations.rules {
        let rule_element = Element::new("assignmentRule").with("variable", rule.id.clone());
        rules.push(rule_element.holding(right_side(rule, writer)));
    }
    let day = SbmlUnit::of_table("d");
    let mut changes = equations.changes.into_iter();
    for (index, state) in STATES.iter().enumerate() {
        let per_day = SbmlUnit::of_table(state.unit).over(&day);
        let right = match state.pool {
            Some(pool) => Some(math(balance(pool))),
            None => changes.next().map(|change| {
                let change = writer.part(change, &per_day);
                math(less_removal(index, change))
            }),
        };
        let rule = Element::new("rateRule").with("variable", state.name);
        rules.extend(right.map(|right| rule.holding(right)));
    }
    rules
}

/// A rate of change less the flow out of a part of a pool, if the state is one.
fn less_removal(state: usize, change: Element) -> Element {
    let rates = QUANTITIES.iter().filter(|row| row.column.is_flow());
    let mut flows = LEDGER.iter().zip(rates);
    let removal = flows.find(|(movement, _)| part_of_source(movement) == Some(state));
    match removal {
        Some((_, flow)) => apply("minus", [change, variable(flow.name)]),
        None => change,
    }
}

fn right_side(equation: &Equation, writer: &mut Writer<'_>) -> Element {
    if equation.is_alias {
        writer.reference(equation.number, &equation.unit)
    } else {
        writer.definition(equation.number, &equation.unit)
    }
}

/// The flows of the ledger into a pool minus those out of it \[mg/d\].
fn balance(pool: Pool) -> Element {
    let rates = QUANTITIES.iter().filter(|row| row.column.is_flow());
    let flows: Vec<_> = LEDGER.iter().zip(rates).collect();
    let sum = |goes: &dyn Fn(&Movement) -> bool| {
        let mut terms: Vec<Element> = flows
            .iter()
            .filter(|(movement, _)| goes(movement))
            .map(|(_, rate)| variable(rate.name))
            .collect();
        match terms.len() {
            0 | 1 => terms.pop(),
            _ => Some(Element::new("apply").holding(Element::new("plus")).holding_all(terms)),
        }
    };
    match (sum(&|row| row.to == pool), sum(&|row| row.from == pool)) {
        (Some(into), Some(out)) => apply("minus", [into, out]),
        (Some(into), None) => into,
        (None, Some(out)) => apply("minus", [out]),
        (None, None) => literal(0.0, &SbmlUnit::of_table("mg/d")),
    }
}

/// The beginnings of the later phases: inputs jump, states do not.
pub(crate) fn events(arm: &Arm, equations: &Equations, writer: &mut Writer<'_>) -> Vec<Element> {
    let later = arm.phases.iter().skip(1).take_while(|phase| phase.start_day < arm.duration_days);
    let mut events = Vec::new();
    for (number, (before, phase)) in arm.phases.iter().zip(later).enumerate() {
        let changes = changed_inputs(before, phase, equations);
        let assignments = changes.into_iter().map(|(name, unit, value)| {
            writer.units.insert(unit.id(), unit.clone());
            Element::new("eventAssignment")
                .with("variable", name)
                .holding(math(literal(value, &unit)))
        });
        let assignments = list("listOfEventAssignments", assignments);
        if assignments.is_empty() {
            continue;
        }
        let day = SbmlUnit::of_table("d");
        let begun = apply("geq", [variable(TIME), literal(phase.start_day, &day)]);
        let trigger = Element::new("trigger")
            .with("initialValue", "false")
            .with("persistent", "true")
            .holding(math(begun));
        let event = Element::new("event")
            .with("id", format!("phase_{}", number + 2))
            .with("name", format!("Phase from day {}", phase.start_day))
            .with("useValuesFromTriggerTime", "true");
        events.push(event.holding(trigger).holding(assignments));
    }
    events
}

/// Name, unit and new value of every input that the equations read and that changes.
fn changed_inputs(
    before: &Phase,
    phase: &Phase,
    equations: &Equations,
) -> Vec<(&'static str, SbmlUnit, f64)> {
    let change = |row: &crate::physiology::inputs::InputInfo| {
        let (old, new) = (before.inputs.get(row.name)?, phase.inputs.get(row.name)?);
        let matters = old != new && equations.used.contains(row.name);
        matters.then(|| (row.name, SbmlUnit::of_table(row.unit), new))
    };
    INPUTS.iter().filter_map(change).collect()
}
