//! Reads what is taken, as people write it.
//!
//! ```text
//! calcium 500 mg (as carbonate) twice daily with meals
//! vitamin D3 800 IU daily
//! MK-7 360 ug 3 times a week, missed 10 %
//! MK-4 15 mg three times daily        MK-7 90 ug every 3 days at 21:00
//! K1 1 mg weekly from 2 years to 5 years
//! vitamin D 2500 ug once from week 4  pill MK-7 90 daily
//! ```
//!
//! An amount of *calcium* is elemental calcium, whatever salt stands in brackets; an amount of
//! *calcium carbonate* or *calcium citrate* is the salt's mass and holds 40 % or 21 % calcium.
//! `once` is a single dose; in the averaged resolution it is spread over its day.

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::nutrition::foods::{FOODS, Matrix};
use crate::nutrition::regimen::{Regimen, Rhythm, Substance};
use crate::units::amount::{Frequency, expect_number, read_frequency};
use crate::units::words::{Kind, Words};
use crate::units::{
    CALCIUM_SHARE_OF_CARBONATE, CALCIUM_SHARE_OF_CITRATE, Dimension, Matter, Unit, conversion,
    read_unit, unit,
};

/// What was read: the regimens (several for a pill that holds several substances) and remarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The regimens, as if taken from day 0 for ever.
    regimens: Vec<Regimen>,
    /// First day, if the text says one \[d from the scenario's start\].
    pub from_day: Option<f64>,
    /// When it ends.
    pub until: Until,
    /// What a reader should know: that a salt's mass is not calcium.
    pub remark: Option<String>,
}

/// When a regimen ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Until {
    /// It goes on.
    #[default]
    Never,
    /// On this day from the scenario's start.
    Day(f64),
    /// After so many days.
    Lasting(f64),
}

impl Taken {
    /// The regimens with their days; those that do not say when they begin, begin at `day`.
    #[must_use]
    pub fn starting(&self, day: f64) -> Vec<Regimen> {
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

/// Names of what can be taken: spelling, substance, share of it in the mass.
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
#[must_use]
pub fn substance(name: &str) -> Option<Substance> {
    let mut words = Words::new(name).ok()?;
    let (substance, _) = read_name(&mut words)?;
    words.at_end().then_some(substance)
}

/// Names for suggestions.
#[must_use]
pub fn substance_names() -> Vec<String> {
    NAMES.iter().map(|(words, ..)| words.join(" ")).collect()
}

/// Reads one line of a `take` list.
pub fn read(text: &str) -> Result<Taken, Misread> {
    let mut words = Words::new(text)?;
    let contents = read_contents(&mut words)?;
    let mut plan = Plan::default();
    while !words.at_end() {
        plan.read_next(&mut words)?;
    }
    let (rhythm, hours) = plan.rhythm_and_hours(text)?;
    let regimens = contents.doses.iter().map(|(substance, dose)| Regimen {
        substance: *substance,
        dose: *dose,
        rhythm,
        hours: hours.clone(),
        with_meals: plan.with_meals,
        missed_share: plan.missed_share,
        from_day: 0.0,
        to_day: f64::INFINITY,
    });
    let regimens = regimens.collect();
    Ok(Taken { regimens, from_day: plan.from_day, until: plan.until, remark: contents.remark })
}

struct Contents {
    doses: Vec<(Substance, f64)>,
    remark: Option<String>,
}

fn read_name(words: &mut Words<'_>) -> Option<(Substance, f64)> {
    let (_, substance, share) = NAMES.iter().find(|(name, ..)| words.eat(name))?;
    Some((*substance, *share))
}

/// "calcium 500 mg (as carbonate)", "25 ug vitamin D3", "pill MK-7 90".
fn read_contents(words: &mut Words<'_>) -> Result<Contents, Misread> {
    if let Some(pill) = read_pill(words)? {
        return Ok(pill);
    }
    let start = words.mark();
    let name_first = read_name(words);
    let place = words.here();
    let number = match (name_first, expect_number(words)) {
        (_, Ok(number)) => number,
        (Some(_), Err(misread)) => return Err(misread.help("write how much, such as \"500 mg\"")),
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
    let wanted = unit(if substance == Substance::Calcium { "mg" } else { "ug" });
    let matter = if substance == Substance::VitaminD { Matter::VitaminD } else { Matter::Any };
    let factor = wanted.and_then(|wanted| {
        let base = conversion(dose.dimension, wanted.dimension, matter)?;
        Some(base * dose.factor / wanted.factor)
    });
    let Some(factor) = factor else {
        let help = match substance {
            Substance::Calcium => "Accepted: mg, g.",
            Substance::VitaminD => "Accepted: ug, mcg, IU, mg.",
            _ => "Accepted: ug, mcg, mg.",
        };
        let place = if unit_place.is_empty() { place } else { unit_place };
        return Err(Misread::new("not a unit of this dose", place).help(help));
    };
    let amount = number * factor * share;
    if amount < 0.0 {
        return Err(Misread::new("a negative dose", place));
    }
    read_salt(words)?;
    let remark = (share < 1.0).then(|| {
        format!(
            "{} mg of this salt hold {} mg of calcium; amounts of calcium itself are written \
             \"calcium {} mg\"",
            crate::units::amount::rounded(number * factor),
            crate::units::amount::rounded(amount),
            crate::units::amount::rounded(amount)
        )
    });
    Ok(Contents { doses: vec![(substance, amount)], remark })
}

/// The unit of a dose: a mass or IU, without a time.
fn dose_unit(words: &mut Words<'_>) -> Result<Unit, Misread> {
    let mark = words.mark();
    let Some(first) = words.take() else {
        return Err(Misread::new("the dose has no unit", words.here())
            .label("how much of what?")
            .help("Accepted: mg, g, ug, mcg, IU (vitamin D)."));
    };
    unit(first.text).filter(|_| first.kind == Kind::Word).ok_or_else(|| {
        words.back_to(mark);
        let meant = did_you_mean(first.text, ["mg", "ug", "mcg", "IU", "g"]);
        Misread::new("unknown unit", first.bytes)
            .label("not a unit of a dose")
            .help(format!("{meant}Accepted: mg, g, ug, mcg, IU (vitamin D)."))
    })
}

/// "(as carbonate)": a remark only, the amount is calcium already.
fn read_salt(words: &mut Words<'_>) -> Result<(), Misread> {
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

fn unknown_name(words: &mut Words<'_>, mark: usize) -> Misread {
    words.back_to(mark);
    let place = words.here();
    let rest = words.text.get(place.start..).unwrap_or_default();
    let first = words.text.get(place.clone()).unwrap_or_default();
    if crate::nutrition::foods::food(rest).is_some()
        || crate::nutrition::foods::food(first).is_some()
    {
        return Misread::new(format!("\"{first}\" is a food, not a supplement"), place)
            .help("foods are written as foods = { NAME = \"40 g/day\" }");
    }
    if words.eat(&["vitamin", "K2"]) || words.eat(&["K2"]) || words.eat(&["vitamin", "K"]) {
        let place = words.since(mark);
        return Misread::new("which vitamin K?", place)
            .help("say \"MK-7\" or \"MK-4\" (forms of K2) or \"K1\"");
    }
    let names = substance_names();
    let meant = did_you_mean(first, names.iter().map(String::as_str));
    Misread::new(format!("unknown supplement \"{first}\""), place).help(format!(
        "{meant}Known: calcium, calcium carbonate, calcium citrate, vitamin D3, K1, MK-4, MK-7, and \
         the pills of `calcifate list foods`."
    ))
}

/// "pill MK-7 90", "2 x pill D3 25": a row of the food table that is a pill.
fn read_pill(words: &mut Words<'_>) -> Result<Option<Contents>, Misread> {
    let start = words.mark();
    let count = words.number().unwrap_or(1.0);
    words.eat_any(&["x", "×"]);
    let place = words.here();
    let rest = words.text.get(place.start..).unwrap_or_default().to_lowercase();
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
    while words.peek().is_some_and(|piece| piece.bytes.start < end) {
        words.take();
    }
    if count < 0.0 {
        return Err(Misread::new("a negative number of pills", words.since(start)));
    }
    let doses = crate::nutrition::diet::nutrients(food, count).into_iter();
    let substances =
        [Substance::Calcium, Substance::VitaminD, Substance::K1, Substance::Mk4, Substance::Mk7];
    let doses = doses.filter_map(|(input, dose)| {
        let substance = substances.into_iter().find(|s| s.supplement_input() == input)?;
        Some((substance, dose))
    });
    Ok(Some(Contents { doses: doses.collect(), remark: None }))
}

/// How often, when and how reliably.
#[derive(Default)]
struct Plan {
    frequency: Option<Frequency>,
    once: bool,
    hours: Vec<f64>,
    with_meals: bool,
    missed_share: f64,
    from_day: Option<f64>,
    until: Until,
}

impl Plan {
    /// Reads one more part of the line.
    fn read_next(&mut self, words: &mut Words<'_>) -> Result<(), Misread> {
        let mark = words.mark();
        if words.eat_any(&[",", ";", "and"]) {
            return Ok(());
        }
        if words.eat_any(&["missed", "missing"]) {
            return self.read_missed(words);
        }
        if words.eat(&["at"]) {
            return self.read_hours(words);
        }
        if words.eat(&["with", "a", "meal"])
            || ["meals", "meal", "food"].iter().any(|word| words.eat(&["with", word]))
        {
            self.with_meals = true;
            return Ok(());
        }
        if words.eat(&["without", "food"]) || words.eat(&["without", "meals"]) {
            return Ok(());
        }
        if words.eat(&["from"]) {
            self.from_day = Some(read_day(words)?);
            return Ok(());
        }
        if words.eat_any(&["to", "until"]) {
            self.until = Until::Day(read_day(words)?);
            return Ok(());
        }
        if words.eat(&["for"]) {
            self.until = Until::Lasting(read_day(words)?);
            return Ok(());
        }
        if let Some(frequency) = read_frequency(words)? {
            self.frequency = Some(frequency);
            return Ok(());
        }
        if words.eat(&["once"]) {
            self.once = true;
            self.until = Until::Lasting(1.0);
            return Ok(());
        }
        words.back_to(mark);
        Err(unknown_part(words))
    }

    fn read_missed(&mut self, words: &mut Words<'_>) -> Result<(), Misread> {
        let mark = words.mark();
        let number = expect_number(words)?;
        let share =
            if words.eat(&["%"]) || words.eat(&["percent"]) { number / 100.0 } else { number };
        if !(0.0..=1.0).contains(&share) {
            return Err(
                Misread::new("not a share of doses", words.since(mark)).label("from 0 % to 100 %")
            );
        }
        self.missed_share = share;
        Ok(())
    }

    fn read_hours(&mut self, words: &mut Words<'_>) -> Result<(), Misread> {
        loop {
            let place = words.here();
            let Some(Kind::Clock(hour)) = words.take().map(|piece| piece.kind) else {
                return Err(Misread::new("not a clock time", place).help(
                    "write hours and minutes, such as \"at 21:00\" or \"at 08:00 and 20:00\"",
                ));
            };
            self.hours.push(hour);
            let mark = words.mark();
            let more = words.eat_any(&[",", "and"])
                && words.peek().is_some_and(|piece| matches!(piece.kind, Kind::Clock(_)));
            if !more {
                words.back_to(mark);
                self.hours.sort_by(f64::total_cmp);
                return Ok(());
            }
        }
    }

    fn rhythm_and_hours(&self, text: &str) -> Result<(Rhythm, Vec<f64>), Misread> {
        let whole = 0..text.len();
        let from = self.from_day.unwrap_or(0.0);
        if matches!(self.until, Until::Day(end) if end <= from) || self.until == Until::Lasting(0.0)
        {
            return Err(Misread::new("it ends before it begins", whole));
        }
        let (rhythm, times) = match (self.once, self.frequency) {
            (true, None) => (Rhythm::Daily, None),
            (true, Some(_)) => {
                return Err(Misread::new("once, or again and again?", whole)
                    .help("write either \"once\" (a single dose) or how often"));
            }
            (false, None) => {
                return Err(Misread::new("it does not say how often", whole).help(
                    "add \"daily\", \"twice daily\", \"3 times a week\", \"weekly\", \"every 3 days\" \
                     or \"once\" (a single dose)",
                ));
            }
            (false, Some(Frequency::PerDay(times))) => (Rhythm::Daily, Some(times)),
            (false, Some(Frequency::PerWeek(times))) => (Rhythm::TimesPerWeek(times), None),
            (false, Some(Frequency::EveryDays(days))) => (Rhythm::EveryDays(days), None),
        };
        if self.hours.is_empty() {
            return Ok((rhythm, pill_hours(times.unwrap_or(1))));
        }
        match times {
            Some(times) if times > 1 && self.hours.len() != times as usize => {
                Err(Misread::new("as many clock times as doses a day are needed", whole)
                    .help(format!("{times} doses a day, {} clock times", self.hours.len())))
            }
            _ if self.once && self.hours.len() > 1 => {
                Err(Misread::new("a single dose has a single clock time", whole))
            }
            _ => Ok((rhythm, self.hours.clone())),
        }
    }
}

/// Clock hours of so many doses a day (section 10); four and more are spread evenly from 07:30 to
/// 22:30 (*assumed*).
#[must_use]
pub fn pill_hours(times: u32) -> Vec<f64> {
    match times {
        0 | 1 => vec![7.5],
        2 => vec![7.5, 18.5],
        3 => vec![7.5, 12.5, 18.5],
        _ => (0..times).map(|dose| 7.5 + 15.0 * f64::from(dose) / f64::from(times - 1)).collect(),
    }
}

/// "2 years", "week 4", "day 10", "start": days from the scenario's start.
///
/// "week 4" is the beginning of the time after four weeks, as "4 weeks" is.
fn read_day(words: &mut Words<'_>) -> Result<f64, Misread> {
    let place = words.here();
    if words.eat(&["start"]) {
        return Ok(0.0);
    }
    let unit_word = |words: &mut Words<'_>| {
        let found =
            words.peek().and_then(|piece| unit(piece.text).filter(|_| piece.kind == Kind::Word));
        let found = found.filter(|unit| unit.dimension == Dimension::time());
        if found.is_some() {
            words.take();
        }
        found
    };
    let before = unit_word(words);
    let number = words.number();
    let after = if before.is_none() { unit_word(words) } else { None };
    match (number, before.or(after)) {
        (Some(number), Some(unit)) if number >= 0.0 => Ok(number * unit.factor),
        _ => Err(Misread::new("cannot read this time", place)
            .label("a time from the scenario's start was expected")
            .help("write such as \"2 years\", \"12 weeks\" or \"day 10\"")),
    }
}

fn unknown_part(words: &Words<'_>) -> Misread {
    let place = words.here();
    let word = words.text.get(place.clone()).unwrap_or_default();
    const PARTS: [&str; 12] = [
        "daily", "weekly", "twice", "once", "every", "with", "missed", "from", "until", "for",
        "at", "times",
    ];
    let meant = did_you_mean(word, PARTS);
    Misread::new(format!("cannot read \"{word}\" here"), place).help(format!(
        "{meant}After the dose: how often (\"twice daily\", \"3 times a week\", \"every 3 days\", \
         \"once\"), \"with meals\", \"at 21:00\", \"missed 10 %\", \"from 2 years to 5 years\"."
    ))
}

#[cfg(test)]
mod tests;
