//! Numbers of a sweep's answer: `{agatston_gain(mk7_supplement = 180 ug/day)}`, `{median(dp_ucmgp)}`.

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::scenario::claims::Expression;
use crate::scenario::dial::{DialKind, ScopedDial};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::{Outcome, OutcomeDefinition};
use crate::sweep::plan::Plan;
use crate::sweep::quantile::quantile;
use crate::sweep::range::single_value;
use crate::sweep::results_table::CellValue;
use std::ops::Range;

/// How such a number is written, for help.
pub(crate) const EXAMPLE: &str = "write the outcome of one run such as {agatston_gain(mk7_supplement = \
    180 ug/day)}, or median, lowest, highest of several, or share of a condition, such as \
    {median(agatston_gain)}; sums and ratios of them too; {{ stands for a brace";

/// One value of the results, or arithmetic of several.
#[derive(Clone, Debug)]
pub(crate) struct ResultNumber {
    pub pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Signs, brackets and numbers between the values.
    Arithmetic(String),
    Value(ResultValue),
}

/// A value of one run, or of the runs that have these values of what varies.
#[derive(Clone, Debug)]
pub(crate) struct ResultValue {
    pub statistic: Statistic,
    pub source: ResultSource,
    /// Empty for plain numbers.
    pub unit: String,
    /// Positions of axes of the grid, with those of the wanted values.
    at: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// The value of the only run.
    Only,
    Median,
    Lowest,
    Highest,
    /// The share of the runs in which a condition holds.
    Share,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResultSource {
    /// The outcome with this position.
    Outcome(usize),
    /// The value that the search found.
    Found,
}

/// What a sweep has that an answer may speak of.
pub(crate) struct Subjects<'a> {
    pub plan: &'a Plan,
    pub outcomes: &'a [Outcome],
    pub search: Option<&'a Search>,
    pub arms: &'a [String],
}

impl ResultValue {
    /// The number that the runs make; `None` if there is none. `column` gives that of one run.
    pub(crate) fn of(&self, plan: &Plan, column: &dyn Fn(u64) -> Option<f64>) -> Option<f64> {
        let runs = (0..plan.runs()).filter(|run| self.takes(plan, *run));
        let mut values: Vec<f64> = runs.filter_map(column).filter(|v| v.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        match self.statistic {
            Statistic::Only | Statistic::Lowest => values.first().copied(),
            Statistic::Highest => values.last().copied(),
            Statistic::Median => (!values.is_empty()).then(|| quantile(&values, 0.5)),
            Statistic::Share => {
                let all = values.len() as f64;
                (all > 0.0).then(|| values.iter().sum::<f64>() / all)
            }
        }
    }

    fn takes(&self, plan: &Plan, run: u64) -> bool {
        let positions = plan.positions(run);
        self.at.iter().all(|(axis, value)| positions.get(*axis) == Some(value))
    }
}

impl ResultNumber {
    /// Reads the inside of a placeholder.
    /// Errors: What cannot be read, and how to write it.
    pub(crate) fn read(text: &str, subjects: &Subjects<'_>) -> Result<Self, Misread> {
        let mut pieces = Vec::new();
        let mut trial = String::new();
        let mut at = 0;
        while let Some(call) = next_call(text, at, subjects) {
            let before = text.get(at..call.word.start).unwrap_or_default();
            pieces.push(Piece::Arithmetic(before.to_owned()));
            trial += before;
            let value = subjects.value(text, &call)?;
            trial += &format!("(1 {})", value.unit);
            pieces.push(Piece::Value(value));
            at = call.arguments.end + 1;
        }
        let after = text.get(at..).unwrap_or_default();
        pieces.push(Piece::Arithmetic(after.to_owned()));
        trial += after;
        if !pieces.iter().any(|piece| matches!(piece, Piece::Value(_))) {
            let message = format!("\"{}\" reads no outcome of this sweep", text.trim());
            return Err(Misread::new(message, 0..text.len()).help(subjects.help(text.trim())));
        }
        Expression::read(&trial, &[])
            .map_err(|misread| Misread { bytes: 0..text.len(), ..misread })?;
        Ok(Self { pieces })
    }
}

/// A word with brackets: `median(…)`.
struct Call {
    word: Range<usize>,
    arguments: Range<usize>,
}

/// The next word that an answer knows, with what stands in its brackets.
fn next_call(text: &str, from: usize, subjects: &Subjects<'_>) -> Option<Call> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = from;
    loop {
        let open = at + text.get(at..)?.find('(')?;
        let head = text.get(from..open)?;
        let start = from + head.rfind(|c| !is_letter(c)).map_or(0, |before| before + 1);
        let name = text.get(start..open)?;
        if statistic(name).is_some() || subjects.source(name).is_some() {
            let end = open + 1 + text.get(open + 1..)?.find(')')?;
            return Some(Call { word: start..open, arguments: open + 1..end });
        }
        at = open + 1;
    }
}

fn statistic(word: &str) -> Option<Statistic> {
    Some(match word {
        "median" => Statistic::Median,
        "lowest" => Statistic::Lowest,
        "highest" => Statistic::Highest,
        "share" => Statistic::Share,
        _ => return None,
    })
}

impl Subjects<'_> {
    /// Name of the value that the search finds, without its unit.
    fn found_name(&self) -> Option<String> {
        let search = self.search?;
        Some(format!("{}_{}", search.word(), search.dial.key))
    }

    /// The outcomes that there are, the one that was meant first.
    fn help(&self, word: &str) -> String {
        let outcomes = self.outcomes.iter().map(|outcome| outcome.name.clone());
        let known: Vec<String> = outcomes.chain(self.found_name()).collect();
        let meant = did_you_mean(word, known.iter().map(String::as_str));
        format!("{meant}Outcomes: {}. {EXAMPLE}", known.join(", "))
    }

    fn source(&self, name: &str) -> Option<ResultSource> {
        let outcome = self.outcomes.iter().position(|outcome| outcome.name == name);
        let found = || (self.found_name()? == name).then_some(ResultSource::Found);
        outcome.map(ResultSource::Outcome).or_else(found)
    }

    fn value(&self, text: &str, call: &Call) -> Result<ResultValue, Misread> {
        let name = text.get(call.word.clone()).unwrap_or_default();
        let mut arguments = Vec::new();
        let mut start = call.arguments.start;
        for argument in text.get(call.arguments.clone()).unwrap_or_default().split(',') {
            arguments.push((argument, start..start + argument.len()));
            start += argument.len() + 1;
        }
        let statistic = statistic(name);
        let named =
            if statistic.is_some() { arguments.remove(0) } else { (name, call.word.clone()) };
        let wanted = named.0.trim();
        let source = self.source(wanted).ok_or_else(|| {
            let message = format!("there is no outcome \"{wanted}\"");
            Misread::new(message, named.1.clone()).help(self.help(wanted))
        })?;
        let at = arguments
            .into_iter()
            .filter(|(argument, _)| !argument.trim().is_empty())
            .map(|(argument, bytes)| self.place(argument, bytes))
            .collect::<Result<Vec<_>, _>>()?;
        let statistic = statistic.unwrap_or(Statistic::Only);
        let value = ResultValue { statistic, source, at, unit: String::new() };
        let bytes = call.word.start..call.arguments.end + 1;
        let unit = self.unit(&value, wanted, bytes)?;
        Ok(ResultValue { unit, ..value })
    }

    /// The unit of a value that makes sense.
    fn unit(
        &self,
        value: &ResultValue,
        name: &str,
        bytes: Range<usize>,
    ) -> Result<String, Misread> {
        let outcome = match value.source {
            ResultSource::Outcome(position) => self.outcomes.get(position),
            ResultSource::Found => None,
        };
        let is_condition =
            outcome.is_some_and(|one| matches!(one.measure, OutcomeDefinition::Condition(_)));
        if is_condition != (value.statistic == Statistic::Share) {
            let help = "share(CONDITION) is for conditions, the others for values";
            let message =
                format!("\"{name}\" is {}", if is_condition { "a condition" } else { "a value" });
            return Err(Misread::new(message, bytes).help(help));
        }
        let runs = (0..self.plan.runs()).filter(|run| value.takes(self.plan, *run)).take(2).count();
        if value.statistic == Statistic::Only && runs > 1 {
            let fixed: Vec<usize> = value.at.iter().map(|(axis, _)| *axis).collect();
            let open = self.plan.axes.iter().enumerate().filter(|(axis, _)| !fixed.contains(axis));
            let open: Vec<&str> = open.map(|(_, axis)| &*axis.dial.key).collect();
            let help = if open.is_empty() {
                "there are samples: write median(…), lowest(…) or highest(…)".to_owned()
            } else {
                format!(
                    "say at which {}, or write median(…), lowest(…) or highest(…)",
                    open.join(" and ")
                )
            };
            return Err(Misread::new("several runs have this value", bytes).help(help));
        }
        let found = || self.search?.columns().into_iter().next();
        let column = outcome.map(Outcome::column).or_else(found);
        let unit = column.map_or_else(String::new, |column| column.unit);
        // In sums and ratios a percentage is a plain number: `2 * 3 %` would be 0.06.
        Ok(if is_condition || ["1", "%"].contains(&unit.as_str()) { String::new() } else { unit })
    }

    /// `mk7_supplement = 180 ug/day` as positions of the axis and of its value.
    fn place(&self, argument: &str, bytes: Range<usize>) -> Result<(usize, usize), Misread> {
        let failed =
            |message: String, help: String| Misread::new(message, bytes.clone()).help(help);
        let Some((key, text)) = argument.split_once('=') else {
            let message = format!("\"{}\" does not say where", argument.trim());
            return Err(failed(message, "write such as mk7_supplement = 180 ug/day".to_owned()));
        };
        let (key, text) = (key.trim(), text.trim());
        let dial = ScopedDial::find(key, self.arms).ok();
        let axes = || self.plan.axes.iter();
        let Some((position, axis)) =
            axes().enumerate().find(|(_, axis)| Some(&axis.dial) == dial.as_ref())
        else {
            let known: Vec<&str> = axes().map(|axis| &*axis.dial.key).collect();
            let help = format!("axes of the grid: {}", known.join(", "));
            return Err(failed(format!("{key} is no axis of this sweep"), help));
        };
        let wanted = match &axis.dial.dial.kind {
            DialKind::Number(number) => single_value(text, number)
                .map_err(|misread| Misread { bytes: bytes.clone(), ..misread })?,
            DialKind::Word(_) => CellValue::Word(text.to_owned()),
        };
        let same = |value: &CellValue| match (value, &wanted) {
            (CellValue::Number(a), CellValue::Number(b)) => {
                (a - b).abs() <= 1e-9 * a.abs().max(1e-9)
            }
            (a, b) => a == b,
        };
        match axis.values.iter().position(same) {
            Some(value) => Ok((position, value)),
            None => {
                let message = format!("the sweep does not run at {key} = {text}");
                Err(failed(message, "take a value of that axis".to_owned()))
            }
        }
    }
}
