//! Reads the grammar of claims, by recursive descent over words.

use crate::error::defect::OrDefect as _;
use crate::error::problem::Misread;
use crate::error::suggest::{did_you_mean, did_you_mean_arm, listed_words};
use crate::scenario::claims::dimensions::{from_percent, joined, same_dimension, scaled};
use crate::scenario::claims::{
    Comparison, Expression, Margin, Operation, Relation, Scope, Term, Test, UnitOfValue,
};
use crate::units::amount::expect_number;
use crate::units::date::Date;
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::{Dimension, Matter, Unit, is_unit, read_unit, spellings, unit};
use std::ops::Range;

const FORMS: &str = "a claim is VALUE < VALUE, VALUE < VALUE by MARGIN, VALUE between VALUE and VALUE, \
                     or VALUE within VALUE of VALUE; several are joined by `and`; \
                     `calcifate list claims` shows all";

const VALUES: &str = "a value is such as 40 pmol/L, end(cac), mean(pth, 2 years to 5 years), (a + b) / 2; \
                      `calcifate list claims` shows all";

const NUMBERS: &str = "40 pmol/L";

/// Greatest length of a claim: its tree is walked by recursion.
const LENGTH_LIMIT: usize = 4000;

const DEPTH_LIMIT: u32 = 50;

/// Reads a whole claim: one comparison, or several joined by `and`.
pub(crate) fn comparison(text: &str, scope: Scope<'_>) -> Result<Comparison, Misread> {
    let mut parser = Parser::new(text, scope)?;
    let mut first = parser.comparison()?;
    while parser.words.eat(&["and"]) {
        let next = parser.comparison()?;
        first.also.push(next);
    }
    parser.finish()?;
    Ok(first)
}

pub(crate) fn expression(text: &str, scope: Scope<'_>) -> Result<Expression, Misread> {
    let mut parser = Parser::new(text, scope)?;
    let value = parser.sum()?;
    parser.finish()?;
    Ok(value)
}

/// Reads a period alone: `2 to 5 years`, `from 2 years`; a date counts from `start_date`.
pub(crate) fn period(
    text: &str,
    start_date: Option<Date>,
) -> Result<(Option<f64>, Option<f64>), Misread> {
    let mut parser = Parser::new(text, Scope { arms: &[], start_date })?;
    let days = parser.period()?;
    parser.finish()?;
    Ok(days)
}

pub(super) struct Parser<'a> {
    pub(super) words: Tokens<'a>,
    arms: &'a [String],
    pub(super) start_date: Option<Date>,
    depth: u32,
    /// Places of readings that do not have an arm yet.
    open: Vec<Range<usize>>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, scope: Scope<'a>) -> Result<Self, Misread> {
        if text.len() > LENGTH_LIMIT {
            return Err(Misread::new("the claim is too long", 0..text.len())
                .help(format!("at most {LENGTH_LIMIT} bytes; write several claims")));
        }
        let Scope { arms, start_date } = scope;
        Ok(Self { words: Tokens::new(text)?, arms, start_date, depth: 0, open: Vec::new() })
    }

    fn comparison(&mut self) -> Result<Comparison, Misread> {
        let left = self.sum()?;
        let span = self.words.here();
        if self.words.eat(&["between"]) {
            return self.between(left, &span);
        }
        if self.words.eat(&["within"]) {
            return self.within(left, &span);
        }
        let relation = self.relation()?;
        let right = self.sum()?;
        let (value, other) = same_dimension(left, right, &span)?;
        let margin =
            if self.words.eat(&["by"]) { Some(self.margin(&value, &other)?) } else { None };
        Ok(Comparison { value, test: Test::Against { relation, other, margin }, also: Vec::new() })
    }

    /// The number after `by`, as a distance from the other value.
    fn margin(&mut self, value: &Expression, other: &Expression) -> Result<Margin, Misread> {
        let start = self.words.mark();
        let number = self.number("`by 1 %` or `by 2 AU`")?;
        let span = self.words.since(start);
        if !matches!(number.term, Term::Number(size) if size > 0.0) {
            return Err(Misread::new("a margin is larger than 0", span)
                .help("write such as `by 1 %` or `by 2 AU`"));
        }
        let written = self.words.text.get(span.clone()).unwrap_or_default().to_owned();
        Ok(Margin { distance: distance_from(value, other, number, &span)?, written })
    }

    fn finish(&self) -> Result<(), Misread> {
        if self.words.at_end() {
            return match self.open.first() {
                Some(reading) => {
                    let help = format!("add `in ARM`. {}", listed_words("Arms", self.arms));
                    Err(Misread::new("it does not say in which arm", reading.clone()).help(help))
                }
                None => Ok(()),
            };
        }
        let again = self.words.peek().is_some_and(|next| "<>≤≥=".contains(next.text));
        Err(Misread::new("cannot read the rest of the claim", self.words.here())
            .label("an operator, `and` or the end was expected")
            .help(if again { "write VALUE between LOW and HIGH" } else { FORMS }))
    }

    fn relation(&mut self) -> Result<Relation, Misread> {
        let span = self.words.here();
        let (less, greater) = (self.words.eat(&["<"]), self.words.eat(&[">"]));
        let equal = self.words.eat(&["="]);
        match (less, greater, equal) {
            (true, false, false) => Ok(Relation::Less),
            (true, false, true) => Ok(Relation::AtMost),
            (false, true, false) => Ok(Relation::Greater),
            (false, true, true) => Ok(Relation::AtLeast),
            _ if self.words.eat_any(&["≤"]) => Ok(Relation::AtMost),
            _ if self.words.eat_any(&["≥"]) => Ok(Relation::AtLeast),
            (_, _, true) => Err(Misread::new("values are never exactly equal", span)
                .help("write `within 0.01 of`, `<` or `>`")),
            _ => Err(Misread::new("a comparison is missing", span)
                .label("<, <=, >, >=, between or within expected")
                .help(FORMS)),
        }
    }

    fn between(&mut self, value: Expression, span: &Range<usize>) -> Result<Comparison, Misread> {
        let low = self.sum()?;
        self.expect("and", "between what and what?", "write VALUE between LOW and HIGH")?;
        let high = self.sum()?;
        let low = with_unit_of(low, &high);
        let (value, low) = same_dimension(value, low, span)?;
        let (value, high) = same_dimension(value, high, span)?;
        Ok(Comparison { value, test: Test::Between(low, high), also: Vec::new() })
    }

    fn within(&mut self, value: Expression, span: &Range<usize>) -> Result<Comparison, Misread> {
        let tolerance = self.sum()?;
        self.expect("of", "within that of what?", "write VALUE within TOLERANCE of VALUE")?;
        let of = self.sum()?;
        let (value, of) = same_dimension(value, of, span)?;
        let tolerance = distance_from(&value, &of, tolerance, span)?;
        Ok(Comparison { value, test: Test::Within(tolerance, of), also: Vec::new() })
    }

    pub(super) fn sum(&mut self) -> Result<Expression, Misread> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(Misread::new("too many brackets", self.words.here())
                .help(format!("at most {DEPTH_LIMIT} inside each other")));
        }
        let signs = [(&["+"][..], Operation::Plus), (&["-", "−"], Operation::Minus)];
        let value = self.joined(&signs, Self::product)?;
        self.depth -= 1;
        Ok(value)
    }

    fn product(&mut self) -> Result<Expression, Misread> {
        let signs = [(&["*", "·", "×"][..], Operation::Times), (&["/"], Operation::Over)];
        self.joined(&signs, Self::part)
    }

    /// Values with signs between them, joined from left to right.
    fn joined(
        &mut self,
        signs: &[(&[&str], Operation)],
        next: fn(&mut Self) -> Result<Expression, Misread>,
    ) -> Result<Expression, Misread> {
        let mut value = next(self)?;
        loop {
            let span = self.words.here();
            let found = signs.iter().find(|(signs, _)| self.words.eat_any(signs));
            let Some((_, operation)) = found else { return Ok(value) };
            value = joined(*operation, value, next(self)?, &span)?;
        }
    }

    /// A number, a reading or brackets, and the arm that it is about.
    fn part(&mut self) -> Result<Expression, Misread> {
        let start = self.words.mark();
        let Some(token) = self.words.peek().cloned() else {
            return Err(Misread::new("the claim is not finished", self.words.here())
                .label("a value was expected")
                .help(VALUES));
        };
        match token.kind {
            TokenKind::Number(_) => return self.number(NUMBERS),
            TokenKind::Sign('-' | '−') => {
                if self.words.ahead(1).is_some_and(|next| matches!(next.kind, TokenKind::Number(_)))
                {
                    return self.number(NUMBERS);
                }
                self.words.take();
                self.depth += 1;
                if self.depth > DEPTH_LIMIT {
                    return Err(Misread::new("too many signs", token.bytes)
                        .help("write one sign before a value"));
                }
                let value = self.part()?;
                self.depth -= 1;
                let measure = value.measure.clone();
                return Ok(scaled(-1.0, value, measure));
            }
            TokenKind::Sign('(') | TokenKind::Word => {}
            _ => {
                return Err(Misread::new("cannot read this part of the claim", token.bytes)
                    .label("a number, a quantity or a bracket expected")
                    .help(VALUES));
            }
        }
        let mut value = if self.words.eat(&["("]) {
            let value = self.sum()?;
            self.close()?;
            value
        } else {
            let value = self.named()?;
            if matches!(value.term, Term::Reading(_)) {
                self.open.push(self.words.since(start));
            }
            value
        };
        self.arm(&mut value, self.words.since(start))?;
        Ok(value)
    }

    /// `in ARM`; without it the only arm.
    pub(super) fn arm(
        &mut self,
        value: &mut Expression,
        span: Range<usize>,
    ) -> Result<(), Misread> {
        if self.words.eat(&["in"]) {
            self.words.eat(&["arm"]);
            let here = self.words.here();
            let word = self.words.take().map_or("", |token| token.text);
            // A name may begin with a digit; then it is cut into several pieces.
            let rest = self.words.text.get(here.start..).unwrap_or_default();
            let whole: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                .collect();
            let name = if self.arms.contains(&whole) { whole.as_str() } else { word };
            while self.words.peek().is_some_and(|p| p.bytes.start < here.start + name.len()) {
                self.words.take();
            }
            if !self.arms.iter().any(|arm| arm == name) {
                return Err(unknown_arm(name, here, self.arms));
            }
            fill_arm(value, name);
            self.open.retain(|reading| reading.start < span.start);
            return Ok(());
        }
        if let [only] = self.arms {
            fill_arm(value, only);
            self.open.clear();
        }
        Ok(())
    }

    pub(super) fn close(&mut self) -> Result<(), Misread> {
        self.expect(")", "a bracket is not closed", "write `)` behind what belongs together")
    }

    /// Takes a word or sign that must come next.
    pub(super) fn expect(&mut self, next: &str, message: &str, help: &str) -> Result<(), Misread> {
        let span = self.words.here();
        if self.words.eat(&[next]) {
            return Ok(());
        }
        Err(Misread::new(message, span).label(format!("`{next}` expected")).help(help))
    }

    pub(super) fn number(&mut self, example: &str) -> Result<Expression, Misread> {
        let mark = self.words.mark();
        let number = expect_number(&mut self.words, example)?;
        let before = self.words.mark();
        let next_is_unit = self.words.peek().is_some_and(|token| is_unit(token.text));
        let mut found = Unit { dimension: Dimension::NONE, factor: 1.0 };
        if next_is_unit {
            match read_unit(&mut self.words) {
                Ok(unit) => found = unit,
                Err(_) => {
                    // "5 mg / end(x)": the stroke divides, it does not belong to the unit.
                    self.words.back_to(before);
                    let text = self.words.take().map_or("", |token| token.text);
                    found = unit(text).or_defect("a unit that is none");
                }
            }
        } else if let Some(next) = self.words.peek().filter(|token| token.kind == TokenKind::Word)
            && !["in", "of", "and", "to", "between", "within", "by"]
                .iter()
                .any(|word| next.is(word))
        {
            let meant = did_you_mean(next.text, spellings());
            return Err(Misread::new("unknown unit", next.bytes.clone())
                .help(format!("{meant}write such as 0.02 mmol/L, 40 pmol/L, 10 %, 5 years")));
        }
        let span = self.words.since(before.min(self.words.mark()));
        let text = self.words.text.get(span).unwrap_or_default();
        let shown = if before == self.words.mark() { "" } else { text };
        let value = number * found.factor;
        if !value.is_finite() {
            return Err(Misread::new("not a finite number", self.words.since(mark))
                .help("write a smaller number"));
        }
        let measure = UnitOfValue {
            dimension: found.dimension,
            matter: Matter::Any,
            unit: shown.to_owned(),
            factor: found.factor,
            literal: true,
        };
        Ok(Expression { term: Term::Number(value), measure })
    }
}

/// A distance of a value from another, in the value's unit; a percentage is one of the other's size,
/// but means points where both are percentages.
fn distance_from(
    value: &Expression,
    of: &Expression,
    distance: Expression,
    span: &Range<usize>,
) -> Result<Expression, Misread> {
    let percent = Dimension::percent();
    if distance.measure.dimension == percent && of.measure.dimension != percent {
        let term = Term::Absolute(Box::new(of.clone()));
        let size = Expression { measure: of.measure.clone(), term };
        return joined(Operation::Times, from_percent(distance), size, span);
    }
    Ok(same_dimension(value.clone(), distance, span)?.1)
}

/// "between 2.2 and 2.6 mmol/L": the first number takes the unit of the second.
fn with_unit_of(low: Expression, high: &Expression) -> Expression {
    match low.term {
        Term::Number(number) if low.measure.unit.is_empty() && high.measure.literal => Expression {
            term: Term::Number(number * high.measure.factor),
            measure: high.measure.clone(),
        },
        _ => low,
    }
}

fn unknown_arm(name: &str, span: Range<usize>, arms: &[String]) -> Misread {
    let meant = did_you_mean_arm(name, arms.iter().map(String::as_str));
    let spaces = if name.contains('-') { "Put spaces around a minus sign. " } else { "" };
    let help = format!("{meant}{spaces}{}", listed_words("Arms", arms));
    Misread::new(format!("unknown arm \"{name}\""), span).help(help)
}

/// Gives every reading without an arm this one.
fn fill_arm(value: &mut Expression, arm: &str) {
    match &mut value.term {
        Term::Number(_) => {}
        Term::Reading(reading) => {
            if reading.arm.is_empty() {
                arm.clone_into(&mut reading.arm);
            }
        }
        Term::Scaled(_, inner) | Term::Absolute(inner) => fill_arm(inner, arm),
        Term::Joined(_, left, right) => {
            fill_arm(left, arm);
            fill_arm(right, arm);
        }
    }
}
