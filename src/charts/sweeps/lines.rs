//! One axis to draw across, the others as lines or held at a value.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::error::defect::OrDefect as _;
use crate::words::catalogue::message;

const MOST_LINES: usize = 6;

/// Names of axes up to this length stand at each line.
const SHORT: usize = 16;

/// The curves of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lines {
    /// The axis that runs from left to right.
    pub across: usize,
    /// The lines, at least one.
    pub fixed: Vec<Fixed>,
    /// Axes that are held and lines that are left out, in words.
    pub remark: Option<String>,
}

/// A line: where all other axes are held.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fixed {
    /// A position on every axis; that on the axis across is not used.
    pub positions: Vec<usize>,
    /// Values of the axes in which it differs from other lines.
    pub label: Option<String>,
}

/// The axes from the longest scale down; words and short lists last.
pub(crate) fn by_length(data: &SweepData) -> Vec<usize> {
    let mut order: Vec<usize> = (0..data.axes.len()).collect();
    let rank = |axis: &AxisData| (axis.words.is_none(), axis.len());
    order.sort_by_key(|index| std::cmp::Reverse(data.axes.get(*index).map(rank)));
    order
}

/// The position of the scenario's own value, or of the first.
pub(crate) fn home(axis: &AxisData) -> usize {
    let Some(own) = axis.own else { return 0 };
    let numbers = axis.numbers().iter().enumerate();
    let near = numbers.min_by(|a, b| (a.1 - own).abs().total_cmp(&(b.1 - own).abs()));
    let (low, high) = (axis.numbers().first(), axis.numbers().last());
    let inside = low.zip(high).is_some_and(|(low, high)| (*low..=*high).contains(&own));
    near.filter(|_| inside).map_or(0, |(position, _)| position)
}

/// Holds an axis at a position.
pub(crate) fn hold(positions: &mut [usize], axis: usize, position: usize) {
    *positions.get_mut(axis).or_defect("an axis without a position") = position;
}

impl Lines {
    /// The longest scale runs across; short axes become lines, further ones are held.
    pub(crate) fn of(data: &SweepData) -> Self {
        let order = by_length(data);
        let across = order.first().copied().unwrap_or(0);
        let start = Fixed { positions: vec![0; data.axes.len()], label: None };
        let mut lines = Self { across, fixed: vec![start], remark: None };
        let mut remarks: Vec<String> = Vec::new();
        for index in order.into_iter().skip(1) {
            let Some(axis) = data.axes.get(index) else { continue };
            let room = MOST_LINES / lines.fixed.len().max(1);
            if axis.len() < 2 || room < 2 {
                lines.fixed.iter_mut().for_each(|one| hold(&mut one.positions, index, home(axis)));
                let value = axis.name(home(axis));
                remarks.push(message!(sweep.held, axis = axis.label, value));
                continue;
            }
            let chosen = evenly(axis.len(), room);
            if chosen.len() < axis.len() {
                let (some, all) = (chosen.len(), axis.len());
                remarks.push(message!(sweep.some_values, some, all, axis = axis.label));
            }
            if axis.short_label().len() > SHORT && chosen.len() == axis.len() {
                remarks.push(message!(sweep.lines, axis = axis.label));
            }
            lines.split(index, axis, &chosen);
        }
        lines.remark = (!remarks.is_empty()).then(|| remarks.join(", "));
        lines
    }

    fn split(&mut self, index: usize, axis: &AxisData, chosen: &[usize]) {
        let mut fixed = Vec::new();
        for line in &self.fixed {
            for position in chosen {
                let mut line = line.clone();
                hold(&mut line.positions, index, *position);
                let name = match axis.words {
                    None if axis.unit.is_empty() || axis.short_label().len() <= SHORT => {
                        format!("{} {}", axis.short_label(), axis.name(*position))
                    }
                    _ => axis.name(*position),
                };
                line.label = Some(match line.label {
                    Some(label) => format!("{label}, {name}"),
                    None => name,
                });
                fixed.push(line);
            }
        }
        self.fixed = fixed;
    }

    /// The point of the grid at this position of the axis across.
    pub(crate) fn point(&self, data: &SweepData, fixed: &Fixed, position: usize) -> usize {
        let mut positions = fixed.positions.clone();
        hold(&mut positions, self.across, position);
        data.point(&positions)
    }

    /// Places at which a condition holds along the axis across, for single runs.
    pub(crate) fn holds(&self, data: &SweepData, fixed: &Fixed, outcome: &OutcomeData) -> Holds {
        let all = data.axes.get(self.across).map_or(0, AxisData::len);
        let holds = |position: usize| {
            outcome.values.get(self.point(data, fixed, position)).copied() == Some(1.0)
        };
        let flips: Vec<usize> = (1..all).filter(|at| holds(*at) != holds(at - 1)).collect();
        match flips.as_slice() {
            [] if holds(0) => Holds::Everywhere,
            [] => Holds::Nowhere,
            [at] if holds(*at) => Holds::From(*at),
            [at] => Holds::Below(*at),
            _ => Holds::HereAndThere,
        }
    }
}

/// Part of an axis in which a condition holds; positions on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Everywhere,
    Nowhere,
    From(usize),
    Below(usize),
    HereAndThere,
}

impl Holds {
    /// "from 225 µg/day on".
    pub(crate) fn in_words(self, axis: &AxisData) -> String {
        match self {
            Self::Everywhere => message!(holds.everywhere),
            Self::Nowhere => message!(holds.nowhere),
            Self::From(at) => message!(holds.from, value = axis.name(at)),
            Self::Below(at) => message!(holds.below, value = axis.name(at)),
            Self::HereAndThere => message!(holds.here_and_there),
        }
    }
}

/// Both ends and evenly chosen positions between them.
pub(crate) fn evenly(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    let most = most.clamp(1, 5);
    (0..most).map(|index| index * (count - 1) / (most - 1).max(1)).collect()
}
