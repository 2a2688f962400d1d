//! Reads amounts, lengths of time and shares into the units of the crate.

use crate::error::problem::Misread;
use crate::error::suggest;
use crate::units::frequency::{Frequency, read_frequency};
use crate::units::number::rounded;
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::written_number::refuse_thousands;
use crate::units::{Dimension, Matter, Unit, conversion, read_unit, spellings, unit};
use std::ops::Range;

/// The upper end of usual lengths of time, ten years: below a fiftieth of it, `1.000 days` may be
/// a thousand \[d\].
const USUAL_DAYS: f64 = 3652.5;

/// The unit and matter that an amount must have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Target<'a> {
    /// Unit of the result, as in the crate's tables: `mg/d`, `mmol/L`, `1`.
    pub unit: &'a str,
    pub matter: Matter,
    /// Its name in messages: "vitamin D from food".
    pub what: &'a str,
    /// The upper end of what is usual, where a thousandth of it may be a misread number.
    pub usual: Option<f64>,
}

impl Target<'_> {
    /// True if a value is so far below what is usual that a point may stand between thousands.
    pub(crate) fn is_far_below_usual(&self, value: f64) -> bool {
        self.usual.is_some_and(|usual| value.abs() < usual / 50.0)
    }
}

/// A number in the target's unit, with a remark if something had to be guessed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    pub value: f64,
    pub remark: Option<String>,
}

/// Reads a number with a unit, and how often where the target is "per day".
///
/// `800 IU` of vitamin D without a time is read as per day, with a remark.
pub(crate) fn amount(text: &str, target: &Target<'_>) -> Result<Amount, Misread> {
    read_amount(text, target, &|misread| with_accepted(misread, text, target))
}

/// As [`amount`]; `explain` adds help to an error about the unit.
fn read_amount(
    text: &str,
    target: &Target<'_>,
    explain: &dyn Fn(Misread) -> Misread,
) -> Result<Amount, Misread> {
    let Some(wanted) = unit(target.unit) else {
        let message = format!("{} is measured in an unknown unit, {}", target.what, target.unit);
        return Err(Misread::new(message, 0..text.len()).help("write the number without a unit"));
    };
    let mut words = Tokens::new(text)?;
    let number_place = words.here();
    let number = expect_number(&mut words, &example(target))?;
    if let Some(split) = split_number(&words) {
        return Err(split);
    }
    let mark = words.mark();
    let written = read_unit(&mut words).map_err(explain)?;
    let unit_place = words.since(mark);
    if target.unit == "mL/min" {
        eat_body_surface(&mut words);
    }
    let is_time = written.dimension == Dimension::time() && wanted.dimension == Dimension::time();
    let further = if is_time { further_times(&mut words)? } else { 0.0 };
    words.eat(&[","]);
    let frequency = read_frequency(&mut words)?;
    if !words.at_end() {
        return Err(split_number(&words).unwrap_or_else(|| explain(leftover(&words))));
    }
    let per_day = Dimension::NONE.times(Dimension::time(), -1);
    let dimension = frequency.map_or(written.dimension, |_| written.dimension.times(per_day, 1));
    let times = frequency.map_or(1.0, Frequency::per_day);
    let convert = |from: Dimension| conversion(from, wanted.dimension, target.matter);
    let value = |factor: f64| number * times * (written.factor / wanted.factor) * factor;
    let check_thousands = |value: f64| {
        let doubtful =
            written.dimension.has_international_units() || target.is_far_below_usual(value);
        let unit = text.get(number_place.end..).unwrap_or_default().trim();
        refuse_thousands(text, &number_place, unit, doubtful)
    };
    if let Some(factor) = convert(dimension) {
        check_thousands(value(factor))?;
        return Ok(Amount { value: value(factor) + further / wanted.factor, remark: None });
    }
    let daily = convert(dimension.times(per_day, 1));
    let international = unit("IU").is_some_and(|iu| iu.dimension == dimension);
    daily.map_or(Ok(()), |factor| check_thousands(value(factor)))?;
    if let (Some(factor), true) = (daily, international) {
        let remark = format!("read as {number} IU per day; write \"{number} IU/day\"");
        return Ok(Amount { value: value(factor), remark: Some(remark) });
    }
    Err(wrong_dimension(text, number, written, daily.is_some(), unit_place, target))
}

/// "per 1.73 m²" behind a kidney function: eGFR is meant per body surface in any case.
fn eat_body_surface(words: &mut Tokens<'_>) {
    let mark = words.mark();
    let per = words.eat_any(&["/", "per"]);
    let area = per && words.take().is_some_and(|token| token.kind == TokenKind::Number(1.73));
    let square = area && (words.eat_any(&["m2", "m²", "sqm"]) || words.eat(&["m", "^", "2"]));
    if !square {
        words.back_to(mark);
    }
}

/// Further parts of a length of time, "6 months" after "1 year" \[d\].
pub(crate) fn further_times(words: &mut Tokens<'_>) -> Result<f64, Misread> {
    let mut days = 0.0;
    loop {
        let mark = words.mark();
        words.eat_any(&["and", ","]);
        let number = words.peek().and_then(|token| match token.kind {
            TokenKind::Number(number) => Some(number),
            _ => None,
        });
        words.take();
        let word = words.peek().filter(|token| token.kind == TokenKind::Word);
        let found = word.and_then(|token| unit(token.text));
        let found = found.filter(|unit| unit.dimension == Dimension::time());
        let (Some(number), Some(unit)) = (number, found) else {
            words.back_to(mark);
            return Ok(days);
        };
        words.take();
        days += number * unit.factor;
    }
}

fn wrong_dimension(
    text: &str,
    number: f64,
    written: Unit,
    only_time_is_missing: bool,
    place: Range<usize>,
    target: &Target<'_>,
) -> Misread {
    let accepted = format!("Accepted: {}.", accepted(target));
    let whole = if place.is_empty() { 0..text.len() } else { place };
    if written.dimension == Dimension::NONE {
        return Misread::new(format!("{} has no unit", target.what), whole)
            .label("a number without a unit")
            .help(format!("write \"{number} {}\". {accepted}", display_unit(target.unit)));
    }
    if only_time_is_missing {
        return Misread::new(format!("{} says not per what time", target.what), whole)
            .label("per day or per week?")
            .help(format!("write \"{text}/day\". {accepted}"));
    }
    let units_of_vitamin_d =
        if written.dimension.has_international_units() { "IU count vitamin D only. " } else { "" };
    Misread::new(format!("this unit does not measure {}", target.what), whole)
        .label(format!("not a unit of {}", target.what))
        .help(format!("{units_of_vitamin_d}{accepted}"))
}

fn leftover(words: &Tokens<'_>) -> Misread {
    let is_word = words.peek().is_some_and(|token| token.kind == TokenKind::Word);
    let message = if is_word { "unknown unit" } else { "cannot read the rest of this amount" };
    Misread::new(message, words.here())
}

/// The error of `1 000`, where the next piece is the rest of a number.
pub(crate) fn split_number(words: &Tokens<'_>) -> Option<Misread> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = words.peek().filter(|token| token.text.len() == 3 && is_number(token.text))?;
    let before = words.mark().checked_sub(1)?;
    let place = words.since(before).start..rest.bytes.end;
    let written = words.text.get(place.clone()).unwrap_or_default();
    let together: String = written.split_whitespace().collect();
    is_number(&together).then(|| {
        Misread::new("two numbers where one was expected", place)
            .help(format!("write \"{together}\", without a space"))
    })
}

/// Adds the suggestion and the accepted spellings to an error about a unit.
fn with_accepted(misread: Misread, text: &str, target: &Target<'_>) -> Misread {
    let wrong = text.get(misread.bytes.clone()).unwrap_or_default();
    let meant = suggest::nearest(wrong, spellings());
    let mut help = String::new();
    // A known unit in a wrong place is no misspelling; suggesting itself would never end.
    if let Some(meant) = meant.filter(|meant| *meant != wrong) {
        help = format!("did you mean \"{meant}\"? ");
        let mut mended = text.to_owned();
        mended.replace_range(misread.bytes.clone(), meant);
        // Without suggestions, so that one mistake does not lead to the next for ever.
        if let Ok(amount) = read_amount(&mended, target, &|misread| misread)
            && !mended.ends_with(&display_unit(target.unit))
        {
            let value = rounded(amount.value);
            help += &format!("{mended} is {value} {}. ", display_unit(target.unit));
        }
    }
    let label = if misread.label.is_empty() {
        format!("not a unit of {}", target.what)
    } else {
        misread.label.clone()
    };
    misread.label(label).help(format!("{help}Accepted: {}.", accepted(target)))
}

/// A unit of the crate's tables for display: `mg/d` is `mg/day`.
pub(crate) fn display_unit(unit: &str) -> String {
    match unit {
        "y" => "years".into(),
        "d" => "days".into(),
        _ => unit.strip_suffix("/d").map_or_else(|| unit.into(), |part| format!("{part}/day")),
    }
}

/// The same with the letter µ.
pub(crate) fn unit_for_people(unit: &str) -> String {
    display_unit(unit).replace("ug", "µg")
}

/// The unit of a difference for people: of two percentages it is in points.
pub(crate) fn unit_of_difference(unit: &str) -> &str {
    if unit == "%" { "points" } else { unit }
}

/// The spellings that a target accepts, for messages.
pub(crate) fn accepted(target: &Target<'_>) -> String {
    let text = match (target.unit, target.matter) {
        ("mg/d" | "ug/d", _) => return format!("{} per day or week", masses(target).join(", ")),
        ("d", _) => "minutes, hours, days, weeks, months, years",
        ("y", _) => "years, months",
        ("mL/min", _) => "mL/min, mL/min/1.73m2",
        ("1", _) => "a plain number, %",
        (own, matter) => {
            return other_laboratories(own, matter)
                .map_or_else(|| own.into(), |(other, _)| format!("{own}, {other}"));
        }
    };
    text.into()
}

/// The unit in which other laboratories write a concentration, and how many of it are one of
/// `own`; none where all write the same.
pub(crate) fn other_laboratories(own: &str, matter: Matter) -> Option<(&'static str, f64)> {
    let other = match (own, matter) {
        ("mmol/L", Matter::Calcium | Matter::Phosphate) => "mg/dL",
        ("pmol/L", Matter::Pth | Matter::Calcitriol) => "pg/mL",
        ("nmol/L", Matter::Calcidiol) => "ng/mL",
        _ => return None,
    };
    let (from, to) = (unit(own)?, unit(other)?);
    let factor = conversion(from.dimension, to.dimension, matter)?;
    Some((other, from.factor / to.factor * factor))
}

/// Units of an amount per day: those that convert.
fn masses(target: &Target<'_>) -> Vec<&'static str> {
    let converts = |written: &&str| {
        let from = unit(&format!("{written}/d"));
        let pair = from.zip(unit(target.unit));
        pair.is_some_and(|(from, to)| {
            conversion(from.dimension, to.dimension, target.matter).is_some()
        })
    };
    ["ug", "mcg", "IU", "mg", "g", "mmol"].into_iter().filter(converts).collect()
}

/// Reads a length of time in days: `20 years`, `12 weeks`, `10 hours`.
pub(crate) fn duration_days(text: &str, what: &str) -> Result<f64, Misread> {
    let usual = Some(USUAL_DAYS);
    Ok(amount(text, &Target { unit: "d", matter: Matter::Any, what, usual })?.value)
}

/// Reads a share between 0 and 1: `0.3`, `30 %`.
pub(crate) fn share(text: &str, what: &str) -> Result<f64, Misread> {
    let value = amount(text, &Target { unit: "1", matter: Matter::Any, what, usual: None })?.value;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(Misread::new(format!("{what} is not a share"), 0..text.len())
        .label("not from 0 to 1 (0 to 100 %)")
        .help("write such as 0.3 or \"30 %\""))
}

/// Takes a finite number, or says that one is missing; `example` is what may be written.
pub(crate) fn expect_number(words: &mut Tokens<'_>, example: &str) -> Result<f64, Misread> {
    let place = words.here();
    words.number().ok_or_else(|| {
        Misread::new("a number is missing", place)
            .label("a number was expected here")
            .help(format!("write such as {example}"))
    })
}

/// An amount that a target takes, as it is written.
fn example(target: &Target<'_>) -> String {
    match target.unit {
        "d" => "\"30 days\"".to_owned(),
        "1" => "0.3".to_owned(),
        unit => format!("\"{} {}\"", rounded(target.usual.unwrap_or(1.0)), display_unit(unit)),
    }
}
