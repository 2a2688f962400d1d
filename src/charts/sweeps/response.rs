//! The answer of an outcome to an axis: its ends, where it turns, where most of its change happens.

use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::plots::numbers::lowest_and_highest;
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::short;

/// Share of the whole change that counts as most of it.
const MOST: f64 = 0.8;
/// Share of the axis within which most must have happened to be mentioned.
const EARLY: f64 = 0.6;
/// Share of the whole spread that the ends of a curve differ by if it goes one way.
const ONE_WAY: f64 = 0.75;
/// Most words of an axis that are all told.
const FEW: usize = 4;

/// Place on the axis, and value.
type Point = (f64, f64);

/// Statements that a headline can make about a curve.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Response {
    /// No run gave a number.
    Nothing,
    /// A number for each of a few words.
    Words(Vec<Point>),
    /// The lowest and the highest of many words.
    Extremes(Point, Point),
    /// The only number.
    Single(Point),
    /// The same number from end to end.
    Constant(Point, Point),
    /// Hardly any difference between the lowest and the highest point; the ends.
    Even { low: Point, high: Point, ends: (Point, Point) },
    /// A highest or lowest point between the ends.
    Turns { start: Point, turn: Point, end: Point },
    /// Up or down, with the point by which most has happened, if that comes early.
    OneWay { start: Point, most: Option<Point>, end: Point },
}

impl Response {
    /// The response that these points show, ascending in place.
    pub(crate) fn of(outcome: &OutcomeData, axis: &AxisData, points: &[Point]) -> Self {
        let finite = points.iter().copied().filter(|point| (point.0 + point.1).is_finite());
        let points: Vec<Point> = finite.collect();
        let ends = points.first().copied().zip(points.last().copied());
        let (Some((start, end)), Some((&low, &high))) =
            (ends, lowest_and_highest(&points, |point| point.1))
        else {
            return Self::Nothing;
        };
        let spread = high.1 - low.1;
        match axis.words {
            Some(_) if points.len() <= FEW => Self::Words(points),
            Some(_) => Self::Extremes(low, high),
            None if points.len() == 1 => Self::Single(start),
            _ if outcome.number(low.1) == outcome.number(high.1) => Self::Constant(start, end),
            _ if outcome.is_even(low.1, high.1) => Self::Even { low, high, ends: (start, end) },
            _ if (end.1 - start.1).abs() < ONE_WAY * spread => {
                let above = high.1 - start.1.max(end.1);
                let below = start.1.min(end.1) - low.1;
                let turn = if above > below { high } else { low };
                Self::Turns { start, turn, end }
            }
            _ => {
                let so_far = |point: &&Point| (point.1 - start.1).abs();
                let most = |point: &&Point| so_far(point) >= MOST * (end.1 - start.1).abs();
                let early = |point: &&Point| point.0 - start.0 <= EARLY * (end.0 - start.0);
                let most = points.iter().find(most).filter(early).copied();
                Self::OneWay { start, most: most.filter(|point| point.0 < end.0), end }
            }
        }
    }

    /// The numbers of its sentence beside their points, as the sentence writes them; with their
    /// places, where these do not stand at an end of the axis.
    pub(crate) fn told(&self, outcome: &OutcomeData, axis: &AxisData) -> Vec<(Point, String)> {
        let places = &axis.places;
        let at_end = |point: &Point| [places.first(), places.last()].contains(&Some(&point.0));
        let points = match self {
            Self::Nothing => Vec::new(),
            Self::Words(points) => points.clone(),
            Self::Extremes(low, high) => vec![*low, *high],
            Self::Single(point) => vec![*point],
            Self::Constant(start, end) => vec![*start, *end],
            Self::Even { low, high, ends: (start, end) } => {
                let ends = [start, end].into_iter().copied().filter(|point| !at_end(point));
                [*low, *high].into_iter().chain(ends).collect()
            }
            Self::Turns { start, turn, end } => vec![*start, *turn, *end],
            Self::OneWay { start, most, end } => {
                [*start].into_iter().chain(*most).chain([*end]).collect()
            }
        };
        let mut told: Vec<(Point, String)> = Vec::new();
        for point in points {
            let value = outcome.number(point.1);
            let plain = at_end(&point) && places.len() > 1 || axis.numbers().is_empty();
            let text = if plain {
                value
            } else {
                message!(response.label, value, at = axis.measured(point.0))
            };
            if told.iter().all(|(other, _)| other.0 != point.0) {
                told.push((point, text));
            }
        }
        told
    }

    /// The sentence, with a capital letter.
    pub(crate) fn sentence(&self, outcome: &OutcomeData, axis: &AxisData) -> String {
        let (noun, name) = (phrases::noun(outcome), axis.short_label());
        let (number, value) = (|p: &Point| outcome.number(p.1), |p: &Point| outcome.measured(p.1));
        let at = |point: &Point| axis.measured(point.0);
        let from = |point: &Point| short(point.0, 6);
        let place = |point: &Point| message!(response.place, at = at(point), axis = name);
        let between = |start: &Point, end: &Point| {
            message!(response.between, from = from(start), to = at(end))
        };
        let word = |point: &Point| {
            message!(response.word, value = value(point), word = axis.word_at(point.0))
        };
        capital(&match self {
            Self::Nothing => message!(response.nothing, noun),
            Self::Words(points) => {
                let all = points.iter().map(word).collect::<Vec<_>>().join(", ");
                message!(response.words, noun, all)
            }
            Self::Extremes(low, high) => {
                message!(response.extremes, noun, low = word(low), high = word(high))
            }
            Self::Single(point) => {
                message!(response.single, noun, value = value(point), place = place(point))
            }
            Self::Constant(start, end) => {
                let axis = message!(response.whatever, axis = name, between = between(start, end));
                message!(response.constant, noun, value = value(end), whatever = axis)
            }
            Self::Even { low, high, ends: (start, end) } => {
                let range = message!(map.range, low = number(low), high = value(high));
                let hardly = message!(response.hardly, noun, axis = name);
                let place = between(start, end);
                message!(response.even, hardly, range, between = place)
            }
            Self::Turns { start, turn, end } => {
                let ends = message!(response.ends, start = number(start), end = number(end));
                let most = message!(response.most, value = value(turn), place = place(turn));
                if turn.1 > start.1 {
                    message!(response.highest, noun, most, ends)
                } else {
                    message!(response.lowest, noun, most, ends)
                }
            }
            Self::OneWay { start, most: None, end } => way(outcome, axis, (*start, *end)),
            Self::OneWay { start, most: Some(most), end } => {
                let (course, to) = (way(outcome, axis, (*start, *most)), at(end));
                // The difference of the numbers that stand in the picture.
                let more = (outcome.rounded(end.1) - outcome.rounded(most.1)).abs();
                if more == 0.0 {
                    message!(response.no_further, course, to)
                } else {
                    let more = outcome.number(more).replace('+', "");
                    message!(response.little_more, course, more, to)
                }
            }
        })
    }
}

/// The way from one point to another.
fn way(outcome: &OutcomeData, axis: &AxisData, (start, end): (Point, Point)) -> String {
    let along = message!(response.along, from = short(start.0, 6), to = axis.measured(end.0));
    let (from, to) = (outcome.number(start.1), outcome.measured(end.1));
    let change = message!(response.change, start = from, end = to);
    let way = message!(response.way, change, axis = axis.short_label(), along);
    let noun = phrases::noun(outcome);
    if end.1 > start.1 {
        message!(response.rises, noun, way)
    } else {
        message!(response.falls, noun, way)
    }
}
