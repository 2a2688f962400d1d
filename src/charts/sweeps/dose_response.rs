//! Dose–response: every outcome over one axis, as lines or as medians with bands of all samples.

use crate::charts::chart::{Chart, Label, Picture, Words};
use crate::charts::sweeps::curve::Curves;
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::{Holds, Lines};
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::charts::sweeps::response::Response;
use crate::charts::sweeps::series::{MOST_BANDED, Series, names, one_series};
use crate::charts::sweeps::{map, phrases, small_multiples};
use crate::plots::numbers::{extremes, float};
use crate::plots::style;
use crate::sweep::outcome_reading::OutcomeReading;
use crate::words::catalogue::message;
use crate::words::names::{capital, inside};

/// Shift between points that stand beside each other at a word.
const BESIDE: f64 = 0.07;

/// The numbers of the figure.
struct Facts<'a> {
    lines: Lines,
    /// The axis that runs from left to right.
    axis: Option<&'a AxisData>,
    panels: Vec<Curves<'a>>,
    story: Story<'a>,
}

/// Statements that a headline can make about the curves.
enum Story<'a> {
    /// No axis, or no outcome over it.
    NoDose,
    /// A single condition, without samples to count.
    Holds(&'a OutcomeData, Holds),
    /// The response of a curve: positions of its panel and of its line.
    Response { outcome: &'a OutcomeData, panel: usize, line: usize, response: Response },
    /// An outcome without a number.
    Missing(&'a OutcomeData),
}

/// Whether no other figure of outcomes over axes suits a sweep that has any.
pub(crate) fn suits(data: &SweepData) -> bool {
    let varies = !data.axes.is_empty() || !data.sampled();
    data.search.is_none() && varies && !map::suits(data) && !small_multiples::suits(data)
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let facts = facts(data);
    let words = words(data, &facts);
    let Some(axis) = facts.axis else {
        return data.chart(words, Picture::Note(message!(dose.no_axis)));
    };
    if facts.panels.is_empty() {
        return data.chart(words, Picture::Note(message!(sweep.no_numbers)));
    }
    let names = names(facts.panels.iter().flat_map(|panel| &panel.series));
    // Labels at the ends of rows must name every line; where a panel lacks some, a legend does.
    let named = names.iter().filter(|name| !name.is_empty()).count();
    let complete = facts.panels.iter().all(|panel| panel.series.len() == named);
    let panels = facts.panels.iter().enumerate().map(|(place, curves)| {
        let named = curves.series.iter().filter(|_| complete);
        let name = |one: &Series| Some(Label::beside(one.look, one.end()?, &one.label));
        let labels = facts.told(data, axis, place).into_iter().chain(named.filter_map(name));
        curves.panel(axis, data.sampled(), labels.collect())
    });
    let picture = Picture::Panels { panels: panels.collect(), columns: None };
    Chart { legend: names, ..data.chart(words, picture) }
}

fn facts(data: &SweepData) -> Facts<'_> {
    let lines = Lines::of(data);
    let axis = data.axes.get(lines.across);
    let mut panels = panels(data);
    let compared = panels.iter().any(|panel| !panel.others.is_empty());
    for panel in &mut panels {
        panel.series = series(data, panel, &lines, compared);
    }
    panels.retain(|_| axis.is_some());
    let story = story(data, &lines, axis, &panels);
    Facts { lines, axis, panels, story }
}

/// The outcomes that gave numbers; those that differ only in the arm share a panel. Conditions of
/// single runs have panels where there is nothing else.
fn panels(data: &SweepData) -> Vec<Curves<'_>> {
    let mut panels: Vec<Curves> = Vec::new();
    for outcome in data.drawable() {
        let same = |panel: &&mut Curves| {
            let about = panel.first.about.as_ref();
            about.zip(outcome.about.as_ref()).is_some_and(|(one, other)| {
                (one.quantity, one.statistic) == (other.quantity, other.statistic)
                    && one.reference_arm.is_none()
                    && other.reference_arm.is_none()
                    && one.arm != other.arm
            })
        };
        match panels.iter_mut().find(same) {
            Some(panel) => {
                panel.heading.clone_from(&outcome.heading_of_arms);
                panel.others.push(outcome);
            }
            None => panels.push(Curves::of(outcome, &outcome.heading)),
        }
    }
    if panels.is_empty() {
        let conditions = data.outcomes.iter().filter(|outcome| outcome.has_numbers());
        panels.extend(conditions.map(|outcome| Curves::of(outcome, &outcome.name)));
    }
    panels
}

/// The curves of a panel. Where some panel compares arms, every arm keeps its look in all.
fn series(data: &SweepData, panel: &Curves, lines: &Lines, compared: bool) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    // What is compared with another arm has the look of what the arm adds to that.
    let own = |about: &OutcomeReading| {
        data.arms.iter().position(|(name, _)| compared && *name == about.arm)
    };
    for outcome in panel.outcomes() {
        let alone = outcome.about.as_ref().filter(|about| about.reference_arm.is_none());
        let arm = alone.and_then(own);
        let looks = looks(data, outcome.about.as_ref().and_then(own), lines.fixed.len(), compared);
        let label = arm.and_then(|arm| data.arms.get(arm)).map(|(_, label)| label.clone());
        for (fixed, look) in lines.fixed.iter().zip(looks) {
            let words = [label.clone(), fixed.label.clone()];
            let label = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let one = one_series(data, outcome, lines, fixed);
            all.push(Series { look, label, ..one });
        }
    }
    if data.axes.get(lines.across).is_some_and(|axis| axis.words.is_some()) {
        let middle = 0.5 * (float(all.len()) - 1.0);
        for (index, series) in all.iter_mut().enumerate() {
            let shift = BESIDE * (float(index) - middle);
            series.points.iter_mut().for_each(|point| point.0 += shift);
        }
    }
    all
}

/// The looks of so many lines of an arm, or of what belongs to none: the first line has that of the
/// arm, the others have looks that no arm has.
fn looks(data: &SweepData, arm: Option<usize>, lines: usize, compared: bool) -> Vec<usize> {
    let only = if data.arms.len() == 1 { data.look(0) } else { 0 };
    let arms = if compared { data.looks.as_slice() } else { &[only] };
    let first = match arm {
        Some(arm) => Some(data.look(arm)),
        None => (!compared).then_some(only),
    };
    let more = lines - usize::from(first.is_some());
    let free = style::free_looks().filter(|look| !arms.contains(look));
    let before = arm.unwrap_or(if compared { arms.len() } else { 0 }) * (lines - 1);
    first.into_iter().chain(free.skip(before).take(more)).collect()
}

/// The response of the headline's outcome; of several lines that of the one that moves most.
fn story<'a>(
    data: &'a SweepData,
    lines: &Lines,
    axis: Option<&AxisData>,
    panels: &[Curves<'a>],
) -> Story<'a> {
    let firsts: Vec<&OutcomeData> = panels.iter().map(|panel| panel.first).collect();
    let (Some(axis), false) = (axis, data.outcomes.is_empty()) else { return Story::NoDose };
    let told = phrases::headliner(&firsts);
    let place = told.and_then(|told| firsts.iter().position(|other| std::ptr::eq(*other, told)));
    let (Some(outcome), Some(panel)) = (told, place) else {
        return data.outcomes.first().map_or(Story::NoDose, Story::Missing);
    };
    if outcome.kind == NumberKind::Condition && !data.sampled() {
        let holds = lines.fixed.first().map(|fixed| lines.holds(data, fixed, outcome));
        return holds.map_or(Story::NoDose, |holds| Story::Holds(outcome, holds));
    }
    let curves = panels.get(panel).into_iter().flat_map(|panel| &panel.series);
    let curves = curves.take(lines.fixed.len()).enumerate();
    let moves = |series: &Series| {
        extremes(series.points.iter().map(|point| point.1)).map_or(0.0, |(low, high)| high - low)
    };
    let most =
        curves.reduce(|best, other| if moves(other.1) > moves(best.1) { other } else { best });
    most.map_or(Story::NoDose, |(line, curve)| {
        let response = Response::of(outcome, axis, &curve.points);
        Story::Response { outcome, panel, line, response }
    })
}

impl Facts<'_> {
    /// The numbers of the title at their points of a panel.
    fn told(&self, data: &SweepData, axis: &AxisData, place: usize) -> Vec<Label> {
        let Some(shown) = self.panels.get(place) else { return Vec::new() };
        match &self.story {
            Story::Response { outcome, panel, line, response } if *panel == place => {
                let look = shown.series.get(*line).map_or(0, |one| one.look);
                let told = response.told(outcome, axis).into_iter();
                told.map(|(at, text)| Label::number(look, at, text)).collect()
            }
            Story::Holds(outcome, Holds::From(at) | Holds::Below(at))
                if std::ptr::eq(shown.first, *outcome) =>
            {
                let value = data.middle(outcome, *at);
                let place = axis.places.get(*at).copied();
                let label = |place| Label::number(0, (place, value), axis.name(*at));
                place.map(label).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let subtitle = subtitle(data, facts);
    let counted = facts.panels.iter().filter(|_| !matches!(facts.story, Story::Holds(..)));
    let numbers = counted.map(Curves::numbers).collect::<Vec<_>>().join(" ");
    let description = message!(dose.description, subtitle, numbers);
    Words { title: title(data, facts), subtitle, description }
}

/// The course of the headline's outcome along the axis.
fn title(data: &SweepData, facts: &Facts) -> String {
    let Some(axis) = facts.axis else { return message!(dose.none) };
    match &facts.story {
        Story::NoDose => message!(dose.none),
        Story::Missing(outcome) => message!(response.nothing, noun = phrases::noun(outcome)),
        Story::Holds(outcome, holds) => {
            let (name, place) = (&outcome.name, holds.in_words(axis));
            message!(dose.holds, name, place, axis = axis.short_label())
        }
        Story::Response { outcome, line, response, .. } => {
            let course = response.sentence(outcome, axis);
            let course = if data.sampled() && outcome.kind != NumberKind::Condition {
                message!(dose.median, one = data.one(), course = inside(&course))
            } else {
                course
            };
            let fixed = facts.lines.fixed.get(*line).filter(|_| facts.lines.fixed.len() > 1);
            match fixed.and_then(|fixed| fixed.label.as_ref()) {
                Some(label) => message!(dose.of_line, course, line = label),
                None => course,
            }
        }
    }
}

fn subtitle(data: &SweepData, facts: &Facts) -> String {
    let lines = &facts.lines;
    let whom = phrases::whom(data);
    let mut parts = match facts.axis {
        Some(axis) => {
            let label = capital(&axis.label);
            vec![message!(sweep.held, axis = label, value = axis.extent()), whom]
        }
        None => vec![whom],
    };
    parts.extend(lines.remark.clone());
    if data.sampled() {
        let banded = lines.fixed.len() <= MOST_BANDED;
        parts.push(if banded { message!(sweep.bands) } else { message!(dose.medians) });
    } else if let (Some(axis), [fixed]) = (facts.axis, lines.fixed.as_slice()) {
        let conditions = data.outcomes.iter().filter(|one| one.kind == NumberKind::Condition);
        parts.extend(conditions.map(|outcome| {
            let place = lines.holds(data, fixed, outcome).in_words(axis);
            message!(sweep.held, axis = outcome.name, value = place)
        }));
    }
    if facts.panels.iter().any(|panel| panel.outcomes().any(|one| one.normal.is_some())) {
        parts.push(message!(sweep.normal));
    }
    parts.join(" · ") + &phrases::missing(data) + &phrases::rest(data, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::sweeps::tests::cases::{all, data};

    /// Days above different values once shared a panel, as if only the arm differed.
    #[test]
    fn days_above_different_values_have_panels_of_their_own() {
        let count = |level: u32| {
            let text = format!(
                "[vary]\nage = [40, 50]\n[outcomes]\none = \"time_above(cac, 75) in usual\"\n\
                 other = \"time_above(cac, {level}) in k2\"\n"
            );
            panels(&data(&text, &|_, shares, _| shares[0])).len()
        };
        assert_eq!((count(75), count(100)), (1, 2));
    }

    /// Lines once had the colors of arms that add something else, by their position.
    #[test]
    fn the_first_line_of_an_arm_has_its_color_and_the_others_have_those_of_no_arm() {
        let compared = all().into_iter().map(|(_, data)| data).find(|data| data.arms.len() > 1);
        let mut data = compared.unwrap();
        data.looks = (0..data.arms.len()).map(|arm| if arm == 0 { 0 } else { arm + 2 }).collect();
        let arms = (0..data.arms.len()).map(Some).chain([None]);
        let own: Vec<Vec<usize>> = arms.map(|arm| looks(&data, arm, 3, true)).collect();
        for (lines, look) in own.iter().zip(&data.looks) {
            assert_eq!(lines[0], *look);
            assert!(lines.len() == 3 && lines[1..].iter().all(|line| !data.looks.contains(line)));
        }
        let mut every = own.concat();
        every.sort_unstable();
        every.dedup();
        assert_eq!(every.len(), 3 * own.len(), "{own:?}");
        assert_eq!(looks(&data, None, 4, false), [0, 5, 6, 4], "not those of calcium and K2");
    }
}
