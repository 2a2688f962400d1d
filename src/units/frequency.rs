//! How often something is eaten or taken: "daily", "3 times a week", "monthly".

use crate::error::problem::Misread;
use crate::units::DAYS_PER_YEAR;
use crate::units::tokens::{TokenKind, Tokens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    PerDay(u32),
    /// `n` days of each week, spread evenly: day ⌊7·i/n⌋ of the week, i = 0 … n − 1.
    PerWeek(u32),
    /// Every `n` days: days 0, n, 2n …
    EveryDays(u32),
    /// So many times in this number of months, spread evenly: a month is a twelfth of a year of
    /// 365.25 days; each falls on the whole day of its time.
    PerMonths {
        times: u32,
        months: u32,
    },
}

impl Frequency {
    /// Every day.
    pub(crate) const DAILY: Self = Self::PerDay(1);

    /// Days after which it begins again.
    pub(crate) fn period_days(self) -> f64 {
        match self {
            Self::PerDay(_) => 1.0,
            Self::PerWeek(_) => 7.0,
            Self::EveryDays(days) => f64::from(days.max(1)),
            Self::PerMonths { months, .. } => days_of_months(months),
        }
    }

    /// Mean times per day.
    pub(crate) fn per_day(self) -> f64 {
        match self {
            Self::PerDay(times) => f64::from(times),
            Self::PerWeek(times) => f64::from(times) / 7.0,
            Self::EveryDays(days) => 1.0 / f64::from(days.max(1)),
            Self::PerMonths { times, months } => f64::from(times) / days_of_months(months),
        }
    }
}

/// Length of so many months \[d\].
pub(crate) fn days_of_months(months: u32) -> f64 {
    f64::from(months) * DAYS_PER_YEAR / 12.0
}

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

/// The error of a word at the next place that says no rhythm, or two: "biweekly", "as needed".
pub(crate) fn no_rhythm(words: &Tokens<'_>) -> Option<Misread> {
    const TWO_READINGS: [(&str, &str); 4] = [
        ("biweekly", "\"every 14 days\" or \"twice a week\""),
        ("bimonthly", "\"every 2 months\" or \"twice a month\""),
        ("biannually", "\"twice a year\" or \"every 2 years\""),
        ("biyearly", "\"twice a year\" or \"every 2 years\""),
    ];
    const UNSTEADY: [&str; 6] =
        ["occasionally", "sometimes", "regularly", "often", "rarely", "irregularly"];
    let next = words.peek()?;
    if let Some((word, readings)) = TWO_READINGS.iter().find(|(word, _)| next.is(word)) {
        return Some(
            Misread::new(format!("\"{word}\" is read in two ways"), words.here())
                .help(format!("write {readings}")),
        );
    }
    let after_as = next.is("as")
        && words.ahead(1).is_some_and(|word| {
            ["needed", "required", "directed", "prescribed"].iter().any(|other| word.is(other))
        });
    (after_as || UNSTEADY.iter().any(|word| next.is(word))).then(|| {
        Misread::new("it does not say how often", words.here()).help(
            "a run needs numbers: write such as \"daily\", \"3 times a week\" or \"every 10 days\"",
        )
    })
}

/// Reads "daily", "3 times a week", "every other day", "/day" if it comes next.
pub(crate) fn read_frequency(words: &mut Tokens<'_>) -> Result<Option<Frequency>, Misread> {
    let mark = words.mark();
    if let Some(misread) = no_rhythm(words) {
        return Err(misread);
    }
    if let Some(frequency) = word_of(words, &ADVERBS).or_else(|| word_of(words, &OTHER_WORDS)) {
        return Ok(Some(frequency));
    }
    if words.eat(&["every"]) {
        return every(words, mark).map(Some);
    }
    let Some(times) = read_times(words)? else { return Ok(None) };
    let Some(period) = period(words) else {
        words.back_to(mark);
        return Ok(None);
    };
    let (most, label) = match period {
        Frequency::PerDay(_) => (24, "1 to 24 times a day"),
        Frequency::PerMonths { months: 1, .. } => (3, "at most 3 times a month"),
        Frequency::PerMonths { .. } => (12, "at most 12 times a year"),
        _ => (7, "at most 7 times a week"),
    };
    if times > most {
        return Err(Misread::new("too often", words.since(mark))
            .label(label)
            .help("several doses a day are written as \"twice daily\""));
    }
    Ok(Some(match period {
        Frequency::PerDay(_) => Frequency::PerDay(times),
        Frequency::PerMonths { months, .. } => Frequency::PerMonths { times, months },
        _ if times > 1 => Frequency::PerWeek(times),
        once => once,
    }))
}

const WEEKLY: Frequency = Frequency::EveryDays(7);

const fn once_in(months: u32) -> Frequency {
    Frequency::PerMonths { times: 1, months }
}

const ADVERBS: [(&[&str], Frequency); 5] = [
    (&["daily"], Frequency::DAILY),
    (&["weekly"], WEEKLY),
    (&["monthly"], once_in(1)),
    (&["quarterly"], once_in(3)),
    (&["yearly", "annually"], once_in(12)),
];

/// Rhythms of one word behind which no number stands, those of prescriptions among them.
const OTHER_WORDS: [(&[&str], Frequency); 6] = [
    (&["nightly", "qd", "od"], Frequency::DAILY),
    (&["bid"], Frequency::PerDay(2)),
    (&["tid"], Frequency::PerDay(3)),
    (&["qid"], Frequency::PerDay(4)),
    (&["fortnightly"], Frequency::EveryDays(14)),
    (&["semiweekly"], Frequency::PerWeek(2)),
];

/// Takes a word of a table if one comes next.
fn word_of(words: &mut Tokens<'_>, table: &[(&[&str], Frequency)]) -> Option<Frequency> {
    table.iter().find(|(names, _)| words.eat_any(names)).map(|(_, frequency)| *frequency)
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
        let Some(number) = words.number() else { return Ok(None) };
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

/// "a day", "per week", "/week", "daily": once in that time; nothing if none comes next.
fn period(words: &mut Tokens<'_>) -> Option<Frequency> {
    const PERIODS: [(&[&str], Frequency); 4] = [
        (&["day", "d"], Frequency::DAILY),
        (&["week", "wk", "w"], WEEKLY),
        (&["month"], once_in(1)),
        (&["year"], once_in(12)),
    ];
    let mark = words.mark();
    let found = word_of(words, &ADVERBS).or_else(|| {
        let led = words.eat_any(&["a", "per", "each", "every", "/"]);
        led.then(|| word_of(words, &PERIODS)).flatten()
    });
    if found.is_none() {
        words.back_to(mark);
    }
    found
}

/// Most days, weeks, months or years between doses.
const LONGEST_GAP: u32 = 3650;

fn every(words: &mut Tokens<'_>, mark: usize) -> Result<Frequency, Misread> {
    let number_mark = words.mark();
    let count = if words.eat_any(&["other", "second"]) {
        Some(2)
    } else {
        words.number().map_or(Some(1), |number| whole(number, LONGEST_GAP))
    };
    let Some(count) = count else {
        return Err(Misread::new("cannot read how often", words.since(number_mark))
            .label(format!("a whole number from 1 to {LONGEST_GAP} was expected"))
            .help("write such as \"every 3 days\" or \"every 2 weeks\""));
    };
    if words.eat_any(&["day", "days"]) {
        return Ok(if count == 1 { Frequency::DAILY } else { Frequency::EveryDays(count) });
    }
    if words.eat_any(&["week", "weeks"]) {
        return Ok(Frequency::EveryDays(7 * count));
    }
    if count == 1 && words.eat(&["fortnight"]) {
        return Ok(Frequency::EveryDays(14));
    }
    if words.eat_any(&["month", "months"]) {
        return Ok(once_in(count));
    }
    if words.eat_any(&["year", "years"]) {
        return Ok(once_in(12 * count));
    }
    Err(Misread::new("cannot read how often", words.since(mark))
        .label("every what?")
        .help("write \"every 3 days\", \"every other day\" or \"every 2 weeks\""))
}
