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
    let [.., (from, _), (to, _)] = arms.as_slice() else { return String::new() };
    let [one, other] = [from, to]
        .map(|arm| at_most(arm.person.start_age_years + arm.duration_days / DAYS_PER_YEAR, 1));
    message!(
        explorer.changed,
        what = what(from, to, turned),
        age = if one == other { one } else { message!(explorer.two_ages, one, other) },
        outcomes = outcomes(run)
    )
}

/// What came of it in bone, artery and blood calcium; empty for one arm alone.
pub(super) fn outcomes(run: &Run) -> String {
    let arms: Vec<_> = run.arms().collect();
    let [.., (_, one), (_, other)] = arms.as_slice() else { return String::new() };
    let told = ["femoral_neck_bmd", "cac", "serum_calcium"].into_iter().filter_map(|name| {
        let quantity = quantity(name)?;
        let before = run.summary_value(one, quantity)?;
        Some(difference(quantity, before, run.summary_value(other, quantity)?))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// The change of an outcome, as a clinic rounds it.
fn difference(quantity: &Quantity, before: f64, after: f64) -> String {
    let name = inside(quantity.label);
    let same = clinical(quantity, before) == clinical(quantity, after);
    // Ends may lie on both sides of a limit of rounding and yet hardly differ.
    if same || (after - before).abs() < 0.5 * step(quantity) {
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

/// The last digit of a quantity as it is shown.
fn step(quantity: &Quantity) -> f64 {
    i32::try_from(quantity.decimals).map_or(0.0, |decimals| 10_f64.powi(-decimals))
}

/// What differs between two arms: "MK-7 from pills 0 → 180 µg/d".
pub(super) fn what(from: &Arm, to: &Arm, turned: &str) -> String {
    let causes = causes(from, to);
    if causes.is_empty() {
        return message!(explorer.nothing_differs, from = from.label, to = to.label);
    }
    // A cause without values, such as the person, says too little.
    if causes.len() > MOST_CAUSES || causes.iter().any(|cause| cause.from.is_empty()) {
        let against = || message!(explorer.against, from = from.label, to = to.label);
        return if turned.is_empty() { against() } else { turned.to_owned() };
    }
    let told = causes.iter().map(|cause| {
        message!(explorer.exchanged, cause = cause.label, from = cause.from, to = cause.to)
    });
    told.collect::<Vec<_>>().join(", ")
}
