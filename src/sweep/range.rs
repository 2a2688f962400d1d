//! Reads how something varies: `0 … 360 ug/day step 30`, `normal 80 ± 15 mL/min, 30 … 120`.
//!
//! ```text
#![doc = include_str!("range/grammar.txt")]
//! ```

use crate::error::defect::OrDefect as _;
use crate::error::problem::Misread;
use crate::real::portable::{exp, ln};
use crate::scenario::dial::Number;
use crate::sweep::decimal::Decimal;
use crate::sweep::distribution::{Distribution, TruncatedNormal};
use crate::sweep::results_table::CellValue;
use crate::units::number::{exact_decimal, with_digits};
use crate::units::written_number::{refuse_separators, refuse_thousands};

/// More points than this no axis has.
pub(crate) const POINT_LIMIT: u64 = 1_000_000;

/// Points of an axis that does not say how many.
const USUAL_POINTS: u64 = 11;

/// The variation of a number: values, a range or a distribution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Variation {
    Points {
        points: Vec<f64>,
        /// A warning about them.
        remark: Option<String>,
    },
    /// Between two ends, without saying how: points of a grid, or drawn where there are samples.
    Between {
        low: Decimal,
        high: Decimal,
        /// One of the written unit in the number's unit.
        factor: f64,
        /// Even on a logarithmic scale.
        logarithmic: bool,
    },
    Sampled(Distribution),
}

/// Reads how a number varies.
/// Errors: What cannot be read, and how to write it.
pub(crate) fn read(text: &str, number: &Number) -> Result<Variation, Misread> {
    refuse_separators(text)?;
    let (head, options) = split(text);
    let (word, rest) = first_word(head);
    let variation = match word {
        "uniform" => uniform(rest, &options, number, false),
        "log-uniform" | "loguniform" => uniform(rest, &options, number, true),
        "normal" => normal(rest, &options, number, false),
        "log-normal" | "lognormal" => normal(rest, &options, number, true),
        "table" | "range" if rest.is_empty() => table(number, &options),
        _ => between(head, number).and_then(|ends| grid(ends, &options, number)),
    };
    variation.map_err(|misread| Misread { bytes: 0..text.len(), ..misread })
}

fn error(message: impl Into<String>) -> Misread {
    Misread::new(message, 0..0)
}

/// The words before and after the first comma, `step`, or `in`.
fn split(text: &str) -> (&str, Vec<&str>) {
    let mut pieces = text.split(',').map(str::trim);
    let mut head = pieces.next().unwrap_or_default();
    let mut options: Vec<&str> = Vec::new();
    for word in [" step ", " in ", " log", " linear"] {
        if let Some(at) = head.find(word) {
            let (before, after) = head.split_at(at);
            head = before.trim();
            options.insert(0, after.trim());
        }
    }
    options.extend(pieces.filter(|piece| !piece.is_empty()));
    (head, options)
}

fn first_word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// Two ends and the factor of their unit.
fn between(text: &str, number: &Number) -> Result<(Decimal, Decimal, f64), Misread> {
    const SEPARATORS: [&str; 5] = ["…", "...", "..", " to ", " and "];
    let text =
        ["from ", "between "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let halves = SEPARATORS.iter().find_map(|separator| text.split_once(separator));
    let no_range = || {
        let example = number.text(number.plausible.1.min(1000.0));
        error("cannot read this range").help(format!(
            "write LOW … HIGH with a unit, such as \"0 … {example} step 1\"; \
             also: a list of values, \"uniform LOW … HIGH\", \"normal MEAN ± SD\", \"table\""
        ))
    };
    let (low, high) = halves.ok_or_else(no_range)?;
    let (low_text, high_text) = (low, high);
    let (low, low_unit) = Decimal::split(low).ok_or_else(no_range)?;
    let (high, high_unit) = Decimal::split(high).ok_or_else(no_range)?;
    let factor = number.factor(high_unit)?;
    for (text, unit) in [(low_text, low_unit), (high_text, high_unit)] {
        refuse_thousands_in(text, unit, factor, number)?;
    }
    if !low_unit.is_empty() && low_unit != high_unit {
        let low = with_digits(low.value() * number.factor(low_unit)? / factor, 12);
        let (low, high) = (exact_decimal(low), exact_decimal(high.value()));
        return Err(error("the two ends have different units")
            .help(format!("write one unit, at the end: {low} … {high} {high_unit}")));
    }
    if low.value() > high.value() {
        return Err(error("the range is reversed").help(format!(
            "write the smaller end first: {} … {} {high_unit}",
            high.value(),
            low.value()
        )));
    }
    if low.value() == high.value() {
        return Err(error("the range is empty: both ends are the same")
            .help("write two different ends, or put the value into [set]"));
    }
    Ok((low, high, factor))
}

/// Refuses `1.000 IU/day`: three digits behind a dot, and in international units or far below
/// what is usual.
fn refuse_thousands_in(
    text: &str,
    unit: &str,
    factor: f64,
    number: &Number,
) -> Result<(), Misread> {
    let literal = text.trim();
    let literal = literal.strip_suffix(unit).unwrap_or(literal).trim();
    let value = literal.parse::<f64>().map_or(f64::INFINITY, |value| value * factor);
    let usual = number.usual.filter(|usual| *usual > 0.0).unwrap_or(number.plausible.1);
    let doubtful = unit.contains("IU") || value.abs() < usual / 50.0;
    refuse_thousands(literal, &(0..literal.len()), unit, doubtful)
}

fn grid(
    (low, high, factor): (Decimal, Decimal, f64),
    options: &[&str],
    number: &Number,
) -> Result<Variation, Misread> {
    let mut logarithmic = false;
    let mut points = None;
    let mut remark = None;
    for option in options {
        match first_word(option) {
            ("log" | "logarithmic", "") => logarithmic = true,
            ("linear", "") => logarithmic = false,
            ("step", step) => {
                let (found, note) = stepped(low, high, step, factor, number)?;
                points = Some(found);
                remark = note;
            }
            ("in", rest) => points = Some(counted(low, high, first_word(rest))?),
            other => points = Some(counted(low, high, other)?),
        }
    }
    if logarithmic && low.value() <= 0.0 {
        return Err(error("a logarithmic range begins above 0")
            .help("write such as \"1 … 1000 ug/day, 4 points, logarithmic\""));
    }
    let Some(mut points) = points else {
        return Ok(Variation::Between { low, high, factor, logarithmic });
    };
    if logarithmic {
        points = spread(low, high, points.len() as u64, true);
    }
    Ok(Variation::Points { points: points.iter().map(|point| point * factor).collect(), remark })
}

fn stepped(
    low: Decimal,
    high: Decimal,
    text: &str,
    factor: f64,
    number: &Number,
) -> Result<(Vec<f64>, Option<String>), Misread> {
    let wrong = || error("cannot read the step").help("write such as step 30");
    let (step, unit) = Decimal::split(text).ok_or_else(wrong)?;
    if !unit.is_empty() && number.factor(unit)? != factor {
        return Err(error("the step has another unit than the range")
            .help("write the unit once, at the end of the range"));
    }
    if step.value() <= 0.0 {
        return Err(error("the step must be above 0").help("write such as step 30"));
    }
    let (points, meets) = Decimal::steps(low, high, step, POINT_LIMIT).ok_or_else(|| {
        let count = ((high.value() - low.value()) / step.value()).floor() + 1.0;
        too_many(count)
    })?;
    let last = points.last().copied().or_defect("steps without a first point");
    let remark =
        (!meets).then(|| format!("the steps do not meet the end: the last point is {last}"));
    Ok((points, remark))
}

fn too_many(count: f64) -> Misread {
    error(format!("an axis of {count} points is too long"))
        .help(format!("at most {POINT_LIMIT} points; write a larger step or fewer points"))
}

/// `13 points`, or `12 steps` with one point more.
fn counted(low: Decimal, high: Decimal, (count, word): (&str, &str)) -> Result<Vec<f64>, Misread> {
    let steps = matches!(word, "steps" | "intervals");
    if !steps && !matches!(word, "points" | "values" | "point" | "value") {
        return Err(error(format!("cannot read \"{}\"", format!("{count} {word}").trim()))
            .help("known after a range: step 30, 13 points, in 12 steps, logarithmic, linear"));
    }
    let wanted: f64 = count.parse().map_err(|_| {
        error(format!("\"{count}\" is not a number of points")).help("write such as 13 points")
    })?;
    let count = if steps { wanted + 1.0 } else { wanted };
    if count > POINT_LIMIT as f64 {
        return Err(too_many(count));
    }
    if count.fract() != 0.0 || count < 1.0 || count.is_nan() {
        return Err(error(format!("an axis of {wanted} points has nothing to run"))
            .help("write a whole number of points, at least 2"));
    }
    if count < 2.0 {
        return Err(error("one point does not cover a range")
            .help("write at least 2 points, or put the value into [set]"));
    }
    Ok(spread(low, high, count as u64, false))
}

/// Points at equal distances, or at equal ratios.
fn spread(low: Decimal, high: Decimal, count: u64, logarithmic: bool) -> Vec<f64> {
    let mut points = Decimal::points(low, high, count);
    if logarithmic {
        let (start, end) = (low.value(), high.value());
        let gaps = (count - 1) as f64;
        let inner = points.len().saturating_sub(2);
        for (index, point) in (1_u32..).zip(points.iter_mut().skip(1).take(inner)) {
            let ratio = f64::from(index) / gaps;
            // So that 1 … 1000 passes through 10 and 100.
            *point = with_digits(exp(ln(start) + ratio * (ln(end) - ln(start))), 12);
        }
    }
    points
}

impl Variation {
    /// The points of a grid, whatever was said about their number.
    pub(crate) fn as_points(&self) -> Option<Vec<f64>> {
        match self {
            Self::Points { points, .. } => Some(points.clone()),
            Self::Between { low, high, factor, logarithmic } => {
                let points = spread(*low, *high, USUAL_POINTS, *logarithmic);
                Some(points.iter().map(|point| point * factor).collect())
            }
            Self::Sampled(_) => None,
        }
    }

    /// Its distribution, if it does not consist of points.
    pub(crate) fn as_distribution(&self) -> Option<Distribution> {
        match self {
            Self::Points { .. } => None,
            Self::Between { low, high, factor, logarithmic } => {
                let (low, high) = (low.value() * factor, high.value() * factor);
                Some(match logarithmic {
                    true => Distribution::LogUniform(low, high),
                    false => Distribution::Uniform(low, high),
                })
            }
            Self::Sampled(distribution) => Some(distribution.clone()),
        }
    }
}

fn uniform(
    text: &str,
    options: &[&str],
    number: &Number,
    logarithmic: bool,
) -> Result<Variation, Misread> {
    if let Some(option) = options.first() {
        return Err(error(format!("cannot read \"{option}\" here"))
            .help("a distribution is drawn; it has no steps and no points"));
    }
    let (low, high, factor) = between(text, number)?;
    if logarithmic && low.value() <= 0.0 {
        return Err(error("a log-uniform range begins above 0")
            .help("write such as \"log-uniform 1 … 1000 ug/day\""));
    }
    let ends = Variation::Between { low, high, factor, logarithmic };
    Ok(ends.as_distribution().map_or(ends, Variation::Sampled))
}

/// `80 ± 15 mL/min`, cut off at the ends of an option and of what is allowed.
fn normal(
    text: &str,
    options: &[&str],
    number: &Number,
    logarithmic: bool,
) -> Result<Variation, Misread> {
    let wrong = || {
        error("cannot read this distribution")
            .help("write MEAN ± SD with a unit, such as \"normal 80 ± 15 mL/min, 30 … 120\"")
    };
    let halves = ["±", "+-", "+/-", " sd "].iter().find_map(|sign| text.split_once(sign));
    let (mean, deviation) = halves.ok_or_else(wrong)?;
    let mean_text = mean;
    let (mean, mean_unit) = Decimal::split(mean).ok_or_else(wrong)?;
    let (deviation, unit) = Decimal::split(deviation).ok_or_else(wrong)?;
    let relative = unit == "%" && number.unit != "1";
    let unit = if relative || unit.is_empty() { mean_unit } else { unit };
    if !mean_unit.is_empty() && mean_unit != unit {
        return Err(error("mean and spread have different units")
            .help("write the unit once, at the end: \"normal 80 ± 15 mL/min\""));
    }
    let factor = number.factor(unit)?;
    refuse_thousands_in(mean_text, mean_unit, factor, number)?;
    let mean = mean.value() * factor;
    let share = if relative { mean.abs() / 100.0 } else { factor };
    let deviation = deviation.value() * share;
    let (mut low, mut high) = number.allowed;
    for option in options {
        let option = option.strip_prefix("truncated").unwrap_or(option).trim();
        // They may leave out the unit of the mean.
        let (from, to, factor) =
            between(option, number).or_else(|_| between(&format!("{option} {unit}"), number))?;
        low = low.max(from.value() * factor);
        high = high.min(to.value() * factor);
    }
    let found = if logarithmic {
        Distribution::log_normal(mean, deviation, low, high)
    } else {
        TruncatedNormal::between(mean, deviation, low, high).map(Distribution::Normal)
    };
    let (from, to) = (number.text(low), number.text(high));
    found.map(Variation::Sampled).ok_or_else(|| {
        error(format!("this distribution has nothing between {from} and {to}"))
            .help("the spread must be above 0, and the mean near what is allowed")
    })
}

/// The range of the table, with or without a number of points.
fn table(number: &Number, options: &[&str]) -> Result<Variation, Misread> {
    let (low, high) = number.plausible;
    if !(low.is_finite() && high.is_finite() && low < high) {
        return Err(error(format!("the table has no range of {}", number.label))
            .help("write the range: LOW … HIGH"));
    }
    let written = |value: f64| Decimal::split(&value.to_string()).map(|(decimal, _)| decimal);
    let (Some(low), Some(high)) = (written(low), written(high)) else {
        return Err(error(format!("the table's range of {} has too many digits", number.label))
            .help("write the range: LOW … HIGH"));
    };
    grid((low, high, 1.0), options, number)
}

/// A single value as written in a list.
/// Errors: What cannot be read.
pub(crate) fn single_value(text: &str, number: &Number) -> Result<CellValue, Misread> {
    let at = |misread: Misread| Misread { bytes: 0..text.len(), ..misread };
    refuse_separators(text)?;
    let (value, unit) = Decimal::split(text)
        .ok_or_else(|| at(error("cannot read this value").help("write a number with its unit")))?;
    let factor = number.factor(unit).map_err(at)?;
    refuse_thousands_in(text, unit, factor, number).map_err(at)?;
    Ok(CellValue::Number(value.value() * factor))
}

#[cfg(test)]
mod tests;
