//! The question turned round: the value found along an axis, and the places where none is enough.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Scale, Words};
use crate::charts::sweeps::data::{SearchData, SweepData};
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::{Fixed, Lines};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::response::Response;
use crate::charts::sweeps::series::{Series, edges, names, one_series};
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, ArmStyle, GREY};
use crate::words::catalogue::message;
use crate::words::names::{capital, inside};
use crate::words::numbers::with_unit;

/// Tint of the band above the values that were tried.
const BEYOND: Ink = Ink::new(0xEE, 0xEE, 0xEE);
/// Height of that band, and of each row of marks in it, as shares of the range tried.
const BAND: f64 = 0.12;
const ROW: f64 = 0.03;
/// Most values of a line in the description.
const MOST: usize = 40;

/// Place on the axis, and value.
type Point = (f64, f64);

struct Facts<'a> {
    search: &'a SearchData,
    axis: AxisData,
    answers: Vec<Answers>,
    story: Story,
    /// Axes that are held and lines that are left out, in words.
    remark: Option<String>,
}

/// A curve of answers and the places at which most samples have none.
struct Answers {
    series: Series,
    unreached: Vec<f64>,
}

/// A headline's facts.
enum Story {
    /// No run has a value, and some have the answer that there is none.
    OutOfReach,
    /// No run has an answer.
    NoNumbers,
    /// The only answer: its median, its middle 90 %, and the number of samples without one.
    Alone { median: f64, middle: Option<(f64, f64)>, unreached: usize },
    /// The course of the first line that has answers.
    Found { line: usize, course: Course },
}

enum Course {
    /// The near end of the range everywhere.
    Near(Point),
    /// Any other course.
    Response(Response),
    /// From a first to a last point, beyond which (or before which) the near end is enough, from
    /// (or up to) a third.
    Needed { first: Point, last: Point, near: Point },
}

/// Whether a sweep looks for a value.
pub(crate) const fn suits(data: &SweepData) -> bool {
    data.search.is_some()
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let Some(search) = &data.search else {
        return phrases::note(data, message!(answers.nothing), message!(answers.nothing_note));
    };
    let facts = facts(data, search);
    let names = names(facts.answers.iter().map(|answers| &answers.series));
    let beside = facts.ends().all(|end| end.is_some());
    let chart = data.chart(words(data, &facts), Picture::of(facts.panel(data, beside)));
    Chart { legend: names, ..chart }
}

fn facts<'a>(data: &'a SweepData, search: &'a SearchData) -> Facts<'a> {
    let lines = Lines::of(data);
    let Some(axis) = data.axes.get(lines.across).cloned() else { return alone(data, search) };
    let found = search.censored();
    let along = |(look, fixed)| answers_along(data, (search, &found), &lines, fixed, look);
    let answers: Vec<Answers> = lines.fixed.iter().enumerate().map(along).collect();
    let story = story(data, search, &axis, &answers);
    Facts { search, axis, answers, story, remark: lines.remark }
}

/// The facts of a sweep without axes: one point, beside the people.
fn alone<'a>(data: &'a SweepData, search: &'a SearchData) -> Facts<'a> {
    let axis = AxisData::of_words(String::new(), "", vec![phrases::whom(data)]);
    let found = search.censored();
    let sorted = data.at(&found.values, 0);
    let unreached = search.answers.iter().filter(|answer| **answer == 0.0).count();
    let bands = if data.sampled() { edges(&sorted).to_vec() } else { Vec::new() };
    let median = data.middle(&found, 0);
    let middle = bands.first().copied();
    let bands = bands.into_iter().map(|band| vec![band]).collect();
    let series = Series { points: vec![(0.0, median)], bands, ..Series::default() };
    let places = if unreached > 0 { vec![0.0] } else { Vec::new() };
    let story = match sorted.len() {
        0 => Story::NoNumbers,
        all if 2 * unreached >= all => Story::OutOfReach,
        _ => Story::Alone { median, middle, unreached },
    };
    let answers = vec![Answers { series, unreached: places }];
    Facts { search, axis, answers, story, remark: None }
}

fn answers_along(
    data: &SweepData,
    (search, found): (&SearchData, &OutcomeData),
    lines: &Lines,
    fixed: &Fixed,
    look: usize,
) -> Answers {
    let series = one_series(data, found, lines, fixed);
    let label = fixed.label.clone().unwrap_or_default();
    let mut series = Series { look, label, ..series };
    let mut unreached = Vec::new();
    for (position, point) in series.points.iter_mut().enumerate() {
        let all = data.at(&search.answers, lines.point(data, fixed, position));
        let none = all.iter().filter(|answer| **answer == 0.0).count();
        if none > 0 && 2 * none >= all.len() {
            unreached.push(point.0);
            point.1 = f64::NAN;
            for band in series.bands.iter_mut().filter_map(|band| band.get_mut(position)) {
                band.0 = f64::NAN;
            }
        }
    }
    Answers { series, unreached }
}

fn story(data: &SweepData, search: &SearchData, axis: &AxisData, all: &[Answers]) -> Story {
    let found = all.iter().enumerate().find(|(_, answers)| answers.series.end().is_some());
    let Some((line, answers)) = found else {
        let some = search.answers.contains(&0.0);
        return if some { Story::OutOfReach } else { Story::NoNumbers };
    };
    let finite = answers.series.points.iter().copied().filter(|point| point.1.is_finite());
    let points: Vec<Point> = finite.collect();
    Story::Found { line, course: course(data, search, axis, &points) }
}

/// The course of the values found, and where the near end is enough.
fn course(data: &SweepData, search: &SearchData, axis: &AxisData, points: &[Point]) -> Course {
    let near = search.ends().0;
    let is_needed = |point: &&Point| point.1 != near;
    let needed: Vec<Point> = points.iter().filter(is_needed).copied().collect();
    let (Some(first), Some(last)) = (needed.first().copied(), needed.last().copied()) else {
        return points.first().map_or(Course::Response(Response::Nothing), |p| Course::Near(*p));
    };
    let enough = || points.iter().copied().filter(|point| point.1 == near);
    let after = enough().find(|point| point.0 > last.0);
    let before = || enough().rfind(|point| point.0 < first.0);
    match after.or_else(before) {
        Some(near) if !data.sampled() && needed.len() > 1 => Course::Needed { first, last, near },
        _ => Course::Response(Response::of(&search.found, axis, points)),
    }
}

impl Facts<'_> {
    /// The height at which the marks of a line without answers stand.
    fn beyond(&self, line: usize) -> f64 {
        self.search.between.1 + ROW * (float(line) + 1.0) * self.wide()
    }

    fn wide(&self) -> f64 {
        (self.search.between.1 - self.search.between.0).abs().max(1e-9)
    }

    /// The last point of each line, found or out of reach.
    fn ends(&self) -> impl Iterator<Item = Option<Point>> {
        self.answers.iter().enumerate().map(|(line, answers)| {
            let unreached = answers.unreached.last().map(|place| (*place, self.beyond(line)));
            answers.series.end().or(unreached)
        })
    }

    /// A number of the middle 90 %; one at the far end belongs to samples that lie beyond.
    fn bound(&self, value: f64) -> String {
        let number = self.search.found.number(value);
        match self.story {
            Story::Alone { unreached: 1.., .. } if value == self.search.ends().1 => {
                match self.search.is_lowest() {
                    true => message!(answers.over, number),
                    false => message!(answers.below, number),
                }
            }
            _ => number,
        }
    }

    /// The numbers of the title at their points.
    fn told(&self, data: &SweepData) -> Vec<(Point, String)> {
        let found = &self.search.found;
        let placed = |point: &Point| {
            let (value, at) = (found.number(point.1), self.axis.measured(point.0));
            (*point, message!(response.label, value, at))
        };
        match &self.story {
            Story::OutOfReach | Story::NoNumbers => Vec::new(),
            Story::Alone { median, middle, unreached } => {
                let ends = middle.iter().flat_map(|(low, high)| [low, high]);
                let number = |value: &f64| ((0.0, *value), self.bound(*value));
                let mut told: Vec<_> = ends.chain([median]).map(number).collect();
                if *unreached > 0 {
                    let count = message!(answers.count, count = unreached, who = data.who());
                    told.push(((0.0, self.beyond(0)), count));
                }
                told
            }
            Story::Found { course: Course::Near(point), .. } => {
                vec![(*point, found.number(point.1))]
            }
            Story::Found { course: Course::Response(response), .. } => {
                response.told(found, &self.axis)
            }
            Story::Found { course: Course::Needed { first, last, near }, .. } => {
                [first, last, near].map(placed).to_vec()
            }
        }
    }

    fn panel(&self, data: &SweepData, beside: bool) -> Panel {
        let found = &self.search.found;
        let (low, high) = self.search.between;
        let top = high + (BAND + ROW * float(self.answers.len())) * self.wide();
        let (from, to) = ((f64::NEG_INFINITY, high), (f64::INFINITY, top));
        let mut layers = vec![Layer::Area { from, to, ink: BEYOND }];
        layers.extend(self.answers.iter().flat_map(|answers| answers.series.shapes()));
        for (line, answers) in self.answers.iter().enumerate() {
            let series = &answers.series;
            let is_alone = series.points.len() == 1;
            layers.extend(if is_alone { series.bars() } else { series.layers() });
            let ArmStyle { shape, ink, .. } = style::arm(series.look);
            layers.extend(answers.unreached.iter().map(|place| {
                let at = (*place, self.beyond(line));
                Layer::Dot { at, shape, ink, radius: 8.0, hollow: true }
            }));
        }
        let line = if let Story::Found { line, .. } = self.story { line } else { 0 };
        let told = self.told(data).into_iter();
        let mut labels: Vec<Label> = told.map(|(at, text)| Label::number(line, at, text)).collect();
        let text = message!(answers.beyond, end = self.search.far_end());
        labels.push(Label { priority: 8, ..Label::new(Place::Band(high, top), text, GREY) });
        let ends = self.ends().zip(&self.answers).filter(|_| beside);
        labels.extend(ends.filter_map(|(end, answers)| {
            Some(Label::beside(answers.series.look, end?, &answers.series.label))
        }));
        let (heading, unit) = (found.heading.clone(), found.bracketed.clone());
        let y = Scale::untitled(low, high, Ends::RoomAbove(top));
        Panel { heading, unit, ..Panel::of(self.axis.scale(), y, layers, labels) }
    }
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let lines = facts.answers.iter().filter(|_| !facts.axis.label.is_empty());
    let lines = lines.map(|answers| in_numbers(facts, answers));
    Words::told(title(data, facts), subtitle(data, facts), lines)
}

fn subtitle(data: &SweepData, facts: &Facts) -> String {
    let (heading, condition) = (&facts.search.found.heading, &facts.search.condition);
    let sought = message!(answers.sought, heading, condition);
    let mut parts = vec![sought, phrases::whom(data)];
    parts.extend(data.sampled().then(|| message!(sweep.bands)));
    parts.extend(facts.remark.clone());
    parts.join(" · ") + &phrases::rest(data, 0)
}

fn title(data: &SweepData, facts: &Facts) -> String {
    let (search, end) = (facts.search, facts.search.far_end());
    let found = &search.found;
    match &facts.story {
        Story::OutOfReach => {
            message!(answers.out_of_reach, end, condition = search.condition)
        }
        Story::NoNumbers => message!(sweep.no_numbers),
        Story::Alone { median, middle, unreached } => {
            let (noun, value) = (capital(&found.noun), found.measured(*median));
            let Some((low, high)) = middle else {
                return message!(answers.alone, noun, value);
            };
            let (who, low, high) = (data.who(), facts.bound(*low), facts.bound(*high));
            let high = with_unit(&high, &found.unit);
            let middle = message!(answers.middle, who, low, high);
            let told = message!(answers.median, noun, value, middle);
            match unreached {
                0 => told,
                count => message!(answers.for_some, told, count, who),
            }
        }
        Story::Found { line, course } => {
            let somewhere = facts.answers.get(*line).is_some_and(|told| !told.unreached.is_empty());
            let mut course = in_words(facts, course, somewhere);
            if data.sampled() {
                course = message!(dose.median, one = data.one(), course = inside(&course));
            }
            let label = |answers: &Answers| answers.series.label.clone();
            let several = facts.answers.len() > 1;
            let told = facts.answers.get(*line);
            let course = match told.filter(|_| several).map(label) {
                Some(line) => message!(dose.of_line, course, line),
                None => course,
            };
            let without = facts.answers.iter().filter(|one| one.series.end().is_none());
            let without = without.filter(|one| !one.unreached.is_empty()).map(label);
            let without = without.collect::<Vec<_>>().join(&message!(answers.or));
            match (without.is_empty(), somewhere) {
                (false, _) => message!(answers.not_with, course, end, lines = without),
                (true, true) => message!(answers.not_elsewhere, course, end),
                (true, false) => course,
            }
        }
    }
}

/// The course of a line; `somewhere` tells that nothing was found at some of its places.
fn in_words(facts: &Facts, course: &Course, somewhere: bool) -> String {
    let (found, axis) = (&facts.search.found, &facts.axis);
    match course {
        Course::Response(response) => response.sentence(found, axis),
        Course::Near(point) => {
            let (noun, value) = (capital(&found.noun), found.measured(point.1));
            match somewhere {
                true => message!(answers.where_found, noun, value),
                false => message!(answers.everywhere, noun, value),
            }
        }
        Course::Needed { first, last, near } => {
            let way = Response::OneWay { start: *first, most: None, end: *last };
            let course = way.sentence(found, axis);
            let enough = if near.1 == 0.0 {
                message!(answers.none_needed)
            } else {
                message!(answers.it_is, value = found.measured(near.1))
            };
            let at = axis.measured(near.0);
            if near.0 > last.0 {
                message!(answers.enough_from, course, enough, at)
            } else {
                message!(answers.enough_up_to, course, enough, at)
            }
        }
    }
}

/// The answers of a line in plain text.
fn in_numbers(facts: &Facts, answers: &Answers) -> String {
    let (found, axis) = (&facts.search.found, &facts.axis);
    let points = answers.series.points.iter().filter(|point| point.1.is_finite());
    let cells = points.take(MOST).map(|point| {
        message!(response.label, value = found.measured(point.1), at = axis.named(point.0))
    });
    let cells = cells.collect::<Vec<_>>().join(", ");
    let all = if cells.is_empty() { message!(answers.not_found) } else { cells };
    let (count, places) = (answers.unreached.len(), answers.series.points.len());
    let all = match count {
        0 => all,
        _ => message!(answers.unreached, all, count, places),
    };
    match answers.series.label.as_str() {
        "" => message!(answers.numbers, all),
        line => message!(answers.numbers_of_line, line, all),
    }
}
