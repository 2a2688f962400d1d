//! Reads the values of keys into numbers and checks them against the ranges of inputs.

use crate::error::problem::{Misread, SourceSpan};
use crate::form::problems::Problems;
use crate::form::synonyms::flag;
use crate::form::tree::{Node, Value, get};
use crate::nutrition::outside_model::{COVERED, FROM_30};
use crate::parameters::{Parameters, source};
use crate::physiology::inputs::{InputInfo, InputKind, Inputs};
use crate::units::amount::{Target, amount, display_unit, duration_days, share, unit_for_people};
use crate::units::date::{Date, days_until};
use crate::units::is_bare;
use crate::units::number::{rounded, rounded_beside, with_digits};
use crate::units::written_number::{as_thousands, point_or_thousands};

/// True for an input that is on or off.
pub(crate) fn is_flag(info: &InputInfo) -> bool {
    info.whole && info.allowed == (0.0, 1.0)
}

/// A value within the usual range, as a file writes it: that of the reference person, if there is
/// one above 0.
pub(crate) fn input_example(info: &InputInfo) -> String {
    if is_flag(info) {
        return "true".to_owned();
    }
    let (low, high) = info.plausible;
    let usual = Inputs::reference(&Parameters::PARADOX).get(info.name).filter(|usual| *usual > 0.0);
    let value = usual.unwrap_or_else(|| with_digits(low + (high - low) / 3.0, 1).clamp(low, high));
    let number = rounded(value);
    if is_bare(info.unit) {
        return number;
    }
    format!("\"{number} {}\"", display_unit(info.unit))
}

/// Reads the value of an input into the input's unit; reports what cannot be read.
pub(crate) fn input_value(info: &InputInfo, node: &Node, problems: &mut Problems) -> Option<f64> {
    let bare = is_bare(info.unit);
    let usual = Some(info.plausible.1).filter(|usual| usual.is_finite());
    let target = Target { unit: info.unit, matter: info.matter, what: info.label, usual };
    if let Some(misread) = thousands(&target, bare, node) {
        problems.misread(node, misread);
        return None;
    }
    let needs_amount = || format!("{} needs an amount", info.key);
    let such_as = || format!("write such as {} = {}", info.key, input_example(info));
    let value = match &node.value {
        Value::Flag(flag) if is_flag(info) => f64::from(u8::from(*flag)),
        Value::Measured(number) => *number,
        Value::Number(number) if bare => *number,
        Value::Text(text, _) => match (text.trim().parse(), flag(text)) {
            (Ok(number), _) if bare => number,
            (_, Some(flag)) if is_flag(info) => f64::from(u8::from(flag)),
            _ if is_flag(info) || begins_with_a_word(text) => {
                let label = "a number was expected here";
                problems.error(&node.span, needs_amount(), label, such_as());
                return None;
            }
            _ => {
                let amount = problems.value(node, amount(text, &target))?;
                if let Some(remark) = amount.remark {
                    problems.warning(&node.span, remark, "", "");
                }
                amount.value
            }
        },
        Value::Number(number) => {
            // An example that would be refused itself helps nobody.
            let possible = (info.allowed.0..=info.allowed.1).contains(number);
            let shown = if possible { *number } else { info.plausible.1 };
            let example = format!("write \"{shown} {}\"", display_unit(info.unit));
            let message = format!("{} has no unit", info.key);
            problems.error(&node.span, message, "a number without a unit", example);
            return None;
        }
        other => {
            let help = format!("{}. {}", such_as(), range_text(info));
            problems.error(&node.span, needs_amount(), format!("{} here", other.kind()), help);
            return None;
        }
    };
    check_number(info, value, node, problems)
}

/// True of a text that does not begin with a number.
pub(super) fn begins_with_a_word(text: &str) -> bool {
    text.trim_start().starts_with(char::is_alphabetic)
}

/// The error of a number without a unit that is far below what is usual, unless its point stands
/// between thousands: `1.200`.
fn thousands(target: &Target<'_>, bare: bool, node: &Node) -> Option<Misread> {
    let (decimal, thousands, length) = match &node.value {
        Value::Number(number) => (*number, node.thousands?, 0),
        Value::Text(text, _) if bare => {
            (text.trim().parse().ok()?, as_thousands(text.trim())?, text.len())
        }
        _ => return None,
    };
    let unit = if bare { String::new() } else { display_unit(target.unit) };
    target
        .is_far_below_usual(decimal)
        .then(|| point_or_thousands(decimal, thousands, &unit, 0..length))
}

fn check_number(info: &InputInfo, value: f64, node: &Node, problems: &mut Problems) -> Option<f64> {
    let fault = if !value.is_finite() {
        "is not a finite number"
    } else if value < 0.0 && info.allowed.0 >= 0.0 {
        "cannot be negative"
    } else if info.whole && value.fract() != 0.0 {
        "must be a whole number"
    } else {
        return Some(value);
    };
    problems.error(&node.span, format!("{} {fault}", info.key), "", range_text(info));
    None
}

fn range_text(info: &InputInfo) -> String {
    let (low, high) = info.allowed;
    let covered = match info.name {
        "start_age_years" => format!(" {COVERED} {FROM_30}"),
        _ => String::new(),
    };
    format!("Allowed: {}.{covered}", between(low, high, info.unit))
}

fn between(low: f64, high: f64, unit: &str) -> String {
    format!("{} to {}{}", rounded(low), rounded(high), unit_behind(unit))
}

/// A unit with the space before it; nothing for plain numbers.
fn unit_behind(unit: &str) -> String {
    if unit == "1" { String::new() } else { format!(" {}", unit_for_people(unit)) }
}

/// Reports a value outside the allowed (error) or plausible (warning) range of its input.
pub(crate) fn check_range(
    info: &InputInfo,
    value: f64,
    span: &SourceSpan,
    problems: &mut Problems,
) {
    let inside = |(low, high): (f64, f64)| (low..=high).contains(&value);
    let said = said(info, value, info.allowed);
    let (low, high) = info.allowed;
    if !inside(info.allowed) {
        let message = format!("{said} is not possible");
        problems.error(span, message, "outside the allowed range", range_text(info));
    } else if info.whole && value.fract() != 0.0 {
        let message = format!("{said} must be a whole number");
        problems.error(span, message, "", between(low, high, info.unit));
    } else {
        check_usual(info, value, "", span, problems);
    }
}

/// Warns of a value outside the plausible range of its input.
pub(crate) fn check_usual(
    info: &InputInfo,
    value: f64,
    label: &str,
    span: &SourceSpan,
    problems: &mut Problems,
) {
    let (low, high) = info.plausible;
    if !(low..=high).contains(&value) {
        let usual = between(low, high, info.unit);
        let citation = source(info.source).map_or(info.source, |source| source.citation);
        let said = said(info, value, info.plausible);
        let message = format!("{said} is possible but far outside what is usual ({usual})");
        problems.warning(span, message, label, format!("source of the range: {citation}"));
    }
}

/// "calcium from food: 3000 mg/day", outside or inside a range.
fn said(info: &InputInfo, value: f64, (low, high): (f64, f64)) -> String {
    let limit = if value < low { low } else { high };
    format!("{}: {}{}", info.label, rounded_beside(value, limit), unit_behind(info.unit))
}

/// Reads a length of time in days that is not negative; a date counts from `start`.
pub(crate) fn days(
    node: &Node,
    what: &str,
    start: Option<Date>,
    problems: &mut Problems,
) -> Option<f64> {
    let read = match &node.value {
        Value::Measured(days) if days.is_finite() => Ok(*days),
        Value::Measured(_) => Err(Misread::new(format!("{what} is not a finite number"), 0..0)),
        Value::Text(text, _) | Value::Date(text) => match Date::read(text) {
            Some(date) => days_until(date, start, 0..text.len()),
            None => duration_days(text, what),
        },
        other => Err(Misread::new(format!("{what} needs a length of time with its unit"), 0..0)
            .label(format!("{} here", other.kind()))),
    };
    let days = problems.value(node, read)?;
    if days < 0.0 {
        let help = "write 0 or more, such as \"10 years\"";
        problems.error(&node.span, format!("{what} cannot be negative"), "", help);
    }
    (days >= 0.0).then_some(days)
}

/// Reads an amount, and how long before day 0 it began; nothing for life.
///
/// An amount outside its allowed range is reported here, even if foods hide it.
pub(crate) fn habit(
    info: &InputInfo,
    node: &Node,
    start: Option<Date>,
    problems: &mut Problems,
) -> Option<(f64, Option<f64>)> {
    let is_table = matches!(node.value, Value::Table(_));
    let entries = node.entries();
    let amount = if is_table { get(entries, "dose") } else { Some(node) };
    let since = get(entries, "since");
    if is_table && info.kind == InputKind::Dosing {
        let help = "write calcium_supplement with `since`, and the number of pills without";
        problems.error(&node.span, format!("{} has no beginning of its own", info.key), "", help);
        return None;
    }
    for (missing, key) in [(amount.is_none(), "dose"), (is_table && since.is_none(), "since")] {
        if missing && !problems.was_refused(&node.span, key) {
            let help = format!(
                "write such as {} = {{ dose = …, since = \"2 years\" }}; without since, the dose alone",
                info.key
            );
            problems.error(&node.span, format!("{} does not say its {key}", info.key), "", help);
        }
    }
    let value = input_value(info, amount?, problems)?;
    // Of a supplement the means over days are checked.
    let possible = info.allowed.0..=info.allowed.1;
    if info.kind != InputKind::Supplement && !possible.contains(&value) {
        check_range(info, value, &node.span, problems);
    }
    if !is_table {
        return Some((value, None));
    }
    Some((value, Some(days_before(since?, start, problems)?)))
}

/// Reads a time before day 0: its length, or the date.
fn days_before(node: &Node, start: Option<Date>, problems: &mut Problems) -> Option<f64> {
    let date = match &node.value {
        Value::Text(text, _) | Value::Date(text) => Date::read(text),
        _ => None,
    };
    let before = match (date, start) {
        (None, _) => days(node, "since", None, problems)?,
        (Some(date), Some(start)) => start.days_since(date),
        (Some(date), None) => problems.value(node, days_until(date, None, 0..0))?,
    };
    if before <= 0.0 {
        let help = "what begins on day 0 or later is written in an arm or a phase";
        problems.error(&node.span, "since is not before day 0", "", help);
    }
    (before > 0.0).then_some(before)
}

/// Reads a share from 0 to 1, or percent.
pub(crate) fn share_value(node: &Node, what: &str, problems: &mut Problems) -> Option<f64> {
    problems.value(node, share(&node.text_or_number(), what))
}
