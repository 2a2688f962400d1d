//! Sentences that say what is seen, computed from the data and never claiming more.

use crate::physiology::quantities::{Quantity, quantity};

use super::font::{self, Weight};
use super::numbers::fixed;
use super::span::Clock;
use super::{ArmData, Subject};

/// Said where there is nothing to draw.
pub const NOTHING: &str = "The run has no rows yet, so there is nothing to draw.";
/// Share below which two ends count as the same.
const SAME: f64 = 0.02;

/// True if any arm has a row.
#[must_use]
pub fn has_rows(subject: &Subject) -> bool {
    subject.arms.iter().any(|arm| !arm.trajectory.rows.is_empty())
}

/// First and last finite value of a quantity in an arm.
#[must_use]
pub fn ends_of(arm: &ArmData, quantity: &Quantity) -> Option<(f64, f64)> {
    let rows = arm.trajectory.rows.iter();
    let mut values = rows.map(|row| row.value(quantity.column)).filter(|value| value.is_finite());
    let first = values.next()?;
    Some((first, values.next_back().unwrap_or(first)))
}

/// An arm's label, short enough for a title.
#[must_use]
pub fn brief(label: &str) -> String {
    font::shorten_middle(label, 1.0, Weight::Regular, 18.0)
}

/// A label inside a sentence: "serum calcium", but "PTH" and "25(OH)D" as they are.
#[must_use]
pub fn inside(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next();
    let usual = letters.next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if usual => first.to_lowercase().chain(label.chars().skip(1)).collect(),
        _ => label.to_owned(),
    }
}

/// A value with its unit: "2.41 mmol/L".
#[must_use]
pub fn with_unit(quantity: &Quantity, value: f64) -> String {
    let number = fixed(value, quantity.decimals);
    match quantity.unit {
        "1" => number,
        "%" => format!("{number} %"),
        unit => format!("{number} {unit}"),
    }
}

/// The lowest and highest end of a quantity, with their arms.
struct Spread<'a> {
    quantity: &'static Quantity,
    low: (f64, &'a str),
    high: (f64, &'a str),
}

impl Spread<'_> {
    fn relative(&self) -> f64 {
        (self.high.0 - self.low.0) / self.high.0.abs().max(self.low.0.abs()).max(1e-9)
    }

    /// Large differences of tiny numbers are no news.
    fn weight(&self) -> f64 {
        let smallest_shown = 10f64.powi(-i32::try_from(self.quantity.decimals).unwrap_or(0));
        if self.high.0 - self.low.0 < 5.0 * smallest_shown {
            return 0.0;
        }
        let outcome = ["cac_agatston", "lumbar_spine_bmd_percent"].contains(&self.quantity.name);
        self.relative() * if outcome { 2.0 } else { 1.0 }
    }
}

fn spread<'a>(subject: &'a Subject, quantity: &'static Quantity) -> Option<Spread<'a>> {
    let ends = subject.arms.iter().filter_map(|arm| Some((ends_of(arm, quantity)?.1, arm.label)));
    let ends: Vec<(f64, &str)> = ends.collect();
    let low = *ends.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let high = *ends.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Spread { quantity, low, high })
}

/// The headline of the time courses: what differs most between arms, or changes most in one.
#[must_use]
pub fn largest_difference(
    subject: &Subject,
    chosen: &[&'static Quantity],
    clock: &Clock,
) -> String {
    if !has_rows(subject) {
        return "Nothing was computed".to_owned();
    }
    if subject.arms.len() < 2 {
        return largest_change(subject, chosen, clock);
    }
    let spreads = chosen.iter().filter_map(|quantity| spread(subject, quantity));
    let largest = spreads.max_by(|a, b| a.weight().total_cmp(&b.weight()));
    let Some(largest) = largest.filter(|spread| spread.weight() > SAME) else {
        return format!("The arms hardly differ {}", clock.end_in_words());
    };
    let quantity = largest.quantity;
    format!(
        "{} {}: {} with {}, {} with {}{}",
        quantity.label,
        clock.end_in_words(),
        with_unit(quantity, largest.low.0),
        brief(largest.low.1),
        with_unit(quantity, largest.high.0),
        brief(largest.high.1),
        steady_blood(subject, quantity)
    )
}

/// "; blood calcium hardly differs" if that is so and not the subject already.
fn steady_blood(subject: &Subject, shown: &Quantity) -> &'static str {
    let serum = quantity("serum_total_calcium_mmol_per_l");
    let Some(serum) = serum.filter(|serum| serum.name != shown.name) else { return "" };
    match spread(subject, serum) {
        Some(spread) if spread.high.0 - spread.low.0 < 0.1 && spread.low.0.is_finite() => {
            " – while blood calcium hardly differs"
        }
        _ => "",
    }
}

fn largest_change(subject: &Subject, chosen: &[&'static Quantity], clock: &Clock) -> String {
    let Some(arm) = subject.arms.first() else { return "Nothing was computed".to_owned() };
    let changes = chosen.iter().filter_map(|quantity| {
        let (start, end) = ends_of(arm, quantity)?;
        let change = (end - start) / start.abs().max(end.abs()).max(1e-9);
        let shown = fixed(start, quantity.decimals) != fixed(end, quantity.decimals);
        shown.then_some((*quantity, start, end, change))
    });
    let largest = changes.max_by(|a, b| a.3.abs().total_cmp(&b.3.abs()));
    let Some((quantity, start, end, _)) = largest.filter(|change| change.3.abs() > SAME) else {
        return format!("Hardly anything changes until the end ({})", clock.end_in_words());
    };
    let verb = if end > start { "rises" } else { "falls" };
    let (start, end) = (fixed(start, quantity.decimals), with_unit(quantity, end));
    format!("{} {verb} from {start} to {end} {}", quantity.label, clock.end_in_words())
}

/// The numbers of all arms in plain text, for people who cannot see the figure.
#[must_use]
pub fn ends(subject: &Subject, chosen: &[&'static Quantity], clock: &Clock) -> String {
    let mut out = format!("Start and end ({}) of each arm.", clock.end_in_words());
    for arm in &subject.arms {
        let numbers = chosen.iter().filter_map(|quantity| {
            let (start, end) = ends_of(arm, quantity)?;
            let start = fixed(start, quantity.decimals);
            Some(format!("{} {start} to {}", inside(quantity.label), with_unit(quantity, end)))
        });
        let numbers: Vec<String> = numbers.collect();
        out.push_str(&format!(" {}: {}.", arm.label, numbers.join("; ")));
    }
    out
}
