//! Sentences about curves, computed from the numbers and never claiming more.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::{AxisData, Values};
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::plots::numbers::extremes;
use crate::plots::page::Page;
use crate::plots::story;
use crate::words::names::capital;
use crate::words::numbers::{count, has_digits, short};

/// Share of the whole change that counts as most of it.
const MOST: f64 = 0.8;
/// Share of the axis within which most must have happened to be mentioned.
const EARLY: f64 = 0.6;

/// The outcome that a headline speaks of: the first of arteries, else of bones, else the first.
pub(crate) fn headliner<'a>(outcomes: &[&'a OutcomeData]) -> Option<&'a OutcomeData> {
    let pick = |fits: fn(&OutcomeData) -> bool| outcomes.iter().find(|outcome| fits(outcome));
    let artery = pick(OutcomeData::is_artery).or_else(|| pick(OutcomeData::is_bone));
    artery.or_else(|| outcomes.first()).copied()
}

/// An outcome inside a sentence: "the change of coronary calcium".
pub(crate) fn noun(outcome: &OutcomeData) -> String {
    match outcome.kind {
        NumberKind::Condition => format!("the share with “{}”", outcome.name),
        _ if outcome.noun.starts_with("change of") => format!("the {}", outcome.noun),
        _ => outcome.noun.clone(),
    }
}

/// The course of a curve in words: its ends, and where most of its change happens.
///
/// `points` are places on the axis and values, ascending in place.
pub(crate) fn course(outcome: &OutcomeData, axis: &AxisData, points: &[(f64, f64)]) -> String {
    let points: Vec<(f64, f64)> =
        points.iter().copied().filter(|point| (point.0 + point.1).is_finite()).collect();
    let noun = noun(outcome);
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return format!("No run gave a number for {noun}");
    };
    if let Values::Words(words) = &axis.values {
        return in_words(outcome, words, &points);
    }
    let label = axis.short_label();
    if points.len() == 1 {
        let value = outcome.measured(first.1);
        return format!(
            "Only one point was run: {noun} is {value} at {} of {label}",
            axis.measured(first.0)
        );
    }
    let (low, high) = extremes(points.iter().map(|point| point.1)).unwrap_or_default();
    let to = axis.measured(last.0);
    if outcome.number(low) == outcome.number(high) {
        return capital(&format!(
            "{noun} is {}, whatever the {label} between {} and {to}",
            outcome.measured(low),
            short(first.0, 6)
        ));
    }
    if outcome.is_even(low, high) {
        return capital(&format!(
            "{noun} hardly depends on {label}: {} to {} between {} and {to}",
            outcome.number(low),
            outcome.measured(high),
            short(first.0, 6)
        ));
    }
    if (last.1 - first.1).abs() < 0.75 * (high - low) {
        return turn(outcome, axis, &points, (low, high));
    }
    way(outcome, axis, &points)
}

/// A curve that goes one way: how far, and where most of it happens.
fn way(outcome: &OutcomeData, axis: &AxisData, points: &[(f64, f64)]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let (noun, label, to) = (noun(outcome), axis.short_label(), axis.measured(last.0));
    let total = last.1 - first.1;
    let verb = if total > 0.0 { "rises" } else { "falls" };
    let most = points.iter().find(|point| (point.1 - first.1).abs() >= MOST * total.abs());
    let early = most.filter(|point| (point.0 - first.0) <= EARLY * (last.0 - first.0));
    match early {
        Some(knee) if knee.0 < last.0 => {
            let rest = match outcome.number((last.1 - knee.1).abs()).replace('+', "") {
                nothing if !has_digits(&nothing) => "and no further".to_owned(),
                more => format!("but by only {more} more"),
            };
            capital(&format!(
                "{noun} {verb} from {} to {} as {label} goes from {} to {}, {rest} up to {to}",
                outcome.number(first.1),
                outcome.measured(knee.1),
                short(first.0, 6),
                axis.measured(knee.0)
            ))
        }
        _ => capital(&format!(
            "{noun} {verb} from {} to {} as {label} goes from {} to {to}",
            outcome.number(first.1),
            outcome.measured(last.1),
            short(first.0, 6)
        )),
    }
}

/// A number for each word of an axis; the lowest and the highest of many.
fn in_words(outcome: &OutcomeData, words: &[String], points: &[(f64, f64)]) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // positions of words
    let text = |point: &(f64, f64)| {
        let word = words.get(point.0 as usize).map_or("", String::as_str);
        format!("{} ({word})", outcome.measured(point.1))
    };
    let noun = noun(outcome);
    if points.len() <= 4 {
        let all: Vec<String> = points.iter().map(text).collect();
        return capital(&format!("{noun}: {}", all.join(", ")));
    }
    let low = points.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(text).unwrap_or_default();
    let high = points.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(text).unwrap_or_default();
    capital(&format!("{noun}: lowest {low}, highest {high}"))
}

/// A curve that turns: where its extreme lies.
fn turn(
    outcome: &OutcomeData,
    axis: &AxisData,
    points: &[(f64, f64)],
    (low, high): (f64, f64),
) -> String {
    let (first, last) = (points.first(), points.last());
    let ends = || first.into_iter().chain(last).map(|point| point.1);
    let at = |value: f64| points.iter().find(|point| point.1 == value).map_or(0.0, |point| point.0);
    let lowest_inside = ends().fold(f64::INFINITY, f64::min) - low;
    let highest_inside = high - ends().fold(f64::NEG_INFINITY, f64::max);
    let (word, value) =
        if highest_inside > lowest_inside { ("highest", high) } else { ("lowest", low) };
    let place = axis.measured(at(value));
    let ends: Vec<String> = ends().map(|value| outcome.number(value)).collect();
    capital(&format!(
        "{} is {word} ({}) at {place} of {}, with {} at the ends",
        noun(outcome),
        outcome.measured(value),
        axis.short_label(),
        ends.join(" and ")
    ))
}

/// "woman 50 → 70, arm “usual”".
pub(crate) fn whom(data: &SweepData) -> String {
    let arm = match data.arms.as_slice() {
        [(_, label)] => format!(", “{}”", story::short_label(label)),
        _ => String::new(),
    };
    if data.sampled() {
        let count = count(data.selection.all_samples);
        format!("{count} {}{arm}", data.who())
    } else {
        let varied =
            data.axes.iter().any(|axis| ["age", "sex"].contains(&axis.short_label().as_str()));
        let otherwise = if varied { "otherwise " } else { "" };
        format!("{otherwise}{}{arm}", data.person)
    }
}

/// A page of this sweep.
pub(crate) fn page(data: &SweepData, title: &str, subtitle: &str) -> Page {
    Page::about(&data.title, &data.hypothesis, title, subtitle)
}

/// The outcomes that are left out, as the end of a subtitle; nothing if all is drawn.
pub(crate) fn rest(data: &SweepData, undrawn: usize) -> String {
    let count = undrawn + data.left_out.len();
    let more = match count {
        0 => String::new(),
        1 => " · 1 more outcome is in results.csv".to_owned(),
        count => format!(" · {count} more outcomes are in results.csv"),
    };
    let thinned = data.selection.remark().map_or_else(String::new, |remark| format!(" · {remark}"));
    format!("{more}{thinned}")
}

/// Names the outcomes that have no number at all, and counts the runs that lack one elsewhere.
pub(crate) fn missing(data: &SweepData) -> String {
    let names = data.outcomes.iter().filter(|outcome| !outcome.has_numbers());
    let names: Vec<&str> = names.map(|outcome| outcome.name.as_str()).collect();
    let mut out = match names.len() {
        0 => String::new(),
        _ => format!(" · no run gave a number for {}", names.join(", ")),
    };
    let lacking = data.outcomes.iter().filter(|outcome| outcome.has_numbers());
    let lacking = lacking.map(|o| o.values.iter().filter(|value| !value.is_finite()).count());
    let (most, all) = (lacking.max().unwrap_or(0), data.selection.slots());
    if most > 0 {
        out.push_str(&format!(" · {most} of {all} runs gave no number, see failures.csv"));
    }
    out
}
