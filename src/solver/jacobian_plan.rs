//! The plan of the Jacobian, computed once: which derivatives share an evaluation, and the entry to
//! which each of them is added.
//!
//! A term reads few states, so states that no term reads together share a direction; one pass
//! over the system gives all entries if the directions suffice.
#![allow(clippy::indexing_slicing)] // indices into arrays of its own making

use super::Contribution;
use super::coloring::color_variables;
use crate::real::Pattern;
use std::ops::Range;

/// Directions of differentiation of one pass.
pub(crate) const DIRECTIONS: usize = 8;

/// Adds the derivative of a term in a direction, times a factor, to entry `target`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scatter {
    pub target: u16,
    pub term: u8,
    pub direction: u8,
    pub factor: f64,
}

/// One evaluation of the system: seeds of the variables, targets of the derivatives.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    /// Direction of each variable, time last; [`DIRECTIONS`] for none.
    pub seeds: Vec<usize>,
    /// Targets of the derivatives by states.
    pub entries: Vec<Scatter>,
    /// Targets of the derivatives by time, which are states.
    pub time_rates: Vec<Scatter>,
}

/// The pattern of the Jacobian, row by row in the order of elimination, and the passes that fill
/// it.
#[derive(Clone, Debug)]
pub(crate) struct JacobianPlan {
    pub columns: Vec<u8>,
    /// The range of each state's row in `columns`.
    rows: Vec<Range<usize>>,
    /// One evaluation of the system each.
    pub passes: Vec<Pass>,
}

impl JacobianPlan {
    /// `reads`: the states that each rate depends on, as bits; `order`: rows as eliminated.
    pub(crate) fn new(
        contributions: &[Contribution],
        patterns: &[Pattern],
        states: usize,
        order: &[u8],
        reads: &[u128],
    ) -> Self {
        let mut columns = Vec::new();
        let mut rows = vec![0..0; states];
        for &row in order {
            let start = columns.len();
            columns.extend(
                (0..states).filter(|s| reads[usize::from(row)] >> s & 1 == 1).map(|s| s as u8),
            );
            rows[usize::from(row)] = start..columns.len();
        }
        let position = |row: usize, column: usize| {
            rows[row].start + (reads[row] & ((1 << column) - 1)).count_ones() as usize
        };
        let colors = color_variables(patterns, states + 1);
        let count = colors.iter().flatten().max().map_or(1, |most| most / DIRECTIONS + 1);
        let passes = (0..count)
            .map(|pass| Pass::new(pass, &colors, contributions, patterns, &position))
            .collect();
        Self { columns, passes, rows }
    }

    /// The entries of the rate of a state.
    pub(crate) fn row(&self, state: usize) -> Range<usize> {
        self.rows[state].clone()
    }
}

impl Pass {
    fn new(
        pass: usize,
        colors: &[Option<usize>],
        contributions: &[Contribution],
        patterns: &[Pattern],
        position: &impl Fn(usize, usize) -> usize,
    ) -> Self {
        let time = colors.len() - 1;
        let seed = |color: &Option<usize>| match color {
            Some(color) if color / DIRECTIONS == pass => color % DIRECTIONS,
            _ => DIRECTIONS,
        };
        let seeds: Vec<usize> = colors.iter().map(seed).collect();
        let (mut entries, mut time_rates) = (Vec::new(), Vec::new());
        for part in contributions {
            for variable in patterns[part.term].variables().filter(|&v| seeds[v] < DIRECTIONS) {
                let to_entry = |target: usize| Scatter {
                    target: target as u16,
                    term: part.term as u8,
                    direction: seeds[variable] as u8,
                    factor: part.factor,
                };
                if variable == time {
                    time_rates.push(to_entry(part.state));
                } else {
                    entries.push(to_entry(position(part.state, variable)));
                }
            }
        }
        entries.sort_by_key(|entry| entry.target);
        Self { seeds, entries, time_rates }
    }
}
