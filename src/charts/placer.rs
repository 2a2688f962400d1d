//! The placer of labels: each takes the cheapest of its candidates that leaves the frame, or
//! covers another label, nowhere; covering lines and standing far from its point cost.

use crate::charts::chart::{Place, Side};
use crate::plots::canvas::{Frame, Point};
use crate::plots::numbers::float;
use crate::plots::panel::Panel;

/// Distance of the points that stand for a line [pixels].
const STEP: f64 = 8.0;
/// Cost of covering such a point; that of a pixel of distance is 0.15, and twice that beyond
/// [`REACH`].
const COVERED: f64 = 2.0;
/// Farther from its point than this a label is taken for that of another [pixels].
const REACH: f64 = 50.0;
/// Labels keep this far from lines, where they can [pixels].
const CLEAR: f64 = 7.0;
/// Cost of a step away from a corner: only what covers a marker or a path leaves it.
const SHIFTED: f64 = 6.0;
/// Such a step across [pixels]; upright it is the height of the label.
const ASIDE: f64 = 60.0;

/// Cost above which a label of [`Place::Close`] is left out: 44 pixels of distance, or four points
/// of a line.
pub(crate) const CLOSE: f64 = 8.0;

/// Length at which a line to a label may still be on the line of its point [pixels].
const BEGINNING: f64 = 16.0;
/// Cost of a place that is taken only where there is no other.
const LAST: f64 = 1e4;
/// Height of a line of labels above a panel [pixels].
pub(crate) const LINE_ABOVE: f64 = 24.0;
/// Costs of a point of a line, and of a label, that the line to a label would cross.
const CROSSED: (f64, f64) = (6.0, 80.0);

/// Places that are taken already.
#[derive(Debug, Default)]
pub(crate) struct Placer {
    boxes: Vec<Frame>,
    points: Vec<Point>,
}

/// A place where a label may stand, and its cost beside that of what it covers.
type Candidate = (Frame, f64);

impl Placer {
    /// Makes it dear to stand on a line.
    pub(crate) fn avoid(&mut self, line: &[Point]) {
        for pair in line.windows(2) {
            let [a, b] = pair else { continue };
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            if !length.is_finite() {
                continue;
            }
            let steps = (length / STEP).clamp(0.0, 400.0) as u32;
            let at = |step: u32| f64::from(step) / f64::from(steps + 1);
            let between = (0..=steps).map(at);
            self.points.extend(
                between.map(|share| (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))),
            );
        }
        self.points.extend(line.last().copied().filter(|point| (point.0 + point.1).is_finite()));
    }

    /// The cheapest candidate inside the frame and off all labels, which is then taken; none if
    /// it costs more than `most`.
    pub(crate) fn place(
        &mut self,
        frame: &Frame,
        candidates: &[Candidate],
        most: f64,
    ) -> Option<Frame> {
        let cost = |(area, far): &Candidate| (self.cost(frame, area) + far, *area);
        let allowed = |(cost, _): &(f64, Frame)| cost.is_finite() && *cost <= most;
        let costs = candidates.iter().map(cost).filter(allowed);
        let (_, area) = costs.min_by(|a, b| a.0.total_cmp(&b.0))?;
        self.boxes.push(area);
        Some(area)
    }

    /// Cost of labels and of points of lines that a line between these points would cross, but for
    /// points near its beginning, where it leaves its own.
    pub(crate) fn crossed(&self, from: Point, to: Point) -> f64 {
        let (wide, tall) = (to.0 - from.0, to.1 - from.1);
        let length = wide.hypot(tall).max(1.0);
        let near = |(x, y): &&Point| {
            let along = ((x - from.0) * wide + (y - from.1) * tall) / length;
            let aside = ((x - from.0) * tall - (y - from.1) * wide) / length;
            along > BEGINNING && along < length && aside.abs() < 0.75 * STEP
        };
        let labels = self.boxes.iter().filter(|area| crosses(from, to, area)).count();
        CROSSED.0 * float(self.points.iter().filter(near).count()) + CROSSED.1 * float(labels)
    }

    fn cost(&self, frame: &Frame, area: &Frame) -> f64 {
        let inside = area.left >= frame.left + 4.0
            && area.right <= frame.right
            && area.top >= frame.top
            && area.bottom <= frame.bottom - 4.0;
        if !inside || self.boxes.iter().any(|other| other.overlaps(area, -3.0)) {
            return f64::INFINITY;
        }
        let covered = |(x, y): &&Point| {
            *x > area.left - CLEAR
                && *x < area.right + CLEAR
                && *y > area.top - CLEAR
                && *y < area.bottom + CLEAR
        };
        COVERED * float(self.points.iter().filter(covered).count())
    }
}

/// Whether a line passes through an area.
pub(crate) fn crosses(from: Point, to: Point, area: &Frame) -> bool {
    const STEPS: usize = 40;
    (0..=STEPS).any(|step| {
        let share = float(step) / float(STEPS);
        let (x, y) = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
        (area.left..=area.right).contains(&x) && (area.top..=area.bottom).contains(&y)
    })
}

/// The candidates of a label of this size, the best first.
pub(crate) fn candidates(place: &Place, panel: &Panel, (wide, tall): (f64, f64)) -> Vec<Candidate> {
    let frame = &panel.frame;
    let at = |left: f64, top: f64| Frame::new(left, top, left + wide, top + tall);
    let inside = |left: f64| left.min(frame.right - 4.0 - wide).max(frame.left + 4.0);
    match place {
        Place::Beside(_) => Vec::new(),
        Place::Near(point) | Place::Close(point) => {
            let places = around(panel.at(point.0, point.1), wide, tall).into_iter();
            // What would begin or end at an edge stands inside it.
            let fits =
                |area: &Frame| area.left >= frame.left - 4.0 && area.right <= frame.right + 4.0;
            let near = places.filter(|(area, _)| fits(area));
            near.map(|(area, far)| (at(inside(area.left), area.top), far)).collect()
        }
        Place::At(point, side) => {
            let (x, y) = panel.at(point.0, point.1);
            let (middle, level) = (x - 0.5 * wide, y - 0.5 * tall);
            // Rather than nowhere, numbers stand inside the frame on their bar, a line higher or aside.
            let up = y - 4.0 - tall;
            let areas = match side {
                Side::On => vec![at(middle, level)],
                Side::Above => {
                    let aside = |share: f64| at(inside(middle + share * wide), up);
                    let higher = at(inside(middle), up - tall);
                    [&[aside(0.0), higher], &[0.6, -0.6, 1.2, -1.2].map(aside)[..]].concat()
                }
                Side::Left => vec![at(x - 6.0 - wide, level), at(inside(x - wide), level)],
                Side::Right => vec![at(x + 7.0, level), at(inside(x), level)],
            };
            areas.into_iter().zip((0..).map(|rank| LAST * f64::from(rank))).collect()
        }
        Place::Corner { right, upper } => in_corner(frame, *right, *upper, (wide, tall)),
        Place::Band(low, high) => {
            let top = panel.at(panel.x.low, high.min(panel.y.high)).1.max(frame.top);
            let bottom = panel.at(panel.x.low, low.max(panel.y.low)).1.min(frame.bottom);
            if bottom - top < tall + 2.0 {
                return Vec::new();
            }
            let sides = [frame.left + 8.0, frame.right - 8.0 - wide];
            let places = sides
                .map(|left| [(at(left, top + 1.0), 0.0), (at(left, bottom - tall - 4.0), 0.0)]);
            places.as_flattened().to_vec()
        }
        Place::Along(points) => {
            let center = |point: &(f64, f64)| panel.at(point.0, point.1);
            let far = |index: usize| 0.3 * float(index.abs_diff(points.len() / 2));
            let places = points.iter().map(center).enumerate();
            let places =
                places.map(|(index, (x, y))| (at(x - 0.5 * wide, y - 0.5 * tall), far(index)));
            places.filter(|(area, _)| area.right <= frame.right - 4.0).collect()
        }
        Place::Above(x) => {
            let left = inside(panel.at(*x, panel.y.low).0 - 0.5 * wide);
            let line = |line: f64| (at(left, frame.top - 4.0 - tall - LINE_ABOVE * line), line);
            [0.0, 1.0, 2.0].map(line).to_vec()
        }
    }
}

/// Boxes in a corner, then ever farther from it, across and down.
fn in_corner(frame: &Frame, right: bool, upper: bool, (wide, tall): (f64, f64)) -> Vec<Candidate> {
    let left = if right { frame.right - 12.0 - wide } else { frame.left + 14.0 };
    let top = if upper { frame.top + 8.0 } else { frame.bottom - 10.0 - tall };
    let inward = if right { -1.0 } else { 1.0 };
    let down = if upper { 1.0 } else { -1.0 };
    let steps = (0..4).flat_map(|row| (0..4).map(move |column| (float(column), float(row))));
    let place = |(column, row): (f64, f64)| {
        let (left, top) = (left + inward * column * ASIDE, top + down * row * tall);
        (Frame::new(left, top, left + wide, top + tall), SHIFTED * (column + row))
    };
    steps.map(place).collect()
}

/// Boxes around a point, ever farther away: beside it, above and below it, and diagonally, where a
/// box may also end or begin right above, below or beside the point.
fn around(point: Point, wide: f64, tall: f64) -> Vec<Candidate> {
    /// Share of the reach and of the box by which its middle is shifted, across and down.
    const DIRECTIONS: [(f64, f64, f64, f64); 16] = [
        (1.0, 0.5, 0.0, 0.0),
        (-1.0, -0.5, 0.0, 0.0),
        (0.0, 0.0, -1.0, -0.5),
        (0.0, 0.0, 1.0, 0.5),
        (0.7, 0.35, -0.7, -0.35),
        (0.7, 0.35, 0.7, 0.35),
        (-0.7, -0.35, -0.7, -0.35),
        (-0.7, -0.35, 0.7, 0.35),
        (0.0, -0.5, -1.0, -0.5),
        (0.0, -0.5, 1.0, 0.5),
        (0.0, 0.5, -1.0, -0.5),
        (0.0, 0.5, 1.0, 0.5),
        (1.0, 0.5, -0.2, -0.5),
        (-1.0, -0.5, -0.2, -0.5),
        (1.0, 0.5, 0.2, 0.5),
        (-1.0, -0.5, 0.2, 0.5),
    ];
    let mut out = Vec::new();
    let cost = |reach: f64| if reach > REACH { 0.3 * reach } else { 0.15 * reach };
    for reach in [10.0, 18.0, 44.0, 84.0, 140.0, 210.0] {
        for (dx, width, dy, height) in DIRECTIONS {
            let left = point.0 + dx * reach + (width - 0.5) * wide;
            let top = point.1 + dy * reach + (height - 0.5) * tall;
            out.push((Frame::new(left, top, left + wide, top + tall), cost(reach)));
        }
    }
    out
}

/// Middles of stacked boxes, in order and not overlapping, as near to `wanted` (ascending) as
/// possible in the sense of least squares, inside `low` to `high` if there is room.
pub(crate) fn apart(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    // Boxes that touch form a group; a group stands at the mean of its members' wishes.
    let mut groups: Vec<Group> = Vec::new();
    for (want, height) in wanted.iter().zip(heights) {
        let mut group = (want - 0.5 * height, *height, vec![*height]);
        while let Some(upper) = groups.pop_if(|(top, tall, _)| *top + *tall > group.0) {
            group = join(upper, group);
        }
        groups.push(group);
    }
    let (mut floor, mut left) = (low, heights.iter().sum::<f64>());
    let mut middles = Vec::new();
    for (top, tall, members) in groups {
        let mut y = top.min(high - left).max(floor);
        floor = y + tall;
        left -= tall;
        for height in members {
            middles.push(y + 0.5 * height);
            y += height;
        }
    }
    middles
}

/// Upper edge, height and heights of the boxes of a group.
type Group = (f64, f64, Vec<f64>);

fn join(upper: Group, lower: Group) -> Group {
    let (first, second) = (float(upper.2.len()), float(lower.2.len()));
    let wish = (upper.0 * first + (lower.0 - upper.1) * second) / (first + second);
    let members = [upper.2, lower.2].concat();
    (wish, upper.1 + lower.1, members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_free_place_is_taken() {
        let frame = Frame::new(0.0, 0.0, 200.0, 100.0);
        let mut placer = Placer::default();
        placer.avoid(&[(0.0, 50.0), (200.0, 50.0)]);
        let on_line = Frame::new(50.0, 45.0, 90.0, 60.0);
        let above = Frame::new(50.0, 10.0, 90.0, 25.0);
        let outside = Frame::new(180.0, 10.0, 220.0, 25.0);
        let candidates = [(outside, 0.0), (on_line, 0.0), (above, 1.0)];
        assert_eq!(placer.place(&frame, &candidates, f64::MAX), Some(above));
        // What is taken is not given again; a line may be covered rather than nothing be said.
        assert_eq!(placer.place(&frame, &candidates, f64::MAX), Some(on_line));
        assert_eq!(placer.place(&frame, &candidates, f64::MAX), None);
    }

    #[test]
    fn labels_stay_where_there_is_room_and_part_evenly_inside() {
        let middles = |wanted: &[f64]| apart(wanted, &vec![20.0; wanted.len()], 0.0, 100.0);
        assert_eq!(middles(&[10.0, 50.0]), [10.0, 50.0]);
        assert_eq!(middles(&[50.0, 50.0]), [40.0, 60.0]);
        assert_eq!(middles(&[0.0, 1.0, 2.0, 99.0]), [10.0, 30.0, 50.0, 90.0]);
    }
}
