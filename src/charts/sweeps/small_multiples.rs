//! Three axes: rows of maps, one column for each value of the third axis; curves where the second
//! axis is short.

use crate::charts::chart::{Chart, Panel, Picture, Words};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{by_length, evenly, home};
use crate::charts::sweeps::map::range;
use crate::charts::sweeps::map_panel::{Levels, Map};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::plane::Plane;
use crate::plots::numbers::extremes;
use crate::words::catalogue::message;
use crate::words::names::{beside, capital, inside};

const MOST_COLUMNS: usize = 4;
const MOST_ROWS: usize = 2;

/// The three axes: across, up, and from map to map; others are held.
struct Cube<'a> {
    third: usize,
    /// Positions on the third axis, one for each column, with its plane.
    columns: Vec<(usize, Plane<'a>)>,
}

/// Whether a sweep has two scales and further axes.
pub(crate) fn suits(data: &SweepData) -> bool {
    data.search.is_none() && data.axes.len() > 2 && data.scales() > 1
}

pub(crate) fn draw(data: &SweepData) -> Chart {
    let all: Vec<&OutcomeData> = data.drawable().collect();
    let shown = chosen(&all);
    let cube = Cube::of(data).filter(|_| !shown.is_empty());
    let Some(cube) = cube else {
        let (title, subtitle) = (message!(map.nothing), phrases::whom(data));
        let words = Words { title, subtitle, description: message!(small_multiples.nothing) };
        let picture = Picture::Note(message!(small_multiples.nothing));
        return Chart::about(&data.title, &data.hypothesis, words, picture);
    };
    let subtitle = cube.subtitle(data, all.len() - shown.len());
    let mut description = vec![message!(map.description, subtitle = subtitle)];
    let mut panels = Vec::new();
    for outcome in &shown {
        let headline = phrases::headliner(&shown).is_some_and(|told| std::ptr::eq(told, *outcome));
        cube.row(data, (outcome, headline), &mut panels, &mut description);
    }
    let title = cube.title(data, &shown);
    let words = Words { title, subtitle, description: description.join(" ") };
    let picture = Picture::Panels { panels, columns: Some(cube.columns.len()) };
    Chart::about(&data.title, &data.hypothesis, words, picture)
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

impl<'a> Cube<'a> {
    fn of(data: &'a SweepData) -> Option<Self> {
        let order = by_length(data);
        let (across, up, third) = (*order.first()?, *order.get(1)?, *order.get(2)?);
        let (across, up) = (across.min(up), across.max(up));
        let positions = evenly(data.axes.get(third)?.len(), MOST_COLUMNS);
        let columns = positions.into_iter().map(|position| {
            let mut held: Vec<usize> = data.axes.iter().map(home).collect();
            if let Some(held) = held.get_mut(third) {
                *held = position;
            }
            Some((position, Plane::of(data, across, up, held)?))
        });
        Some(Self { third, columns: columns.collect::<Option<Vec<_>>>()? })
    }

    /// Adds the maps of an outcome from left to right, and their lowest and highest numbers.
    fn row(
        &self,
        data: &SweepData,
        (outcome, headline): (&OutcomeData, bool),
        panels: &mut Vec<Panel>,
        description: &mut Vec<String>,
    ) {
        let values: Vec<Vec<f64>> =
            self.columns.iter().map(|(_, plane)| plane.values(data, outcome)).collect();
        let Some(levels) = Levels::of(outcome, values.iter().flatten().copied()) else { return };
        for (index, ((position, plane), values)) in self.columns.iter().zip(&values).enumerate() {
            let (name, bar) = (self.name(data, *position), index + 1 == self.columns.len());
            description.push(format!("{name}: {}", range(plane, outcome, values)));
            // The title tells the ends of the first map and of the last.
            let told = (headline && (index == 0 || bar)).then(|| plane.extremes(values)).flatten();
            let told = told.into_iter().flatten().collect();
            let panel = Map { outcome, plane, values, levels: &levels, told, bar }.panel();
            let unit = beside(&panel.heading, &panel.unit);
            panels.push(Panel { heading: name, unit, ..panel });
        }
    }

    /// "kidney function 30 mL/min".
    fn name(&self, data: &SweepData, position: usize) -> String {
        data.axes.get(self.third).map_or_else(String::new, |axis| {
            let words = axis.numbers().is_empty();
            if words {
                axis.name(position)
            } else {
                format!("{} {}", axis.short_label(), axis.name(position))
            }
        })
    }

    /// The difference of the headline's outcome between the first map and the last.
    fn title(&self, data: &SweepData, shown: &[&OutcomeData]) -> String {
        let (Some(outcome), Some(first), Some(last)) =
            (phrases::headliner(shown), self.columns.first(), self.columns.last())
        else {
            return "Nothing was computed".to_owned();
        };
        let span = |plane: &Plane| extremes(plane.values(data, outcome).into_iter());
        let (Some(one), Some(other)) = (span(&first.1), span(&last.1)) else {
            return capital(&format!("no run gave a number for {}", phrases::noun(outcome)));
        };
        let range = |(low, high): (f64, f64)| {
            format!("{} to {}", outcome.number(low), outcome.measured(high))
        };
        capital(&format!(
            "{} is {} for {}, but {} for {}",
            phrases::noun(outcome),
            range(one),
            self.name(data, first.0),
            range(other),
            self.name(data, last.0)
        ))
    }

    fn subtitle(&self, data: &SweepData, undrawn: usize) -> String {
        let Some((_, plane)) = self.columns.first() else { return String::new() };
        let third = data.axes.get(self.third);
        let all = third.map_or(0, |axis| axis.len());
        let thinned = if all > self.columns.len() {
            format!(
                " · {} of {all} values of {}",
                self.columns.len(),
                third.map_or("", |axis| &axis.label)
            )
        } else {
            String::new()
        };
        let others = data.axes.iter().enumerate().filter(|(index, axis)| {
            *index != self.third
                && !std::ptr::eq(*axis, plane.across())
                && !std::ptr::eq(*axis, plane.up())
        });
        let held: String = others
            .map(|(_, axis)| format!(" · {} {}", axis.label, axis.name(home(axis))))
            .collect();
        let median = if data.sampled() { "median of " } else { "" };
        format!(
            "{} and {} · {median}{}{held}{thinned} · one scale of colors for each row{}",
            capital(&plane.across().label),
            inside(&plane.up().label),
            phrases::whom(data),
            phrases::rest(data, undrawn)
        )
    }
}
