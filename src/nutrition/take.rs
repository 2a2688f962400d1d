//! Reads supplements as people write them.
//!
//! ```text
//! calcium 500 mg (as carbonate) twice daily with meals
//! vitamin D3 800 IU daily
//! MK-7 360 ug 3 times a week, missed 10 %
//! MK-4 15 mg three times daily        MK-7 90 ug every 3 days at 21:00
//! K1 1 mg weekly from 2 years to 5 years
//! vitamin D 2500 ug once from week 4  pill MK-7 90 daily
//! vitamin K2 (MK-7) 180 ug with breakfast and dinner daily
//! vit D3 50000 IU monthly
//! ```
//!
//! An amount of *calcium* is elemental calcium, for every salt in brackets; an amount of
//! *calcium carbonate* or *calcium citrate* is the salt's mass and holds 40 % or 21 % calcium.
//! `once` is a single dose; in the averaged resolution it is spread over its day.

mod timing;
mod unknown;

pub(crate) use timing::pill_hours;
pub(crate) use unknown::unclear_name;

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::nutrition::diet::nutrients;
use crate::nutrition::foods::{FOODS, Matrix};
use crate::nutrition::regimen::{Regimen, Substance};
use crate::nutrition::take::timing::DoseTiming;
use crate::nutrition::take::unknown::{no_amount, unknown_name};
use crate::physiology::inputs::input;
use crate::units::amount::{expect_number, split_number};
use crate::units::date::Date;
use crate::units::frequency::{no_rhythm, read_frequency};
use crate::units::number::rounded;
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::written_number;
use crate::units::{
    CALCIUM_SHARE_OF_CARBONATE, CALCIUM_SHARE_OF_CITRATE, Matter, Unit, conversion, unit,
};
use std::ops::Range;

/// One line of a `take` list: the regimens (several for a pill of several substances) and a remark.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TakeLine {
    /// The regimens, as if taken from day 0 for ever.
    regimens: Vec<Regimen>,
    /// First day, if the text says one \[d from the scenario's start\].
    pub from_day: Option<f64>,
    pub until: Until,
    /// A remark for the reader: that a salt's mass is not calcium.
    pub remark: Option<String>,
    /// It names a clock time or missed doses, which only single doses follow.
    pub is_timed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Until {
    #[default]
    Never,
    /// On this day from the scenario's start.
    Day(f64),
    /// This many days after its start.
    Lasting(f64),
}

impl TakeLine {
    /// The regimens with their days; those that do not say when they begin, begin at `day`.
    pub(crate) fn starting(&self, day: f64) -> Vec<Regimen> {
        let from_day = self.from_day.unwrap_or(day);
        let to_day = match self.until {
            Until::Never => f64::INFINITY,
            Until::Day(end) => end,
            Until::Lasting(days) => from_day + days,
        };
        let dated = |regimen: &Regimen| Regimen { from_day, to_day, ..regimen.clone() };
        self.regimens.iter().map(dated).collect()
    }
}

/// Names of supplements: spelling, substance, share of the substance in the mass.
const NAMES: &[(&[&str], Substance, f64)] = &[
    (&["calcium", "carbonate"], Substance::Calcium, CALCIUM_SHARE_OF_CARBONATE),
    (&["calcium", "citrate"], Substance::Calcium, CALCIUM_SHARE_OF_CITRATE),
    (&["elemental", "calcium"], Substance::Calcium, 1.0),
    (&["calcium"], Substance::Calcium, 1.0),
    (&["vitamin", "D3"], Substance::VitaminD, 1.0),
    (&["vitamin", "D"], Substance::VitaminD, 1.0),
    (&["vitamin_d3"], Substance::VitaminD, 1.0),
    (&["vitamin_d"], Substance::VitaminD, 1.0),
    (&["D3"], Substance::VitaminD, 1.0),
    (&["cholecalciferol"], Substance::VitaminD, 1.0),
    (&["vitamin", "K1"], Substance::K1, 1.0),
    (&["phylloquinone"], Substance::K1, 1.0),
    (&["K1"], Substance::K1, 1.0),
    (&["menatetrenone"], Substance::Mk4, 1.0),
    (&["menaquinone-4"], Substance::Mk4, 1.0),
    (&["MK-4"], Substance::Mk4, 1.0),
    (&["MK4"], Substance::Mk4, 1.0),
    (&["menaquinone-7"], Substance::Mk7, 1.0),
    (&["MK-7"], Substance::Mk7, 1.0),
    (&["MK7"], Substance::Mk7, 1.0),
];

/// The substance called `name`, as in `stop = ["calcium"]`.
pub(crate) fn substance(name: &str) -> Option<Substance> {
    let mut words = Tokens::new(name).ok()?;
    let (substance, _) = read_name(&mut words)?;
    words.at_end().then_some(substance)
}

pub(crate) fn substance_names() -> Vec<String> {
    NAMES.iter().map(|(words, ..)| words.join(" ")).collect()
}

/// Reads one line of a `take` list; dates count from the scenario's `start`.
pub(crate) fn read(text: &str, start: Option<Date>) -> Result<TakeLine, Misread> {
    let mut words = Tokens::new(text)?;
    let contents = read_contents(&mut words)?;
    let mut timing = DoseTiming::default();
    while !words.at_end() {
        timing.read_next(&mut words, start)?;
    }
    let (rhythm, hours) = timing.rhythm_and_hours(text)?;
    let regimens = contents.doses.iter().map(|(substance, dose)| Regimen {
        substance: *substance,
        dose: *dose,
        rhythm,
        hours: hours.clone(),
        with_meals: timing.with_meals,
        missed_share: timing.missed_share,
        from_day: 0.0,
        to_day: f64::INFINITY,
    });
    let regimens = regimens.collect();
    Ok(TakeLine {
        regimens,
        from_day: timing.from_day,
        until: timing.until,
        remark: contents.remark,
        is_timed: timing.clock_times || timing.missed_share > 0.0,
    })
}

/// True if a line names a substance: "MK-7 90 ug daily", not its pill.
pub(crate) fn names(text: &str, substance: Substance) -> bool {
    let Ok(mut words) = Tokens::new(text) else { return false };
    read_name(&mut words).is_some_and(|(named, _)| named == substance)
}

struct Contents {
    doses: Vec<(Substance, f64)>,
    remark: Option<String>,
}

fn read_name(words: &mut Tokens<'_>) -> Option<(Substance, f64)> {
    let found = read_k2(words).or_else(|| read_plain_name(words))?;
    // "D3 (cholecalciferol)", "MK-7 (vitamin K2)": the same once more.
    let mark = words.mark();
    let again = words.eat(&["("])
        && (eat_k2(words) || read_plain_name(words).is_some_and(|name| name.0 == found.0))
        && words.eat(&[")"]);
    if !again {
        words.back_to(mark);
    }
    Some(found)
}

fn read_plain_name(words: &mut Tokens<'_>) -> Option<(Substance, f64)> {
    let (_, substance, share) = NAMES.iter().find(|(name, ..)| eat_name(words, name))?;
    Some((*substance, *share))
}

/// Takes a name; "vit" and "vit." stand for "vitamin".
fn eat_name(words: &mut Tokens<'_>, name: &[&str]) -> bool {
    let mark = words.mark();
    for word in name {
        let short = *word == "vitamin" && words.eat(&["vit"]);
        if short {
            words.eat(&["."]);
        }
        if !short && !words.eat(&[word]) {
            words.back_to(mark);
            return false;
        }
    }
    true
}

fn eat_k2(words: &mut Tokens<'_>) -> bool {
    eat_name(words, &["vitamin", "K2"]) || words.eat(&["K2"])
}

/// "vitamin K2 (MK-7)", "K2 as MK-4": K2 with its form.
fn read_k2(words: &mut Tokens<'_>) -> Option<(Substance, f64)> {
    let mark = words.mark();
    let found = eat_k2(words).then(|| {
        words.eat(&["as"]);
        let bracket = words.eat(&["("]);
        words.eat(&["as"]);
        let name = read_plain_name(words);
        name.filter(|_| !bracket || words.eat(&[")"]))
    });
    let form = found.flatten().filter(|name| matches!(name.0, Substance::Mk4 | Substance::Mk7));
    if form.is_none() {
        words.back_to(mark);
    }
    form
}

/// "calcium 500 mg (as carbonate)", "25 ug vitamin D3", "pill MK-7 90".
fn read_contents(words: &mut Tokens<'_>) -> Result<Contents, Misread> {
    if let Some(pill) = read_pill(words)? {
        return Ok(pill);
    }
    let start = words.mark();
    let name_first = read_name(words);
    if name_first.is_some() {
        read_salt(words)?;
        words.eat(&[":"]);
    }
    let place = words.here();
    let number_place = place.clone();
    let number = match (name_first, expect_number(words, "\"500 mg\"")) {
        (_, Ok(number)) => number,
        (Some(name), Err(misread)) => return Err(no_amount(words, start, name.0, misread)),
        (None, Err(_)) => return Err(unknown_name(words, start)),
    };
    let unit_mark = words.mark();
    let dose = dose_unit(words)?;
    let unit_place = words.since(unit_mark);
    let (substance, share) = match name_first {
        Some(name) => name,
        None => {
            let mark = words.mark();
            read_name(words).ok_or_else(|| unknown_name(words, mark))?
        }
    };
    let place = if unit_place.is_empty() { place } else { unit_place };
    let factor = dose_factor(substance, dose, &place)?;
    let amount = number * factor * share;
    refuse_thousands(words, &number_place, substance, dose, amount)?;
    if amount < 0.0 {
        return Err(Misread::new("a negative dose", place).help("write an amount from 0 on"));
    }
    read_salt(words)?;
    let remark = (share < 1.0).then(|| {
        format!(
            "{} mg of this salt hold {} mg of calcium; amounts of calcium itself are written \
             \"calcium {} mg\"",
            rounded(number * factor),
            rounded(amount),
            rounded(amount)
        )
    });
    Ok(Contents { doses: vec![(substance, amount)], remark })
}

/// "pill MK-7 90", "2 x pill D3 25": a row of the food table that is a pill.
fn read_pill(words: &mut Tokens<'_>) -> Result<Option<Contents>, Misread> {
    let start = words.mark();
    let count = words.number().unwrap_or(1.0);
    words.eat_any(&["x", "×"]);
    let place = words.here();
    let rest = words.rest().to_lowercase();
    let pills = FOODS.iter().filter(|food| food.matrix == Matrix::Supplement);
    let found = pills
        .filter(|food| {
            let after = rest.strip_prefix(&food.name.to_lowercase());
            after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        })
        .max_by_key(|food| food.name.len());
    let Some(food) = found else {
        words.back_to(start);
        return Ok(None);
    };
    let end = place.start + food.name.len();
    while words.peek().is_some_and(|token| token.bytes.start < end) {
        words.take();
    }
    if count < 0.0 {
        return Err(Misread::new("a negative number of pills", words.since(start))
            .help("write how many, such as \"2 x pill D3 25 daily\""));
    }
    let doses = nutrients(food, count).into_iter();
    let doses = doses.filter_map(|(input, dose)| Some((Substance::of_input(input)?, dose)));
    Ok(Some(Contents { doses: doses.collect(), remark: None }))
}

/// Refuses `1.000 IU`: a point before three digits, in a dose that is far below what is usual.
fn refuse_thousands(
    words: &Tokens<'_>,
    place: &Range<usize>,
    substance: Substance,
    dose: Unit,
    amount: f64,
) -> Result<(), Misread> {
    let usual = input(substance.supplement_input()).map(|info| info.plausible.1);
    let doubtful = dose.dimension.has_international_units()
        || usual.is_some_and(|usual| amount < usual / 50.0);
    let after = words.part(&(place.end..words.text.len()));
    let unit = after.split_whitespace().next().unwrap_or(after);
    written_number::refuse_thousands(words.text, place, unit, doubtful)
}

/// One of a dose's unit in mg of calcium or ug of a vitamin.
fn dose_factor(substance: Substance, dose: Unit, place: &Range<usize>) -> Result<f64, Misread> {
    let wanted = unit(if substance == Substance::Calcium { "mg" } else { "ug" });
    let matter = if substance == Substance::VitaminD { Matter::VitaminD } else { Matter::Any };
    let factor = wanted.and_then(|wanted| {
        let base = conversion(dose.dimension, wanted.dimension, matter)?;
        Some(base * dose.factor / wanted.factor)
    });
    factor.ok_or_else(|| {
        let help = match substance {
            Substance::Calcium => "Accepted: mg, g.",
            Substance::VitaminD => "Accepted: ug, mcg, IU, mg.",
            _ => "Accepted: ug, mcg, mg.",
        };
        Misread::new("not a unit of this dose", place.clone()).help(help)
    })
}

/// The unit of a dose: a mass or IU, without a time.
fn dose_unit(words: &mut Tokens<'_>) -> Result<Unit, Misread> {
    let mark = words.mark();
    let rhythm = matches!(read_frequency(&mut words.clone()), Ok(Some(_)));
    let Some(first) = words.take().filter(|_| !rhythm) else {
        return Err(Misread::new("the dose has no unit", words.here())
            .label("how much of what?")
            .help("Accepted: mg, g, ug, mcg, IU (vitamin D)."));
    };
    words.back_to(mark);
    if let Some(misread) = split_number(words) {
        return Err(misread);
    }
    words.take();
    unit(first.text).filter(|_| first.kind == TokenKind::Word).ok_or_else(|| {
        words.back_to(mark);
        const PIECES: [&str; 9] =
            ["tablet", "pill", "capsule", "softgel", "gummy", "gummies", "drop", "spoon", "scoop"];
        let spelled = first.text.to_lowercase();
        let piece = PIECES.contains(&spelled.strip_suffix('s').unwrap_or(&spelled));
        let meant = if piece {
            "write what one holds, and how many times: \"calcium 500 mg twice daily\". ".to_owned()
        } else {
            did_you_mean(first.text, ["mg", "ug", "mcg", "IU", "g"])
        };
        Misread::new("unknown unit", first.bytes)
            .label("not a unit of a dose")
            .help(format!("{meant}Accepted: mg, g, ug, mcg, IU (vitamin D)."))
    })
}

/// "(as carbonate)": a remark only, the amount is calcium already.
fn read_salt(words: &mut Tokens<'_>) -> Result<(), Misread> {
    if let Some(misread) = no_rhythm(words) {
        return Err(misread);
    }
    let mark = words.mark();
    let bracket = words.eat(&["("]);
    if !words.eat(&["as"]) {
        words.back_to(mark);
        return Ok(());
    }
    words.eat(&["calcium"]);
    let known = words.eat_any(&["carbonate", "citrate", "gluconate", "lactate", "phosphate"]);
    if known && (!bracket || words.eat(&[")"])) {
        return Ok(());
    }
    Err(Misread::new("unknown salt", words.here())
        .help("write \"(as carbonate)\" or \"(as citrate)\""))
}

#[cfg(test)]
mod tests;
