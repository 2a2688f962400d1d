//! The timing in a `take` line: frequency, clock times, missed doses, first and last day.

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::nutrition::take::Until;
use crate::units::amount::{expect_number, further_times};
use crate::units::clock::{clock_help, eat_clock};
use crate::units::date::{Date, days_until, eat_date};
use crate::units::frequency::{Frequency, read_frequency, weekday};
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::{Dimension, unit};

/// Frequency, clock times, missed share and days of a regimen, as read so far.
#[derive(Default)]
pub(super) struct DoseTiming {
    frequency: Option<Frequency>,
    once: bool,
    hours: Vec<f64>,
    /// Hours are written as clock times, not as parts of the day.
    pub(super) clock_times: bool,
    pub(super) with_meals: bool,
    pub(super) missed_share: f64,
    pub(super) from_day: Option<f64>,
    pub(super) until: Until,
}

impl DoseTiming {
    /// Reads one more part of the line.
    pub(super) fn read_next(
        &mut self,
        words: &mut Tokens<'_>,
        start: Option<Date>,
    ) -> Result<(), Misread> {
        let empty = words.eat_any(&[",", ";", "and"])
            || words.eat(&["without", "food"])
            || words.eat(&["without", "meals"]);
        if empty {
            return Ok(());
        }
        if words.eat_any(&["missed", "missing"]) {
            return self.read_missed(words);
        }
        if self.read_part_of_day(words) {
            return Ok(());
        }
        if words.eat(&["at"]) {
            return self.read_hours(words);
        }
        if words.eat(&["with", "a", "meal"])
            || ["meals", "meal", "food"].iter().any(|word| words.eat(&["with", word]))
        {
            self.with_meals = true;
        } else if words.eat(&["from"]) {
            self.from_day = Some(read_day(words, start)?);
        } else if words.eat_any(&["to", "until"]) {
            self.until = Until::Day(read_day(words, start)?);
        } else if words.eat(&["for"]) {
            self.until = Until::Lasting(read_day(words, None)?);
        } else if let Some(frequency) = read_frequency(words)? {
            self.frequency = Some(frequency);
        } else if words.eat(&["once"]) {
            self.once = true;
            self.until = Until::Lasting(1.0);
        } else {
            return Err(unknown_part(words));
        }
        Ok(())
    }

    /// "with breakfast", "in the evening", "every morning and evening", "at bedtime".
    fn read_part_of_day(&mut self, words: &mut Tokens<'_>) -> bool {
        let mark = words.mark();
        let every = words.eat(&["every"]) || words.eat(&["each"]);
        let led = every || words.eat(&["in", "the"]) || words.eat_any(&["with", "at"]);
        let Some(first) = part_of_day(words).filter(|_| led) else {
            words.back_to(mark);
            return false;
        };
        let next = |words: &mut Tokens<'_>| {
            let more = words.eat_any(&["and", ","]);
            let _ = words.eat(&["in", "the"]) || words.eat_any(&["with", "at", "every"]);
            part_of_day(words).filter(|_| more)
        };
        for (hour, is_meal) in std::iter::once(first).chain(further(words, &next)) {
            self.hours.push(hour);
            self.with_meals |= is_meal;
        }
        self.hours.sort_by(f64::total_cmp);
        if every && self.frequency.is_none() {
            self.frequency = Some(Frequency::DAILY);
        }
        true
    }

    fn read_missed(&mut self, words: &mut Tokens<'_>) -> Result<(), Misread> {
        let mark = words.mark();
        let number = expect_number(words, "\"missed 10 %\"")?;
        let share =
            if words.eat(&["%"]) || words.eat(&["percent"]) { number / 100.0 } else { number };
        if !(0.0..=1.0).contains(&share) {
            return Err(Misread::new("not a share of doses", words.since(mark))
                .label("from 0 % to 100 %")
                .help("write such as \"missed 10 %\""));
        }
        self.missed_share = share;
        let mark = words.mark();
        words.eat(&["of"]);
        words.eat_any(&["the", "all"]);
        if !words.eat(&["doses"]) {
            words.back_to(mark);
        }
        Ok(())
    }

    fn read_hours(&mut self, words: &mut Tokens<'_>) -> Result<(), Misread> {
        let Some(first) = eat_clock(words) else {
            let place = words.here();
            let written = words.text.get(place.start..).unwrap_or_default();
            return Err(Misread::new("not a clock time", place).help(clock_help(written)));
        };
        let next = |words: &mut Tokens<'_>| {
            let more = words.eat_any(&[",", "and"]);
            words.eat(&["at"]);
            eat_clock(words).filter(|_| more)
        };
        self.clock_times = true;
        self.hours.push(first);
        self.hours.extend(further(words, &next));
        self.hours.sort_by(f64::total_cmp);
        Ok(())
    }

    pub(super) fn rhythm_and_hours(&self, text: &str) -> Result<(Frequency, Vec<f64>), Misread> {
        let whole = 0..text.len();
        let from = self.from_day.unwrap_or(0.0);
        if matches!(self.until, Until::Day(end) if end <= from) || self.until == Until::Lasting(0.0)
        {
            return Err(Misread::new("it ends before it begins", whole)
                .help("write such as \"from 2 years to 5 years\" or \"for 8 weeks\""));
        }
        let (rhythm, times) = match (self.once, self.frequency) {
            (true, None) => (Frequency::DAILY, None),
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
            (false, Some(Frequency::PerDay(times))) => (Frequency::DAILY, Some(times)),
            (false, Some(rarer)) => (rarer, None),
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
                Err(Misread::new("a single dose has a single clock time", whole)
                    .help("write such as \"once at 08:00\""))
            }
            _ => Ok((rhythm, self.hours.clone())),
        }
    }
}

/// Takes what `next` reads until it finds nothing.
fn further<T>(words: &mut Tokens<'_>, next: &dyn Fn(&mut Tokens<'_>) -> Option<T>) -> Vec<T> {
    let mut found = Vec::new();
    loop {
        let mark = words.mark();
        let Some(one) = next(words) else {
            words.back_to(mark);
            return found;
        };
        found.push(one);
    }
}

/// Clock hours of a number of doses a day (section 10); four and more are spread evenly from 07:30
/// to 22:30 (*assumed*).
pub(crate) fn pill_hours(times: u32) -> Vec<f64> {
    match times {
        0 | 1 => vec![7.5],
        2 => vec![7.5, 18.5],
        3 => vec![7.5, 12.5, 18.5],
        _ => (0..times).map(|dose| 7.5 + 15.0 * f64::from(dose) / f64::from(times - 1)).collect(),
    }
}

/// Clock hour of a part of the day, and whether it is a meal (hours *assumed*, as the usual meals).
fn part_of_day(words: &mut Tokens<'_>) -> Option<(f64, bool)> {
    const PARTS: [(&[&str], f64, bool); 6] = [
        (&["breakfast"], 7.5, true),
        (&["lunch"], 12.5, true),
        (&["dinner", "supper"], 18.5, true),
        (&["morning"], 7.5, false),
        (&["evening"], 18.5, false),
        (&["bedtime", "night"], 22.0, false),
    ];
    let (_, hour, is_meal) = PARTS.iter().find(|(names, ..)| words.eat_any(names))?;
    Some((*hour, *is_meal))
}

/// "2 years", "1 year 6 months", "week 4", "day 10", "2027-01-01", "start": days from the
/// scenario's start.
///
/// "week 4" is the beginning of the time after four weeks, as "4 weeks" is.
fn read_day(words: &mut Tokens<'_>, start: Option<Date>) -> Result<f64, Misread> {
    let place = words.here();
    if words.eat(&["start"]) {
        return Ok(0.0);
    }
    let mark = words.mark();
    if let Some(date) = eat_date(words) {
        return days_until(date, start, words.since(mark));
    }
    let unit_word = |words: &mut Tokens<'_>| {
        let found = words
            .peek()
            .and_then(|token| unit(token.text).filter(|_| token.kind == TokenKind::Word));
        let found = found.filter(|unit| unit.dimension == Dimension::time());
        if found.is_some() {
            words.take();
        }
        found
    };
    let before = unit_word(words);
    let number = words.number();
    let after = if before.is_none() { unit_word(words) } else { None };
    let further = if after.is_some() { further_times(words)? } else { 0.0 };
    match (number, before.or(after)) {
        (Some(number), Some(unit)) if number >= 0.0 => Ok(number * unit.factor + further),
        _ => Err(Misread::new("cannot read this time", place)
            .label("a time from the scenario's start was expected")
            .help("write such as \"2 years\", \"12 weeks\" or \"day 10\"")),
    }
}

fn unknown_part(words: &Tokens<'_>) -> Misread {
    if let Some(misread) = weekday(words) {
        return misread;
    }
    let place = words.here();
    let word = words.text.get(place.clone()).unwrap_or_default();
    const PARTS: [&str; 12] = [
        "daily", "weekly", "twice", "once", "every", "with", "missed", "from", "until", "for",
        "at", "times",
    ];
    let meant = did_you_mean(word, PARTS);
    Misread::new(format!("cannot read \"{word}\" here"), place).help(format!(
        "{meant}After the dose: how often (\"twice daily\", \"3 times a week\", \"every 3 days\", \
         \"once\"), \"with meals\", \"with breakfast\", \"at 21:00\", \"missed 10 %\", \"from 2 years to 5 years\"."
    ))
}
