//! Numbers on a grid of two axes: between its points, and along lines of one value.

use std::collections::BTreeMap;

use crate::error::defect::OrDefect as _;
use crate::plots::axis::Axis;

/// Numbers over two axes, at places in the units of the axes or in shares of them (0 to 1).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub(crate) struct Field {
    /// Places along the horizontal axis, ascending.
    pub across: Vec<f64>,
    /// Places along the vertical axis, ascending.
    pub up: Vec<f64>,
    /// One number for each place: those of the first place across, then those of the next.
    pub values: Vec<f64>,
}

pub(crate) type Position = (f64, f64);

impl Field {
    /// The same with its places as shares of these axes.
    pub(crate) fn in_shares(&self, x: &Axis, y: &Axis) -> Self {
        let shares =
            |axis: &Axis, places: &[f64]| places.iter().map(|place| axis.share(*place)).collect();
        Self {
            across: shares(x, &self.across),
            up: shares(y, &self.up),
            values: self.values.clone(),
        }
    }

    /// The number at a place, straight between the points around; NaN where one is missing.
    pub(crate) fn at(&self, place: Position) -> f64 {
        let (column, right) = between(&self.across, place.0);
        let (row, upper) = between(&self.up, place.1);
        let corner = |column: usize, row: usize| {
            self.values
                .get(column * self.up.len() + row)
                .copied()
                .or_defect("a place outside of the map")
        };
        // A corner without weight does not count, so that the edge of what is known stays.
        let blend = |one: f64, other: f64, share: f64| match share {
            0.0 => one,
            1.0 => other,
            _ => one + share * (other - one),
        };
        let side = |column: usize| {
            let lower = corner(column, row);
            if upper == 0.0 { lower } else { blend(lower, corner(column, row + 1), upper) }
        };
        if right == 0.0 { side(column) } else { blend(side(column), side(column + 1), right) }
    }

    /// Lines along which the field has this number, on a lattice of `columns` × `rows` cells.
    pub(crate) fn contours(&self, level: f64, columns: u32, rows: u32) -> Vec<Vec<Position>> {
        let mut edges: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
        let mut places: BTreeMap<Edge, Position> = BTreeMap::new();
        let at = |column: u32, row: u32| {
            let place = (share(column, columns), share(row, rows));
            (place, self.at(place) - level)
        };
        for column in 0..columns {
            for row in 0..rows {
                // Around the cell from its lower left corner; each edge between two corners.
                let around =
                    [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
                let names = [
                    Edge { column, row, upright: false },
                    Edge { column: column + 1, row, upright: true },
                    Edge { column, row: row + 1, upright: false },
                    Edge { column, row, upright: true },
                ];
                let corners = around.map(|(column, row)| at(column, row));
                let following = corners.iter().skip(1).chain(&corners);
                let mut crossed: Vec<Edge> = Vec::new();
                for ((one, other), name) in corners.iter().zip(following).zip(names) {
                    if let Some(place) = crossing(*one, *other) {
                        places.insert(name, place);
                        crossed.push(name);
                    }
                }
                for pair in crossed.chunks_exact(2) {
                    if let [one, other] = pair {
                        edges.entry(*one).or_default().push(*other);
                        edges.entry(*other).or_default().push(*one);
                    }
                }
            }
        }
        chains(edges)
            .iter()
            .map(|chain| chain.iter().filter_map(|edge| places.get(edge).copied()).collect())
            .collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    column: u32,
    row: u32,
    upright: bool,
}

fn share(index: u32, count: u32) -> f64 {
    f64::from(index) / f64::from(count.max(1))
}

/// The interval of ascending `places` that holds `place`, and how far into it.
fn between(places: &[f64], place: f64) -> (usize, f64) {
    let above = places.partition_point(|other| *other <= place);
    let below = above.saturating_sub(1).min(places.len().saturating_sub(2));
    let (Some(low), Some(high)) = (places.get(below), places.get(below + 1)) else {
        return (0, 0.0);
    };
    let wide = high - low;
    let share = if wide > 0.0 { (place - low) / wide } else { 0.0 };
    (below, share.clamp(0.0, 1.0))
}

/// The place between two others at which a number is 0, if it changes its sign.
fn crossing(one: (Position, f64), other: (Position, f64)) -> Option<Position> {
    let known = one.1.is_finite() && other.1.is_finite();
    if !known || (one.1 < 0.0) == (other.1 < 0.0) {
        return None;
    }
    let share = one.1 / (one.1 - other.1);
    let (a, b) = (one.0, other.0);
    Some((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)))
}

/// Follows edges from one to the next until each is used; open lines first.
fn chains(mut edges: BTreeMap<Edge, Vec<Edge>>) -> Vec<Vec<Edge>> {
    let mut found = Vec::new();
    for only_ends in [true, false] {
        let starts: Vec<Edge> = edges.keys().copied().collect();
        for start in starts {
            let links = edges.get(&start).map_or(0, Vec::len);
            if links == 0 || (only_ends && links != 1) {
                continue;
            }
            let mut chain = vec![start];
            let mut here = start;
            while let Some(next) = edges.get_mut(&here).and_then(Vec::pop) {
                if let Some(back) = edges.get_mut(&next)
                    && let Some(at) = back.iter().position(|edge| *edge == here)
                {
                    back.remove(at);
                }
                chain.push(next);
                here = next;
            }
            found.push(chain);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope() -> Field {
        // 10 · across + up on 3 × 3 places
        let places = vec![0.0, 0.5, 1.0];
        let values = places.iter().flat_map(|x| places.iter().map(move |y| 10.0 * x + y));
        Field { values: values.collect(), across: places.clone(), up: places }
    }

    #[test]
    fn numbers_between_points_are_straight() {
        let field = slope();
        for place in [(0.0, 0.0), (0.3, 0.8), (1.0, 1.0), (0.5, 0.25)] {
            assert!((field.at(place) - (10.0 * place.0 + place.1)).abs() < 1e-12, "{place:?}");
        }
        let mut holed = slope();
        holed.values[0] = f64::NAN;
        assert!(holed.at((0.2, 0.2)).is_nan() && holed.at((0.5, 0.0)) == 5.0);
    }

    #[test]
    fn a_slope_has_one_straight_contour() {
        let lines = slope().contours(5.0, 20, 20);
        assert_eq!(lines.len(), 1);
        for (x, y) in &lines[0] {
            assert!((10.0 * x + y - 5.0).abs() < 1e-9);
        }
        assert!(lines[0].len() > 20);
        assert!(slope().contours(20.0, 20, 20).is_empty());
    }

    #[test]
    fn a_hill_has_a_closed_contour() {
        let places: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
        let hill = |x: f64, y: f64| -((x - 0.5).powi(2) + (y - 0.5).powi(2));
        let values = places.iter().flat_map(|x| places.iter().map(move |y| hill(*x, *y)));
        let field = Field { values: values.collect(), across: places.clone(), up: places };
        let lines = field.contours(-0.09, 40, 40);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
    }

    #[test]
    fn a_field_of_one_point_is_flat() {
        let field = Field { across: vec![0.5], up: vec![0.5], values: vec![7.0] };
        assert_eq!(field.at((0.1, 0.9)), 7.0);
        assert!(field.contours(7.0, 4, 4).is_empty());
    }
}
