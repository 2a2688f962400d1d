//! One sentence: what the last step changed, and what came of it.

use crate::library::run::Run;
use crate::physiology::quantities::{Quantity, quantity};
use crate::scenario::Arm;
use crate::units::DAYS_PER_YEAR;
use crate::units::amount::unit_of_difference;
use crate::why::causes::causes;
use crate::words::catalogue::message;
use crate::words::names::inside;
use crate::words::numbers::{at_most, clinical, fixed, rounded, with_unit};

/// More causes than these are named by the arm.
const MOST_CAUSES: usize = 2;

/// The sentence between the last arm and the one before; empty for one arm alone.
pub(super) fn told(run: &Run, turned: &str) -> String {
    let arms: Vec<_> = run.arms().collect();
    let [.., (from, one), (to, other)] = arms.as_slice() else { return String::new() };
    let outcomes = outcomes().filter_map(|quantity| {
        let before = run.summary_value(one, quantity)?;
        Some(difference(quantity, before, run.summary_value(other, quantity)?))
    });
    let age = to.person.start_age_years + to.duration_days / DAYS_PER_YEAR;
    message!(
        explorer.changed,
        what = what(from, to, turned),
        age = at_most(age, 1),
        outcomes = outcomes.collect::<Vec<_>>().join(", ")
    )
}

/// What a difference is told of: bone, artery, blood calcium.
fn outcomes() -> impl Iterator<Item = &'static Quantity> {
    ["femoral_neck_bmd", "cac", "serum_calcium"].into_iter().filter_map(quantity)
}

/// The change of an outcome, as a clinic rounds it.
fn difference(quantity: &Quantity, before: f64, after: f64) -> String {
    let name = inside(quantity.label);
    if clinical(quantity, before) == clinical(quantity, after) {
        return message!(explorer.same, outcome = name);
    }
    // The difference of the ends as they are shown, so that nobody reads another one.
    let shown = rounded(after, quantity.decimals) - rounded(before, quantity.decimals);
    let number = fixed(shown.abs(), quantity.decimals);
    let amount = with_unit(&number, unit_of_difference(quantity.unit));
    if after > before {
        message!(explorer.more, outcome = name, amount = amount)
    } else {
        message!(explorer.less, outcome = name, amount = amount)
    }
}

/// What differs between two arms: "MK-7 from pills 0 → 180 µg/d".
pub(super) fn what(from: &Arm, to: &Arm, turned: &str) -> String {
    let causes = causes(from, to);
    if causes.is_empty() {
        return message!(explorer.nothing_differs, from = from.label, to = to.label);
    }
    if causes.len() > MOST_CAUSES && !turned.is_empty() {
        return turned.to_owned();
    }
    if causes.len() > MOST_CAUSES {
        return message!(explorer.against, from = from.label, to = to.label);
    }
    let told = causes.iter().map(|cause| {
        if cause.from.is_empty() {
            return cause.label.clone();
        }
        message!(explorer.exchanged, cause = cause.label, from = cause.from, to = cause.to)
    });
    told.collect::<Vec<_>>().join(", ")
}
