//! Three axes: rows of maps, one column for each value of the third axis.

use crate::charts::chart::{Chart, Panel, Picture, Words};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::{by_length, evenly, hold, home};
use crate::charts::sweeps::map::range;
use crate::charts::sweeps::map_panel::{Levels, Map, span};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::plane::Plane;
use crate::plots::numbers::extremes;
use crate::words::catalogue::message;
use crate::words::names::{beside, capital, inside};

const MOST_COLUMNS: usize = 4;
const MOST_ROWS: usize = 2;

/// The numbers of the figure.
struct Facts<'a> {
    /// The axis from map to map.
    axis: &'a AxisData,
    /// Its values that have a column, as people write them, with their planes.
    columns: Vec<(String, Plane<'a>)>,
    /// Rows.
    shown: Vec<Shown<'a>>,
    /// Outcomes that find no room.
    undrawn: usize,
    /// Axes that are held at the scenario's own value.
    held: Vec<&'a AxisData>,
}

/// An outcome, with its numbers in each column.
struct Shown<'a> {
    outcome: &'a OutcomeData,
    /// Whether the title tells it.
    told: bool,
    values: Vec<Vec<f64>>,
}

/// Whether a sweep has two scales and further axes.
pub(crate) fn suits(data: &SweepData) -> bool {
    data.search.is_none() && data.axes.len() > 2 && data.scales() > 1
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let Some(facts) = facts(data) else {
        return phrases::note(data, message!(map.nothing), message!(small_multiples.nothing));
    };
    let columns = Some(facts.columns.len());
    let panels = facts.shown.iter().flat_map(|shown| facts.row(shown)).collect();
    let picture = Picture::Panels { panels, columns };
    data.chart(words(data, &facts), picture)
}

fn facts(data: &SweepData) -> Option<Facts<'_>> {
    let order = by_length(data);
    let (across, up, third) = (*order.first()?, *order.get(1)?, *order.get(2)?);
    let (across, up) = (across.min(up), across.max(up));
    let axis = data.axes.get(third)?;
    let columns = evenly(axis.len(), MOST_COLUMNS).into_iter().map(|position| {
        let mut held: Vec<usize> = data.axes.iter().map(home).collect();
        hold(&mut held, third, position);
        Some((name(axis, position), Plane::of(data, across, up, held)?))
    });
    let columns = columns.collect::<Option<Vec<_>>>()?;
    let all: Vec<&OutcomeData> = data.drawable().collect();
    let shown = chosen(&all);
    let told = phrases::headliner(&shown)?;
    let shown = shown.into_iter().map(|outcome| Shown {
        outcome,
        told: std::ptr::eq(outcome, told),
        values: columns.iter().map(|(_, plane)| plane.values(data, outcome)).collect(),
    });
    let shown: Vec<Shown> = shown.collect();
    let held = data.axes.iter().enumerate().filter(|(at, _)| ![across, up, third].contains(at));
    let held = held.map(|(_, axis)| axis).collect();
    Some(Facts { axis, columns, undrawn: all.len() - shown.len(), shown, held })
}

/// "kidney function 30 mL/min".
fn name(axis: &AxisData, position: usize) -> String {
    if axis.numbers().is_empty() {
        axis.name(position)
    } else {
        beside(&axis.short_label(), &axis.name(position))
    }
}

/// An outcome of arteries and one of bones if there are both, else the first ones.
fn chosen<'a>(all: &[&'a OutcomeData]) -> Vec<&'a OutcomeData> {
    let artery = all.iter().find(|outcome| outcome.is_artery());
    let bone = all.iter().find(|outcome| outcome.is_bone());
    match (artery, bone) {
        (Some(artery), Some(bone)) => vec![*artery, *bone],
        _ => all.iter().copied().take(MOST_ROWS).collect(),
    }
}

impl Facts<'_> {
    /// The maps of an outcome from left to right, all in the same colors.
    fn row(&self, shown: &Shown) -> Vec<Panel> {
        let Shown { outcome, told, values } = shown;
        let Some(levels) = Levels::of(outcome, values.iter().flatten().copied()) else {
            return Vec::new();
        };
        let maps = self.columns.iter().zip(values).enumerate();
        let maps = maps.map(|(index, ((name, plane), values))| {
            let bar = index + 1 == self.columns.len();
            // The title tells the ends of the first map and of the last.
            let told = (*told && (index == 0 || bar)).then(|| plane.extremes(values)).flatten();
            let told = told.into_iter().flatten().collect();
            let panel = Map { outcome, plane, values, levels: &levels, told, bar }.panel();
            let unit = beside(&panel.heading, &panel.unit);
            Panel { heading: name.clone(), unit, ..panel }
        });
        maps.collect()
    }
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let ranges = facts.shown.iter().flat_map(|shown| {
        let columns = facts.columns.iter().zip(&shown.values);
        columns.map(|((name, plane), values)| {
            let range = range(plane, shown.outcome, values);
            message!(sweep.held, axis = name, value = range)
        })
    });
    Words::told(title(facts), subtitle(data, facts), ranges)
}

/// The numbers of the headline's outcome in the first map and in the last.
fn title(facts: &Facts) -> String {
    let told = facts.shown.iter().find(|shown| shown.told);
    let (Some(Shown { outcome, values, .. }), Some((first, _)), Some((last, _))) =
        (told, facts.columns.first(), facts.columns.last())
    else {
        return message!(none.computed);
    };
    let noun = phrases::noun(outcome);
    let range = |values: Option<&Vec<f64>>| {
        let (low, high) = extremes(values?.iter().copied())?;
        Some(span(outcome, low, high))
    };
    capital(&match range(values.first()).zip(range(values.last())) {
        None => message!(response.nothing, noun),
        Some((one, other)) if one == other => {
            message!(small_multiples.same, noun, range = one, first, last)
        }
        Some((one, other)) => {
            let but = message!(small_multiples.at, range = other, place = last);
            let one = message!(small_multiples.at, range = one, place = first);
            message!(small_multiples.title, noun, first = one, last = but)
        }
    })
}

fn subtitle(data: &SweepData, facts: &Facts) -> String {
    let Some((_, plane)) = facts.columns.first() else { return String::new() };
    let (across, up) = (capital(&plane.across().label), inside(&plane.up().label));
    let whom = phrases::whom(data);
    let mut parts = vec![
        message!(small_multiples.axes, across, up),
        if data.sampled() { message!(map.median, whom) } else { whom },
    ];
    parts.extend(facts.held.iter().map(|axis| beside(&axis.label, &axis.name(home(axis)))));
    let (some, all) = (facts.columns.len(), facts.axis.len());
    if all > some {
        let axis = &facts.axis.label;
        parts.push(message!(sweep.some_values, some, all, axis));
    }
    parts.push(message!(small_multiples.colors));
    parts.join(" · ") + &phrases::rest(data, facts.undrawn)
}
