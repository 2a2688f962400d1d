//! Maps over two axes, one for each outcome, with the corner of the calcium paradox marked.

use crate::charts::chart::{Chart, Label, Panel, Picture, Place, Size, Words};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{by_length, home};
use crate::charts::sweeps::map_panel::{Levels, Map, dot, label, span};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases::{self, noun};
use crate::charts::sweeps::plane::{Paradox, Plane, Reach, Story, smallest_told};
use crate::plots::field::Field;
use crate::plots::numbers::extremes;
use crate::plots::panel::Layer;
use crate::words::catalogue::message;
use crate::words::names::{capital, inside};

const MOST: usize = 6;

struct Facts<'a> {
    plane: Plane<'a>,
    /// The outcomes drawn, with their numbers.
    shown: Vec<(&'a OutcomeData, Vec<f64>)>,
    /// Number of outcomes that find no room.
    undrawn: usize,
    paradox: Option<Paradox>,
    /// The outcome of the headline, and its facts.
    headline: (&'a OutcomeData, Story),
}

/// Whether a sweep has two scales and nothing else.
pub(crate) fn suits(data: &SweepData) -> bool {
    data.search.is_none() && data.axes.len() == 2 && data.scales() == 2
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let Some(facts) = facts(data) else {
        return phrases::note(data, message!(map.nothing), message!(map.nothing_note));
    };
    let panels = facts.shown.iter().filter_map(|(outcome, values)| facts.panel(outcome, values));
    let picture = Picture::Panels { panels: panels.collect(), columns: None };
    data.chart(words(data, &facts), picture)
}

/// `None` without two axes of numbers or without an outcome of numbers.
fn facts(data: &SweepData) -> Option<Facts<'_>> {
    let plane = plane(data)?;
    let all: Vec<&OutcomeData> = data.drawable().collect();
    let shown: Vec<&OutcomeData> = all.iter().copied().take(MOST).collect();
    let outcome = phrases::headliner(&shown)?;
    let story = plane.story(outcome, &plane.values(data, outcome));
    Some(Facts {
        undrawn: all.len() - shown.len(),
        paradox: plane.paradox(data, &shown),
        headline: (outcome, story),
        shown: shown.iter().map(|outcome| (*outcome, plane.values(data, outcome))).collect(),
        plane,
    })
}

/// The two longest scales; further axes are held at the scenario's own value.
fn plane(data: &SweepData) -> Option<Plane<'_>> {
    let order = by_length(data);
    let (across, up) = (*order.first()?, *order.get(1)?);
    // As the file lists them: the first axis runs across.
    let (across, up) = (across.min(up), across.max(up));
    let held = data.axes.iter().map(home).collect();
    Plane::of(data, across, up, held)
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let shown = facts.shown.iter();
    let ranges = shown.map(|(outcome, values)| range(&facts.plane, outcome, values));
    Words::told(capital(&title(facts)), subtitle(data, facts), ranges)
}

/// The axis that matters more for the headline's outcome.
fn title(facts: &Facts) -> String {
    let (outcome, story) = &facts.headline;
    let noun = noun(outcome);
    let amount = |reach: &Reach| outcome.amount(reach.change(outcome));
    let axis = |reach: &Reach| facts.plane.along(reach).0.short_label();
    match story {
        Story::NoNumber => message!(map.no_number, noun),
        Story::Even(low, high) => {
            let (one, number) = (outcome.number(*low), span(outcome, *low, *high));
            let everywhere =
                if facts.holes() { message!(map.known) } else { message!(map.everywhere) };
            if one == outcome.number(*high) {
                message!(map.same, noun, number, everywhere)
            } else {
                message!(map.even, noun, numbers = number, everywhere)
            }
        }
        Story::Interplay(one, other) => interplay(facts, one, other),
        Story::Reaches(strong, weak) => {
            let (most, rest) = (amount(strong), amount(weak));
            let (one, other) = (axis(strong), axis(weak));
            if facts.tells_nothing_of(weak) {
                message!(map.only, strong = one, noun, most, weak = other)
            } else if strong.change(outcome).abs() < 1.4 * weak.change(outcome).abs() {
                message!(map.equal, one, other, noun, most, rest)
            } else {
                message!(map.more, strong = one, weak = other, noun, most, rest)
            }
        }
    }
}

/// One axis acts much more at one end of the other than at its other end.
fn interplay(facts: &Facts, one: &Reach, other: &Reach) -> String {
    let outcome = facts.headline.0;
    let (acting, beside) = facts.plane.along(one);
    let (first, last, name) = (acting.first(), acting.last(), acting.short_label());
    let way = message!(map.way, axis = name, first, last);
    let (near, far) = (beside.name(0), beside.last());
    let [change, rest] = [one, other].map(|reach| reach.change(outcome));
    let (most, least) = (outcome.amount(change), outcome.amount(rest));
    let rest = if rest.abs() < change.abs() { message!(map.less, amount = least) } else { least };
    let acts = match &outcome.change_of {
        Some(noun) if change > 0.0 => message!(map.adds, amount = most, noun),
        Some(noun) => message!(map.takes, amount = most, noun),
        None if change > 0.0 => message!(map.raises, noun = noun(outcome), amount = most),
        None => message!(map.lowers, noun = noun(outcome), amount = most),
    };
    let beside = beside.short_label();
    message!(map.interplay, way, acts, near, beside, rest, far)
}

fn subtitle(data: &SweepData, facts: &Facts) -> String {
    let (plane, whom) = (&facts.plane, phrases::whom(data));
    let (across, up) = (plane.across(), plane.up());
    let axes = message!(
        map.axes,
        across = capital(&across.label),
        left = across.first(),
        right = across.last(),
        up = inside(&up.label),
        bottom = up.first(),
        top = up.last()
    );
    let whom = if data.sampled() { message!(map.median, whom) } else { whom };
    let held =
        plane.held(data).map(|(axis, at)| format!("{} {}", axis.short_label(), axis.name(at)));
    let mut parts = vec![axes, whom];
    parts.extend(Some(held.collect::<Vec<_>>().join(", ")).filter(|held| !held.is_empty()));
    parts.extend(facts.paradox.as_ref().map(|paradox @ Paradox { ring, .. }| {
        let (across, up) = (plane.across().name(ring.0), plane.up().name(ring.1));
        if paradox.is_seen() {
            message!(map.hatched, across, up)
        } else {
            message!(map.not_hatched, across, up)
        }
    }));
    parts.extend(facts.holes().then(|| message!(map.grey)));
    let rest = format!("{}{}", phrases::missing(data), phrases::rest(data, facts.undrawn));
    format!("{}{rest}", parts.join(" · "))
}

/// The places at which a number is lowest and highest.
pub(crate) fn range(plane: &Plane, outcome: &OutcomeData, values: &[f64]) -> String {
    let heading = &outcome.heading;
    let Some(ends) = plane.extremes(values) else {
        return message!(map.no_range, heading);
    };
    let [low, high] = ends.map(|((across, up), value)| {
        let (across, up) = (plane.across().name(across), plane.up().name(up));
        message!(map.place, number = outcome.measured(value), across, up)
    });
    message!(map.lowest_and_highest, heading, low, high)
}

impl Facts<'_> {
    /// Whether a map has places without a number.
    fn holes(&self) -> bool {
        self.shown.iter().flat_map(|(_, values)| values).any(|value| !value.is_finite())
    }

    /// Whether a change is too small to be told.
    fn tells_nothing_of(&self, reach: &Reach) -> bool {
        let outcome = self.headline.0;
        let [from, to] = reach.ends.map(|end| end.1);
        let values = self.shown.iter().find(|(other, _)| std::ptr::eq(*other, outcome));
        let values = values.into_iter().flat_map(|(_, values)| values).copied();
        let (low, high) = extremes(values).unwrap_or_default();
        (to - from).abs() <= smallest_told(outcome, low, high)
    }

    /// The changes of the title, whose ends the map prints.
    fn told(&self, outcome: &OutcomeData) -> Vec<Reach> {
        match self.headline.1 {
            _ if !std::ptr::eq(self.headline.0, outcome) => Vec::new(),
            Story::NoNumber | Story::Even(..) => Vec::new(),
            Story::Interplay(one, other) => vec![one, other],
            Story::Reaches(strong, weak) if self.tells_nothing_of(&weak) => vec![strong],
            Story::Reaches(strong, weak) => vec![strong, weak],
        }
    }

    fn panel(&self, outcome: &OutcomeData, values: &[f64]) -> Option<Panel> {
        let levels = Levels::of(outcome, values.iter().copied())?;
        let mut told: Vec<_> = self.told(outcome).iter().flat_map(|reach| reach.ends).collect();
        told.sort_by_key(|end| end.0);
        told.dedup_by_key(|end| end.0);
        let map = Map { outcome, plane: &self.plane, values, levels: &levels, told, bar: true };
        let mut panel = map.panel();
        let is_part = |one: &OutcomeData| one.is_artery() || one.is_bone();
        let first = self.shown.iter().find(|(one, _)| one.is_artery());
        let marked = is_part(outcome) && first.is_some_and(|(one, _)| one.arm() == outcome.arm());
        if let Some(paradox) = self.paradox.as_ref().filter(|_| marked) {
            if paradox.is_seen() {
                panel.layers.push(Layer::Hatching { field: paradox.region.clone() });
                panel.labels.extend(paradox_word(&paradox.region));
            }
            panel.layers.push(dot(self.plane.numbers_at(paradox.ring), 9.0, true));
        }
        Some(panel)
    }
}

/// The word "paradox" in the widest part of the region, if that is wide enough.
fn paradox_word(region: &Field) -> Option<Label> {
    let (count, edge) = (region.up.len(), region.up.len() / 12);
    let mut widest: Vec<(f64, f64)> = Vec::new();
    for (row, up) in region.up.iter().enumerate().skip(edge).take(count - 2 * edge) {
        let inside = |column: usize| {
            region.values.get(column * count + row).is_some_and(|value| *value > 0.0)
        };
        let places: Vec<(usize, f64)> = region.across.iter().copied().enumerate().collect();
        for run in places.chunk_by(|a, b| inside(a.0) == inside(b.0)) {
            if run.len() > widest.len() && run.first().is_some_and(|place| inside(place.0)) {
                widest = run.iter().map(|place| (place.1, *up)).collect();
            }
        }
    }
    let (name, wide) = (message!(map.paradox), 10 * widest.len() >= region.across.len());
    let word = Label { name, size: Size::Usual, ..label(Place::Along(widest), String::new(), 8) };
    wide.then_some(word)
}
