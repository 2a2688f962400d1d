//! Amounts, lengths of time, shares and doses in every spelling that the readers of units accept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::words::{digits, number};
use crate::nutrition::foods::{FOODS, Food, Matrix};
use crate::nutrition::take::substance_names;
use crate::physiology::inputs::InputInfo;
use crate::units::amount::{Target, amount};
use crate::units::{Matter, spellings, unit};

/// A spelled unit and how many of the target's unit one of it is.
pub(super) type SpelledUnit = (String, f64);

/// Every unit that a target accepts, asked of the reader itself.
pub(super) fn units_of(target: &Target<'_>) -> Vec<SpelledUnit> {
    type Known = HashMap<(String, u8), Vec<SpelledUnit>>;
    static KNOWN: Mutex<Option<Known>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_with(HashMap::new);
    let key = (target.unit.to_owned(), target.matter as u8);
    let find = || {
        let below = ["day", "d", "week", "month", "min", "h", "year", "L", "dL", "mL"];
        let simple = spellings().map(str::to_owned);
        let ratios = spellings().flat_map(|above| {
            let slashed = below.iter().map(move |below| format!("{above}/{below}"));
            slashed.chain([format!("{above} per day"), format!("{above} daily")])
        });
        let often = spellings().flat_map(|above| {
            ["twice daily", "3 times a week", "every other day", "weekly", "monthly"]
                .map(|often| format!("{above} {often}"))
        });
        let factor = |unit: String| Some((amount(&format!("1 {unit}"), target).ok()?.value, unit));
        let plain = std::iter::once(String::new());
        let all = plain.chain(simple).chain(ratios).chain(often).filter_map(factor);
        all.map(|(factor, unit)| (unit, factor)).collect()
    };
    known.entry(key).or_insert_with(find).clone()
}

/// An amount between two ends in the target's unit, in some unit.
pub(super) fn spelled(dice: &mut Dice, target: &Target<'_>, low: f64, high: f64) -> String {
    let value = number(dice, low, high);
    let units = units_of(target);
    if units.is_empty() {
        return digits(dice, value);
    }
    let (unit, factor) = dice.pick(&units).clone();
    let gap = if unit.is_empty() || dice.chance(0.1) { "" } else { " " };
    // Rounded toward the middle, so that a converted end stays inside.
    let middle = (low + high) / 2.0;
    let value = if factor == 1.0 { value } else { middle + (value - middle) * 0.999_999 };
    format!("{}{gap}{unit}", digits(dice, value / factor))
}

/// The ends between which a value of an input is tried: usual ones, possible ones, or others.
fn ends(dice: &mut Dice, info: &InputInfo) -> (f64, f64) {
    let (low, high) = info.allowed;
    let inside = (info.plausible.0.max(low), info.plausible.1.min(high));
    match dice.below(20) {
        0 => (low, high),
        1 => (low - 1.0, high * 2.0 + 1.0),
        _ => inside,
    }
}

/// The value of an input, as TOML.
pub(super) fn input(dice: &mut Dice, info: &InputInfo, flag: bool) -> String {
    let (low, high) = ends(dice, info);
    if flag && dice.chance(0.5) {
        return dice.pick(&["true", "false"]).to_string();
    }
    if info.whole {
        return number(dice, low, high).round().to_string();
    }
    let plain = info.unit == "y" || unit(info.unit).is_some_and(|unit| unit.dimension.is_bare());
    if plain && dice.chance(0.7) {
        let value = number(dice, low, high);
        return digits(dice, value);
    }
    let target = Target { unit: info.unit, matter: info.matter, what: info.label, usual: None };
    format!("\"{}\"", spelled(dice, &target, low, high))
}

/// A length of time up to so many days.
pub(super) fn time(dice: &mut Dice, low_days: f64, high_days: f64) -> String {
    let target = Target { unit: "d", matter: Matter::Any, what: "time", usual: None };
    let units: Vec<SpelledUnit> = units_of(&target);
    let value = number(dice, low_days, high_days);
    let (unit, factor) = dice.pick(&units).clone();
    format!("{} {unit}", digits(dice, value / factor))
}

/// "07:30"
pub(super) fn clock(dice: &mut Dice) -> String {
    format!("{:02}:{:02}", dice.below(24), *dice.pick(&[0, 5, 30, 59]))
}

/// An amount of a food per time.
pub(super) fn of_food(dice: &mut Dice, food: &Food) -> String {
    let most = if food.matrix == Matrix::Supplement { 2.0 } else { 60.0 };
    let grams = number(dice, 0.0, most);
    let number = digits(dice, grams);
    let often = *dice.pick(&[
        "/day",
        " per day",
        " daily",
        "/week",
        ", 3 times/week",
        " every other day",
        ", twice a month",
        " weekly",
    ]);
    match dice.below(4) {
        0 => format!("1 serving{often}"),
        1 => format!("0.5 portions{often}"),
        _ if food.matrix == Matrix::Supplement => format!("1 pill{often}"),
        _ => format!("{number} g{often}"),
    }
}

/// A supplement as packages name it; `days`: the length of the run.
pub(super) fn dose(dice: &mut Dice, days: f64) -> String {
    let pills: Vec<&Food> = FOODS.iter().filter(|food| food.matrix == Matrix::Supplement).collect();
    let mut text = if dice.chance(0.15) {
        let count = *dice.pick(&["", "2 x ", "3 ", "0.5 "]);
        format!("{count}{}", dice.pick(&pills).name)
    } else {
        let names = substance_names();
        let name = dice.pick(&names).clone();
        let calcium = name.to_lowercase().contains("calcium");
        let vitamin_d = ["vitamin d", "vitamin_d", "d3", "cholecalciferol"]
            .iter()
            .any(|d| name.to_lowercase().starts_with(d));
        let name = if dice.chance(0.2) { name.replace("vitamin", "vit.") } else { name };
        let amount = match (calcium, vitamin_d) {
            (true, _) => format!("{} mg", 25 * (1 + dice.below(24))),
            (_, true) => {
                dice.pick(&["25 ug", "800 IU", "20 mcg", "0.02 mg", "1000 IU"]).to_string()
            }
            _ => format!("{} ug", number(dice, 0.0, 200.0)),
        };
        let salt = if calcium && !name.contains("ate") {
            *dice.pick(&["", "", " (as carbonate)", " as citrate"])
        } else {
            ""
        };
        match dice.below(3) {
            0 => format!("{amount} {name}{salt}"),
            _ => format!("{name} {amount}{salt}"),
        }
    };
    let often = [
        "daily",
        "twice daily",
        "three times a day",
        "weekly",
        "3 times a week",
        "every 3 days",
        "every other day",
        "monthly",
        "every 2 weeks",
        "4 times daily",
        "once",
        "every morning and evening",
    ];
    text = format!("{text} {}", dice.pick(&often));
    let more = [" with meals", ", missed 10 %", " missed 0.2 of the doses", " without food", ""];
    text += *dice.pick(&more);
    if !["twice", "three", "4 times", "every morning"].iter().any(|word| text.contains(word))
        && dice.chance(0.3)
    {
        text += &match dice.below(3) {
            0 => format!(" at {}", clock(dice)),
            1 => " with breakfast".to_owned(),
            _ => " in the evening".to_owned(),
        };
    }
    if days > 0.0 && dice.chance(0.15) {
        let until = time(dice, days / 2.0, days);
        text += &match dice.below(3) {
            0 => format!(" until {until}"),
            1 => format!(" for {until}"),
            _ => format!(" from {} until {until}", time(dice, 0.0, days / 3.0)),
        };
    }
    text
}
