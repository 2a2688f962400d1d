//! Reads amounts, lengths of time, shares and "how often" into the units of the crate.

use crate::error::problem::Misread;
use crate::error::suggest;
use crate::units::number::rounded;
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::{Dimension, Matter, Unit, conversion, read_unit, spellings, unit};

/// The unit and matter that an amount must have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Target<'a> {
    /// Unit of the result, as in the crate's tables: `mg/d`, `mmol/L`, `1`.
    pub unit: &'a str,
    /// Matter that it measures, for conversions.
    pub matter: Matter,
    /// Its name in messages: "vitamin D from food".
    pub what: &'a str,
}

/// A number in the target's unit, with a remark if something had to be guessed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    pub value: f64,
    /// Remark on the guess.
    pub remark: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    PerDay(u32),
    PerWeek(u32),
    /// Once in this number of days.
    EveryDays(u32),
}

impl Frequency {
    /// Mean times per day.
    pub(crate) fn per_day(self) -> f64 {
        match self {
            Self::PerDay(times) => f64::from(times),
            Self::PerWeek(times) => f64::from(times) / 7.0,
            Self::EveryDays(days) => 1.0 / f64::from(days.max(1)),
        }
    }
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
    let wanted = unit(target.unit).unwrap_or(Unit { dimension: Dimension::NONE, factor: 1.0 });
    let mut words = Tokens::new(text)?;
    let number = expect_number(&mut words)?;
    let mark = words.mark();
    let written = read_unit(&mut words).map_err(explain)?;
    let unit_place = words.since(mark);
    words.eat(&[","]);
    let frequency = read_frequency(&mut words)?;
    if !words.at_end() {
        return Err(explain(leftover(&words)));
    }
    let per_day = Dimension::NONE.times(Dimension::time(), -1);
    let dimension = frequency.map_or(written.dimension, |_| written.dimension.times(per_day, 1));
    let times = frequency.map_or(1.0, Frequency::per_day);
    let convert = |from: Dimension| conversion(from, wanted.dimension, target.matter);
    let value = |factor: f64| number * times * (written.factor / wanted.factor) * factor;
    if let Some(factor) = convert(dimension) {
        return Ok(Amount { value: value(factor), remark: None });
    }
    let daily = convert(dimension.times(per_day, 1));
    let international = unit("IU").is_some_and(|iu| iu.dimension == dimension);
    if let (Some(factor), true) = (daily, international) {
        let remark = format!("read as {number} IU per day; write \"{number} IU/day\"");
        return Ok(Amount { value: value(factor), remark: Some(remark) });
    }
    Err(wrong_dimension(text, number, written, daily.is_some(), unit_place, target))
}

fn wrong_dimension(
    text: &str,
    number: f64,
    written: Unit,
    only_time_is_missing: bool,
    place: std::ops::Range<usize>,
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
    Misread::new(format!("this unit does not measure {}", target.what), whole)
        .label(format!("not a unit of {}", target.what))
        .help(accepted)
}

fn leftover(words: &Tokens<'_>) -> Misread {
    let is_word = words.peek().is_some_and(|token| token.kind == TokenKind::Word);
    let message = if is_word { "unknown unit" } else { "cannot read the rest of this amount" };
    Misread::new(message, words.here())
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

/// The spellings that a target accepts, for messages.
pub(crate) fn accepted(target: &Target<'_>) -> String {
    let text = match (target.unit, target.matter) {
        ("mg/d" | "ug/d", Matter::VitaminD) => "ug, mcg, IU, mg per day or week",
        ("mg/d" | "ug/d", _) => "ug, mcg, mg, g per day or week",
        ("d", _) => "minutes, hours, days, weeks, months, years",
        ("y", _) => "years, months",
        ("mmol/L", Matter::Calcium | Matter::Phosphate) => "mmol/L, mg/dL",
        ("pmol/L", Matter::Pth | Matter::Calcitriol) => "pmol/L, pg/mL",
        ("nmol/L", Matter::Calcidiol) => "nmol/L, ng/mL",
        ("1", _) => "a plain number, %",
        (other, _) => return other.into(),
    };
    text.into()
}

/// Reads a length of time in days: `20 years`, `12 weeks`, `10 hours`.
pub(crate) fn duration_days(text: &str, what: &str) -> Result<f64, Misread> {
    Ok(amount(text, &Target { unit: "d", matter: Matter::Any, what })?.value)
}

/// Reads a share between 0 and 1: `0.3`, `30 %`.
pub(crate) fn share(text: &str, what: &str) -> Result<f64, Misread> {
    let value = amount(text, &Target { unit: "1", matter: Matter::Any, what })?.value;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(Misread::new(format!("{what} is not a share"), 0..text.len())
        .label("not from 0 to 1 (0 to 100 %)")
        .help("write such as 0.3 or \"30 %\""))
}

/// Reads a clock time in hours: `07:30`.
pub(crate) fn clock_hour(text: &str) -> Result<f64, Misread> {
    let mut words = Tokens::new(text)?;
    match words.take().map(|token| token.kind) {
        Some(TokenKind::Clock(hour)) if words.at_end() => Ok(hour),
        _ => Err(Misread::new("not a clock time", 0..text.len())
            .help("write hours and minutes, such as \"07:30\"")),
    }
}

/// Takes a finite number, or says that one is missing.
pub(crate) fn expect_number(words: &mut Tokens<'_>) -> Result<f64, Misread> {
    let place = words.here();
    words.number().ok_or_else(|| {
        Misread::new("a number is missing", place)
            .label("a number was expected here")
            .help("write a number and its unit, such as \"500 mg/day\"")
    })
}

/// Days of a month in a rhythm: doses fall on whole days.
const MONTH: u32 = 30;

/// The error of "on Mondays" at the next words, if they name a day of the week.
pub(crate) fn weekday(words: &Tokens<'_>) -> Option<Misread> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let on = usize::from(words.peek().is_some_and(|token| token.is("on")));
    let word = words.ahead(on)?;
    let spelled = word.text.to_lowercase();
    let day = DAYS.contains(&spelled.strip_suffix('s').unwrap_or(&spelled));
    day.then(|| {
        Misread::new("days of the week cannot be chosen", words.here().start..word.bytes.end).help(
            "a run begins on no particular day of the week: write \"weekly\" or \"3 times a week\", \
             spread evenly",
        )
    })
}

/// Reads "daily", "3 times a week", "every other day", "/day" if it comes next.
pub(crate) fn read_frequency(words: &mut Tokens<'_>) -> Result<Option<Frequency>, Misread> {
    let mark = words.mark();
    if words.eat(&["daily"]) {
        return Ok(Some(Frequency::PerDay(1)));
    }
    if words.eat(&["weekly"]) {
        return Ok(Some(Frequency::EveryDays(7)));
    }
    if words.eat(&["monthly"]) {
        return Ok(Some(Frequency::EveryDays(MONTH)));
    }
    if words.eat(&["every"]) {
        return every(words, mark).map(Some);
    }
    let Some(times) = read_times(words)? else { return Ok(None) };
    let frequency = match period(words) {
        Some(1) if (1..=24).contains(&times) => Frequency::PerDay(times),
        Some(7) if times == 1 => Frequency::EveryDays(7),
        Some(7) if (2..=7).contains(&times) => Frequency::PerWeek(times),
        Some(MONTH) if (1..=3).contains(&times) => Frequency::EveryDays(MONTH / times),
        Some(days) => {
            return Err(Misread::new("too often", words.since(mark))
                .label(match days {
                    7 => "at most 7 times a week",
                    MONTH => "at most 3 times a month",
                    _ => "1 to 24 times a day",
                })
                .help("several doses a day are written as \"twice daily\""));
        }
        None => {
            words.back_to(mark);
            return Ok(None);
        }
    };
    Ok(Some(frequency))
}

/// "once", "twice", "3 times", "3x"; nothing before "a day" is once.
fn read_times(words: &mut Tokens<'_>) -> Result<Option<u32>, Misread> {
    const COUNTS: [(&str, u32); 8] = [
        ("once", 1),
        ("twice", 2),
        ("thrice", 3),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
    ];
    let mark = words.mark();
    if let Some((_, times)) = COUNTS.iter().find(|(word, _)| words.eat(&[word])) {
        words.eat_any(&["times", "x", "days"]);
        return Ok(Some(*times));
    }
    if words
        .peek()
        .is_some_and(|token| matches!(token.kind, TokenKind::Number(_) | TokenKind::Sign('-')))
    {
        let number = words.number().unwrap_or_default();
        if !words.eat_any(&["times", "time", "x", "×", "days"]) {
            words.back_to(mark);
            return Ok(None);
        }
        return whole(number, 24).map(Some).ok_or_else(|| {
            Misread::new("not a number of times", words.since(mark))
                .label("a whole number from 1 to 24 was expected")
                .help("write such as \"3 times a week\"")
        });
    }
    Ok(Some(1))
}

/// A whole number from 1 to `most`.
fn whole(number: f64, most: u32) -> Option<u32> {
    (1..=most).find(|count| f64::from(*count) == number)
}

/// Days of "a day", "per week", "/week", "daily"; nothing if none comes next.
fn period(words: &mut Tokens<'_>) -> Option<u32> {
    if words.eat(&["daily"]) {
        return Some(1);
    }
    if words.eat(&["weekly"]) {
        return Some(7);
    }
    if words.eat(&["monthly"]) {
        return Some(MONTH);
    }
    let mark = words.mark();
    if words.eat_any(&["a", "per", "each", "every", "/"]) {
        if words.eat_any(&["day", "d"]) {
            return Some(1);
        }
        if words.eat_any(&["week", "wk", "w"]) {
            return Some(7);
        }
        if words.eat(&["month"]) {
            return Some(MONTH);
        }
    }
    words.back_to(mark);
    None
}

fn every(words: &mut Tokens<'_>, mark: usize) -> Result<Frequency, Misread> {
    let count = if words.eat_any(&["other", "second"]) {
        Some(2)
    } else {
        words.number().map_or(Some(1), |number| whole(number, 3650))
    };
    let days = if words.eat_any(&["day", "days"]) {
        count
    } else if words.eat_any(&["week", "weeks"]) {
        count.map(|weeks| weeks * 7)
    } else if words.eat_any(&["month", "months"]) {
        count.map(|months| months * MONTH)
    } else {
        None
    };
    match days {
        Some(1) => Ok(Frequency::PerDay(1)),
        Some(days) => Ok(Frequency::EveryDays(days)),
        None => Err(Misread::new("cannot read how often", words.since(mark))
            .label("every what?")
            .help("write \"every 3 days\", \"every other day\" or \"every 2 weeks\"")),
    }
}
