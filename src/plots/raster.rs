//! Fields of numbers on the sheet: colored cells, and hatching where a field is above 0.

use super::canvas::{Frame, Ink, Point, Sheet};
use super::field::Field;
use super::shades;
use super::style::BLACK;

/// Pixels of a step of the picture; even, so that edges stay sharp.
const STEP: f64 = 2.0;
/// Pixels from one line of the hatching to the next, along the lower edge.
const GAP: f64 = 14.0;

/// A part of a row in one color: left, right.
type Run = (f64, f64, Ink);

/// Paints a field (places in shares of the frame) in the colors of its levels.
pub(crate) fn paint(sheet: &mut Sheet, frame: &Frame, field: &Field, levels: &[f64]) {
    // The lines of the axes stay as they are.
    let frame = &Frame { left: frame.left + 0.75, bottom: frame.bottom - 0.75, ..*frame };
    if levels.is_empty() && field.values.iter().all(|value| value.is_finite()) {
        return sheet.plate(*frame, 0.0, shades::ink(levels, 0.0));
    }
    let (mut top, mut above) = (frame.top, row(frame, field, levels, frame.top));
    let mut y = even(frame.top);
    while y < frame.bottom {
        let here = row(frame, field, levels, y);
        if here != above {
            lay(sheet, frame, (top, y), &above);
            (top, above) = (y, here);
        }
        y += STEP;
    }
    lay(sheet, frame, (top, frame.bottom), &above);
}

/// The next step of the picture.
fn even(pixels: f64) -> f64 {
    STEP * (pixels / STEP).ceil()
}

/// The colors of the row of steps that begins at `top`, from left to right.
fn row(frame: &Frame, field: &Field, levels: &[f64], top: f64) -> Vec<Run> {
    let up = (frame.bottom - top - 0.5 * STEP) / frame.height();
    let mut runs: Vec<Run> = Vec::new();
    let mut x = frame.left;
    while x < frame.right {
        let right = even(x + 0.01).min(frame.right);
        let across = (0.5 * (x + right) - frame.left) / frame.width();
        let ink = shades::ink(levels, field.at((across, up)));
        match runs.last_mut() {
            Some(last) if last.2 == ink => last.1 = right,
            _ => runs.push((x, right, ink)),
        }
        x = right;
    }
    runs
}

/// Lays rows of the same colors; each reaches a pixel under its neighbors, which hides seams.
fn lay(sheet: &mut Sheet, frame: &Frame, (top, bottom): (f64, f64), runs: &[Run]) {
    let bottom = (bottom + 1.0).min(frame.bottom);
    for (left, right, ink) in runs {
        let right = (right + 1.0).min(frame.right);
        sheet.plate(Frame::new(*left, top, right, bottom), 0.0, *ink);
    }
}

/// Hatches the part of the frame in which a field (places in shares of the frame) is above 0.
pub(crate) fn hatch(sheet: &mut Sheet, frame: &Frame, field: &Field) {
    let inside = |(x, y): Point| {
        let place = ((x - frame.left) / frame.width(), (frame.bottom - y) / frame.height());
        x >= frame.left && x <= frame.right && field.at(place) > 0.0
    };
    let mut start = frame.left - frame.height();
    while start < frame.right {
        let mut from: Option<Point> = None;
        let mut along = 0.0;
        while along <= frame.height() + STEP {
            let at = (start + along, frame.bottom - along);
            match (along <= frame.height() && inside(at), from) {
                (true, None) => from = Some(at),
                (false, Some(begin)) => {
                    let end = (at.0 - STEP, at.1 + STEP);
                    sheet.line(&[begin, end], BLACK.clear(0.55), 1.5, &[]);
                    from = None;
                }
                _ => {}
            }
            along += STEP;
        }
        start += GAP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plots::canvas::Mark;

    fn plates(sheet: &Sheet) -> Vec<Frame> {
        let plate = |mark: &Mark| match mark {
            Mark::Plate { frame, .. } => Some(*frame),
            _ => None,
        };
        sheet.marks.iter().filter_map(plate).collect()
    }

    #[test]
    fn two_halves_are_two_rectangles_that_fill_the_frame() {
        let (across, up) = (vec![0.0, 1.0], vec![0.0, 1.0]);
        let field = Field { across, up, values: vec![0.0, 0.0, 10.0, 10.0] };
        let mut sheet = Sheet::default();
        paint(&mut sheet, &Frame::new(10.0, 20.0, 110.0, 81.0), &field, &[5.0]);
        let plates = plates(&sheet);
        let [left, right] = plates.as_slice() else { panic!("{plates:?}") };
        assert_eq!((left.top, left.bottom), (20.0, 80.25));
        assert_eq!((left.right, right.left, right.right), (61.0, 60.0, 110.0));
    }

    #[test]
    fn only_what_is_above_0_is_hatched() {
        let (across, up) = (vec![0.0, 0.5, 1.0], vec![0.0, 1.0]);
        let field = Field { across, up, values: vec![-1.0, -1.0, 0.0, 0.0, 1.0, 1.0] };
        let mut sheet = Sheet::default();
        hatch(&mut sheet, &Frame::new(0.0, 0.0, 200.0, 100.0), &field);
        assert!(sheet.marks.len() > 5);
        for mark in &sheet.marks {
            let Mark::Line { points, .. } = mark else { panic!("{mark:?}") };
            assert!(points.iter().all(|(x, y)| *x > 99.0 && (0.0..=100.0).contains(y)));
        }
    }
}
