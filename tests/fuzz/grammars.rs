//! The small grammars inside files: claims, outcomes, ranges, doses, foods, amounts.

use std::sync::LazyLock;

use crate::checks::claims::{judge, value};
use crate::fuzz_tests::amounts::{dose, of_food, spelled};
use crate::fuzz_tests::claims::ClaimWriter;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure, harmless};
use crate::fuzz_tests::scenarios::{BASE, loaded};
use crate::fuzz_tests::words::{HOSTILE, digits, scratched};
use crate::library::run::run_all;
use crate::nutrition::diet::{grams_per_day, nutrients};
use crate::nutrition::foods::FOODS;
use crate::nutrition::regimen::{Regimen, Substance};
use crate::nutrition::schedule::{DEFAULT_MEALS, doses};
use crate::nutrition::take;
use crate::physiology::inputs::INPUTS;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::claims::{Comparison, Expression};
use crate::scenario::dial::{Dial, DialKind, dials};
use crate::scenario::{Arm, Overrides};
use crate::simulation::{ArmRun, Options};
use crate::sweep::range::read as read_range;
use crate::sweep::results_table::CellValue;
use crate::units::amount::{Target, amount, display_unit};
use crate::units::frequency::Frequency;
use crate::units::number::exact_decimal;
use crate::units::written_number::without_thousands;

/// Two arms that have run two days.
static RUN: LazyLock<(Vec<Arm>, Vec<ArmRun>)> = LazyLock::new(|| {
    let arms = loaded(BASE, &Overrides::default()).scenario.expect("the base is sound").arms;
    let runs = run_all(&arms.iter().collect::<Vec<_>>(), &Options::default(), &|_| true);
    (arms, runs)
});

fn arm_names() -> Vec<String> {
    RUN.0.iter().map(|arm| arm.name.clone()).collect()
}

/// A number as the program prints it for its own readers.
fn printed(value: f64) -> String {
    without_thousands(exact_decimal(value))
}

/// One time in five the text is scratched, one in fifty exchanged.
fn careless(dice: &mut Dice, text: String) -> String {
    match dice.below(50) {
        0 => (*dice.pick(HOSTILE)).to_owned(),
        1..=10 => scratched(dice, &text),
        _ => text,
    }
}

pub(super) fn claim(dice: &mut Dice) -> String {
    let arms = arm_names();
    let text = ClaimWriter { dice, arms: &arms, days: 2.0 }.claim();
    careless(dice, text)
}

pub(super) fn execute_claim(text: &str) -> Result<Ending, Broken> {
    let comparison = match Comparison::read(text, &arm_names()) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(comparison) => comparison,
    };
    let (arms, runs) = &*RUN;
    let find = |name: &str| {
        arms.iter().zip(runs).find(|(arm, _)| arm.name == name).map(|(_, run)| &run.trajectory)
    };
    let verdict = judge(&comparison, &find);
    harmless(&verdict.text)?;
    let spread = format!("  {}  ", text.trim());
    let again = Comparison::read(&spread, &arm_names()).map_err(|misread| misread.message)?;
    ensure(again == comparison, || "blanks around it change the claim".to_owned())?;
    Ok(Ending::Ran)
}

pub(super) fn outcome(dice: &mut Dice) -> String {
    let arms = arm_names();
    let text = ClaimWriter { dice, arms: &arms, days: 2.0 }.value();
    careless(dice, text)
}

pub(super) fn execute_outcome(text: &str) -> Result<Ending, Broken> {
    let expression = match Expression::read(text, &arm_names()) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(expression) => expression,
    };
    let (arms, runs) = &*RUN;
    let find = |name: &str| {
        arms.iter().zip(runs).find(|(arm, _)| arm.name == name).map(|(_, run)| &run.trajectory)
    };
    let found = value(&expression, &find);
    let bracketed =
        Expression::read(&format!("({text})"), &arm_names()).map_err(|misread| misread.message)?;
    let again = value(&bracketed, &find);
    ensure(found.map(f64::to_bits) == again.map(f64::to_bits), || {
        format!("{found:?}, in brackets {again:?}")
    })?;
    Ok(Ending::Ran)
}

fn dial(name: &str) -> Option<&'static Dial> {
    dials().iter().find(|dial| dial.name == name)
}

/// A dial and how it varies, after a `|`.
pub(super) fn range(dice: &mut Dice) -> String {
    let numbers: Vec<&Dial> =
        dials().iter().filter(|dial| matches!(dial.kind, DialKind::Number(_))).collect();
    let dial = *dice.pick(&numbers);
    let drawn = dice.chance(0.5);
    let text = variation(dice, dial, drawn);
    let text = careless(dice, text);
    format!("{}|{text}", dial.name)
}

/// How a number varies, without quotes: drawn, or from point to point.
pub(super) fn variation(dice: &mut Dice, dial: &Dial, drawn: bool) -> String {
    let DialKind::Number(found) = &dial.kind else { return "table".to_owned() };
    let (low, high) = found.plausible;
    let (low, high) = (low.max(found.allowed.0).max(-1e6), high.min(found.allowed.1).min(1e6));
    let (mut a, mut b) =
        (low + 0.4 * dice.share() * (high - low), high - 0.4 * dice.share() * (high - low));
    if found.whole {
        (a, b) = (low.round(), high.round());
    }
    let unit =
        found.text(1.0).split_once(' ').map(|(_, unit)| format!(" {unit}")).unwrap_or_default();
    let ends = format!(
        "{} {} {}{unit}",
        exact_decimal(a),
        dice.pick(&["…", "...", "to", ".."]),
        exact_decimal(b)
    );
    let middle = f64::midpoint(a, b);
    let spread = (b - a).abs() / 4.0;
    let bell = format!("{} ± {}{unit}", exact_decimal(middle), exact_decimal(spread));
    let (in_table, points) = (low < high, 2 + dice.below(4));
    let bell_fits = middle > 0.0 && spread > 0.0;
    match (drawn, dice.below(6)) {
        _ if found.whole && !drawn => format!("{ends} step 1"),
        (true, 0) if in_table => "table".to_owned(),
        (true, 1) if a > 0.0 => format!("log-uniform {ends}"),
        (true, 2) if bell_fits => format!("normal {bell}"),
        (true, 3) if bell_fits => format!("log-normal {bell}"),
        (true, 4) if bell_fits => format!("normal {bell}, {ends}"),
        (true, _) => format!("uniform {ends}"),
        (false, 0) if in_table => format!("table, {points} points"),
        (false, 1) => format!("{ends} step {}", exact_decimal(spread)),
        (false, 2) => format!("{ends} in {points} steps"),
        (false, 3) if a > 0.0 => format!("{ends}, {points} points, logarithmic"),
        (false, 4) => ends,
        (false, _) => format!("{ends}, {points} points"),
    }
}

pub(super) fn execute_range(text: &str) -> Result<Ending, Broken> {
    let (name, text) = text.split_once('|').unwrap_or(("calcium_diet", text));
    let Some(DialKind::Number(found)) = dial(name).map(|dial| &dial.kind) else {
        return Ok(Ending::Refused);
    };
    let variation = match read_range(text, found) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(variation) => variation,
    };
    for point in variation.as_points().unwrap_or_default().iter().take(100) {
        ensure(point.is_finite(), || format!("a point {point}"))?;
    }
    if let Some(distribution) = variation.as_distribution() {
        let mut before = f64::NEG_INFINITY;
        for share in [1e-9, 0.01, 0.3, 0.5, 0.9, 1.0 - 1e-9] {
            let CellValue::Number(quantile) = distribution.quantile(share) else {
                return Err("no number".to_owned());
            };
            ensure(quantile.is_finite() && quantile >= before, || {
                format!("quantile {share}: {quantile} after {before}")
            })?;
            before = quantile;
        }
    }
    Ok(Ending::Accepted)
}

pub(super) fn regimen(dice: &mut Dice) -> String {
    let text = dose(dice, 30.0);
    careless(dice, text)
}

pub(super) fn execute_regimen(text: &str) -> Result<Ending, Broken> {
    let line = match take::read(text, None) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(line) => line,
    };
    for regimen in line.starting(0.0) {
        let Regimen { dose, missed_share, from_day, to_day, ref hours, .. } = regimen;
        ensure(dose.is_finite() && dose >= 0.0, || format!("a dose of {dose}"))?;
        ensure((0.0..=1.0).contains(&missed_share), || format!("a share of {missed_share}"))?;
        ensure(from_day >= 0.0 && !to_day.is_nan(), || format!("from {from_day} to {to_day}"))?;
        ensure(!hours.is_empty() && hours.iter().all(|hour| (0.0..24.0).contains(hour)), || {
            format!("{hours:?}")
        })?;
        let swallowed =
            doses(Resolution::Pills, &DEFAULT_MEALS, std::slice::from_ref(&regimen), 30.0, 7);
        ensure(swallowed.len() <= 31 * hours.len(), || {
            format!("{} doses in 30 days", swallowed.len())
        })?;
        same_when_printed(&regimen)?;
    }
    Ok(Ending::Accepted)
}

/// A regimen, written in one way, is read as the same.
fn same_when_printed(regimen: &Regimen) -> Result<(), Broken> {
    let minutes = |hour: &f64| (hour * 60.0).round();
    if regimen.hours.iter().any(|hour| minutes(hour) / 60.0 != *hour) {
        return Ok(()); // spread over the day, between the minutes
    }
    let (name, unit) = match regimen.substance {
        Substance::Calcium => ("calcium", "mg"),
        Substance::VitaminD => ("vitamin D3", "ug"),
        Substance::K1 => ("K1", "ug"),
        Substance::Mk4 => ("MK-4", "ug"),
        Substance::Mk7 => ("MK-7", "ug"),
    };
    let often = match regimen.rhythm {
        Frequency::PerDay(_) => "daily".to_owned(),
        Frequency::PerWeek(times) => format!("{times} times a week"),
        Frequency::EveryDays(days) => format!("every {days} days"),
        Frequency::PerMonths { times: 1, months } => format!("every {months} months"),
        Frequency::PerMonths { times, months: 1 } => format!("{times} times a month"),
        Frequency::PerMonths { times, .. } => format!("{times} times a year"),
    };
    let clock =
        |hour: &f64| format!("{:02}:{:02}", minutes(hour) as u32 / 60, minutes(hour) as u32 % 60);
    let hours: Vec<String> = regimen.hours.iter().map(clock).collect();
    let (dose, missed) = (printed(regimen.dose), printed(regimen.missed_share));
    let meals = if regimen.with_meals { " with meals" } else { "" };
    let text =
        format!("{name} {dose} {unit} {often} at {}{meals} missed {missed}", hours.join(" and "));
    let read = take::read(&text, None).map_err(|misread| format!("{text}: {}", misread.message))?;
    let again = read
        .starting(regimen.from_day)
        .pop()
        .map(|again| Regimen { to_day: regimen.to_day, ..again });
    ensure(again.as_ref() == Some(regimen), || format!("{text}: {again:?} was {regimen:?}"))
}

/// A food and its amount, after a `|`.
pub(super) fn food(dice: &mut Dice) -> String {
    let food = dice.pick(&FOODS);
    let text = of_food(dice, food);
    format!("{}|{}", food.name, careless(dice, text))
}

pub(super) fn execute_food(text: &str) -> Result<Ending, Broken> {
    let (name, text) = text.split_once('|').unwrap_or(("natto", text));
    let Some(food) = FOODS.iter().find(|food| food.name == name) else {
        return Ok(Ending::Refused);
    };
    let grams = match grams_per_day(text, food) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(grams) => grams,
    };
    for (nutrient, amount) in nutrients(food, grams) {
        ensure(amount >= 0.0 && amount.is_finite(), || format!("{amount} of {nutrient}"))?;
    }
    let printed = format!("{} g/day", printed(grams));
    let again = grams_per_day(&printed, food).map_err(|misread| misread.message)?;
    ensure((again - grams).abs() <= 1e-12 * grams, || format!("{printed} is read as {again}"))?;
    Ok(Ending::Accepted)
}

/// An input and an amount of it, after a `|`.
pub(super) fn quantity(dice: &mut Dice) -> String {
    let info = dice.pick(&INPUTS);
    let target = Target { unit: info.unit, matter: info.matter, what: info.label, usual: None };
    let (low, high) = (info.plausible.0.max(-1e6), info.plausible.1.min(1e6));
    let text = if dice.chance(0.1) { digits(dice, low) } else { spelled(dice, &target, low, high) };
    format!("{}|{}", info.name, careless(dice, text))
}

pub(super) fn execute_quantity(text: &str) -> Result<Ending, Broken> {
    let (name, text) = text.split_once('|').unwrap_or(("calcium_diet_mg_per_day", text));
    let Some(info) = INPUTS.iter().find(|info| info.name == name) else {
        return Ok(Ending::Refused);
    };
    let target = Target { unit: info.unit, matter: info.matter, what: info.label, usual: None };
    let read = match amount(text, &target) {
        Err(misread) => return properties::misread(text, &misread),
        Ok(read) => read.value,
    };
    ensure(read.is_finite(), || format!("read as {read}"))?;
    let unit =
        if info.unit == "1" { String::new() } else { format!(" {}", display_unit(info.unit)) };
    let printed = format!("{}{unit}", printed(read));
    let again = amount(&printed, &target)
        .map_err(|misread| format!("{printed}: {}", misread.message))?
        .value;
    ensure((again - read).abs() <= 1e-15 * read.abs(), || format!("{printed} is read as {again}"))?;
    Ok(Ending::Accepted)
}
