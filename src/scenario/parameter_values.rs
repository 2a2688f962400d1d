//! Parameters as files write them: `[parameters]`, and the differences of a hypothesis set.

use crate::form::problems::Problems;
use crate::form::tree::{Entry, Node, Value};
use crate::parameters::{ParameterInfo, ParameterKind, Parameters, parameter_info, renamed};
use crate::scenario::amounts::begins_with_a_word;
use crate::units::Matter;
use crate::units::amount::{Target, amount};
use crate::units::number::{exact, rounded};

/// With `beyond_range`, a reference of the model may be so many times its usual value.
const LARGEST_DEFINITION: f64 = 10.0;

/// The values of a hypothesis set with the changes applied, and the changes.
pub(super) fn parameter_values(
    mut values: Parameters<f64>,
    given: &[&Entry],
    beyond_range: bool,
    problems: &mut Problems,
) -> (Parameters<f64>, Vec<(String, f64)>) {
    let mut changes = Vec::new();
    let flag =
        given.iter().find(|entry| entry.key == "beyond_range").map(|entry| &entry.node.value);
    let free = beyond_range || flag == Some(&Value::Flag(true));
    for given in given {
        let Some(parameter) = parameter_info(&given.key) else { continue };
        let Some(value) = parameter_value(parameter, &given.node, problems) else { continue };
        let Some(current) = values.get_mut(parameter.name) else { continue };
        check_parameter(parameter, value, *current, free, &given.node, problems);
        if *current != value {
            *current = value;
            changes.push((parameter.name.to_owned(), value));
        }
    }
    report_renamed(given, &values, problems);
    report_menadione(given, &values, problems);
    (values, changes)
}

/// The menadione split from K1 has two fates that are modelled; together they cannot be more than
/// all of it.
fn report_menadione(given: &[&Entry], values: &Parameters<f64>, problems: &mut Problems) {
    let sum = values.menadione_capture + values.menadione_urinary_share;
    let fate = |key: &str| matches!(key, "menadione_capture" | "menadione_urinary_share");
    let last = given.iter().rev().find(|entry| fate(&entry.key));
    if let Some(entry) = last.filter(|_| sum > 1.0) {
        let message = format!(
            "menadione_capture {} and menadione_urinary_share {} are together more than 1",
            rounded(values.menadione_capture),
            rounded(values.menadione_urinary_share)
        );
        let help = "both are shares of the menadione that is split from K1: lower one of them";
        problems.error(&entry.node.span, message, "", help);
    }
}

/// A parameter of an earlier model is an error that says what to write in its place.
fn report_renamed(given: &[&Entry], values: &Parameters<f64>, problems: &mut Problems) {
    for entry in given {
        let Some(renamed) = renamed(&entry.key) else { continue };
        let first_word = |text: &str| text.split_whitespace().next().and_then(|w| w.parse().ok());
        let old: Option<f64> = match &entry.node.value {
            Value::Number(number) | Value::Measured(number) => Some(*number),
            Value::Text(text, _) => first_word(text),
            _ => None,
        };
        problems.error(&entry.span, renamed.reason(), "", renamed.advice(old, values));
    }
}

fn parameter_value(parameter: &ParameterInfo, node: &Node, problems: &mut Problems) -> Option<f64> {
    let value = match &node.value {
        Value::Number(number) | Value::Measured(number) => *number,
        Value::Text(text, _) if !begins_with_a_word(text) => {
            let bare = text.trim().strip_suffix(parameter.unit).unwrap_or(text).trim();
            let target = Target {
                unit: parameter.unit,
                matter: Matter::Any,
                what: parameter.name,
                usual: None,
            };
            let read = bare.parse().or_else(|_| amount(text, &target).map(|amount| amount.value));
            problems.value(node, read)?
        }
        other => {
            let label = format!("{} here", other.kind());
            let help = format!("its usual value is {}", parameter.value);
            problems.error(&node.span, format!("{} needs a number", parameter.name), label, help);
            return None;
        }
    };
    if !value.is_finite() {
        let message = format!("{} is not a finite number", parameter.name);
        problems.error(&node.span, message, "", format!("its usual value is {}", parameter.value));
        return None;
    }
    Some(value)
}

fn check_parameter(
    parameter: &ParameterInfo,
    value: f64,
    usual: f64,
    free: bool,
    node: &Node,
    problems: &mut Problems,
) {
    let ParameterInfo { name, low, high, .. } = *parameter;
    let unit = if parameter.unit == "1" { "" } else { parameter.unit };
    let (message, label) = match (low, high) {
        (None, None) if value == usual => return,
        (None, None) => (
            format!("{name} has no range in the table of parameters"),
            format!("only {} {unit}", exact(usual)),
        ),
        (low, high) => {
            let low = low.unwrap_or(f64::NEG_INFINITY);
            let high = high.unwrap_or(f64::INFINITY);
            if (low..=high).contains(&value) {
                return;
            }
            let message = format!("{name} = {} is outside its range", rounded(value));
            (message, format!("{} to {} {unit}", rounded(low), rounded(high)))
        }
    };
    if !free {
        let help =
            "to go beyond all the same: beyond_range = true in [parameters], or --beyond-range";
        problems.error(&node.span, message, label.trim_end(), help);
    } else if parameter.kind == ParameterKind::Definition {
        check_definition(parameter, value, node, problems);
    }
}

/// Days of a run-in or of a year decide how long a run lives before day 0: no setting makes them
/// endless.
fn check_definition(parameter: &ParameterInfo, value: f64, node: &Node, problems: &mut Problems) {
    let most = LARGEST_DEFINITION * parameter.value;
    if !(0.0..=most).contains(&value) {
        let message = format!("{} = {} is not possible", parameter.name, rounded(value));
        let label = format!("0 to {} {}", exact(most), parameter.unit);
        let help = "a reference of the model may be at most ten times its usual value";
        problems.error(&node.span, message, label, help);
    }
}
