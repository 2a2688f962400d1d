//! Three axes: rows of maps, one column for each value of the third axis; curves where the second
//! axis is short.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{by_length, evenly, home};
use crate::charts::sweeps::map_panel::Map;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::plane::Plane;
use crate::charts::sweeps::shades::{BAR, Shades};
use crate::plots::canvas::{Frame, Sheet};
use crate::plots::cells::Grid;
use crate::plots::font::{self, Weight};
use crate::plots::numbers::extremes;
use crate::plots::page::words;
use crate::plots::style::{BLACK, LABEL};
use crate::plots::{Drawing, FigureError};
use crate::words::names::{capital, inside};

const MOST_COLUMNS: usize = 4;
const MOST_ROWS: usize = 2;
const GAP: f64 = 26.0;

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

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let all: Vec<&OutcomeData> = data.drawable().collect();
    let shown = chosen(&all);
    let cube = Cube::of(data).filter(|_| !shown.is_empty());
    let Some(cube) = cube else {
        let title = "Nothing to map";
        let sentence = "Small multiples need two axes of numbers, a third axis, and an outcome \
                        with numbers.";
        let mut page = phrases::page(data, title, &phrases::whom(data));
        page.note(sentence);
        return Ok((page, format!("{title}. {sentence}")));
    };
    let title = cube.title(data, &shown);
    let subtitle = cube.subtitle(data, all.len() - shown.len());
    let mut page = phrases::page(data, &title, &subtitle);
    let mut description = format!("{title}. {subtitle}.");
    let room = page.room;
    let maps = Frame::new(room.left, room.top + 30.0, room.right - BAR, room.bottom);
    let grid = Grid::new(maps, (cube.columns.len(), shown.len()), (GAP, 14.0));
    for (index, (position, _)) in cube.columns.iter().enumerate() {
        let name = font::shorten(&cube.name(data, *position), LABEL, Weight::Bold, grid.width);
        let at = (grid.cell(index, 0).left, room.top + 14.0);
        page.sheet.text(words(at, name, LABEL, BLACK).bold());
    }
    for (row, outcome) in shown.iter().enumerate() {
        description.push_str(&cube.row(data, &mut page.sheet, outcome, &grid, row)?);
    }
    Ok((page, description))
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

    /// Draws the maps of an outcome from left to right; returns their extremes in words.
    fn row(
        &self,
        data: &SweepData,
        sheet: &mut Sheet,
        outcome: &OutcomeData,
        grid: &Grid,
        row: usize,
    ) -> Result<String, FigureError> {
        let mut description = String::new();
        let values: Vec<Vec<f64>> =
            self.columns.iter().map(|(_, plane)| plane.values(data, outcome)).collect();
        let Some(shades) = Shades::of(outcome, values.iter().flatten().copied()) else {
            return Ok(description);
        };
        for (index, ((position, plane), values)) in self.columns.iter().zip(values).enumerate() {
            let last = index + 1 == self.columns.len();
            let bar = if last { BAR } else { 0.0 };
            let cell = grid.cell(index, row);
            let numbers = plane.extremes(outcome, &values);
            description.push_str(&format!(" {}: {numbers}", self.name(data, *position)));
            let map = Map {
                outcome,
                plane,
                values,
                shades: &shades,
                region: None,
                ring: None,
                bar: last,
                cell: Frame { right: cell.right + bar, ..cell },
            };
            map.draw(sheet)?;
        }
        Ok(description)
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
