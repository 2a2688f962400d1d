//! Labels inside a panel: each at the cheapest place, and in the order of their points.

use crate::charts::chart::{Label, Panel, Place, Side};
use crate::charts::placer::{CLOSE, LINE_ABOVE, Placer, candidates, crosses};
use crate::plots::canvas::{Frame, Point, Sheet, Text};
use crate::plots::numbers::float;
use crate::plots::panel::{Layer, Panel as Plotted};

/// Points so near to each other across are read one above the other [pixels].
const SAME_PLACE: f64 = 60.0;

/// Widths of numbers that may change places differ less than this, which other labels keep off anyway
/// [pixels].
const ALIKE: f64 = 3.0;

/// A label farther from its point than this is led to by a line [pixels].
const LED: f64 = 20.0;

/// Width of a cell that axes do not fill, with room to spare [pixels].
const BESIDE_AXES: f64 = 70.0;

/// A label with its place.
struct Placed {
    lines: Vec<Text>,
    area: Frame,
    /// The point that the label may stand on any side of.
    point: Option<Point>,
    /// Whether a name in it says whose it is.
    named: bool,
}

impl Panel {
    /// Height of the labels above a panel in a cell so wide: those that would cover another stand in
    /// a further line.
    pub(crate) fn height_above(&self, cell: f64) -> f64 {
        let wide = cell - BESIDE_AXES;
        let above = self.labels.iter().filter_map(|label| match label.place {
            Place::Above(x) => Some((x, label)),
            _ => None,
        });
        let mut above: Vec<(f64, &Label)> = above.collect();
        above.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut one, mut ends) = (0.0_f64, Vec::<f64>::new());
        for (x, label) in above {
            let lines = label.lines(wide).into_iter();
            one = one.max(2.0 + 22.0 * float(lines.len()));
            let width = lines.map(|text| text.bounds().width()).fold(0.0, f64::max);
            let middle = (x - self.x.low) / (self.x.high - self.x.low) * wide;
            let left = (middle - 0.5 * width).min(wide - width).max(0.0);
            match ends.iter_mut().find(|end| **end + 8.0 <= left) {
                Some(end) => *end = left + width,
                None => ends.push(left + width),
            }
        }
        one + LINE_ABOVE * float(ends.len().saturating_sub(1))
    }

    /// Writes the labels inside the panel, the most important first.
    pub(crate) fn write_labels(&self, sheet: &mut Sheet, plotted: &Plotted, cell: f64) {
        let mut placer = Placer::default();
        // Lines of equal value cover a map so densely that labels would stray from their points.
        let is_map = self.layers.iter().any(|layer| matches!(layer, Layer::Cells { .. }));
        let covers = |layer: &&Layer| !(is_map && matches!(layer, Layer::Line { .. }));
        for layer in self.layers.iter().filter(covers) {
            layer.keep_clear(plotted, &mut placer);
        }
        let mut order: Vec<&Label> = self.labels.iter().collect();
        order.sort_by_key(|label| std::cmp::Reverse(label.priority));
        let above = (cell - BESIDE_AXES, self.height_above(cell));
        let placed =
            order.into_iter().filter_map(|label| placed(label, plotted, above, &mut placer));
        let mut placed: Vec<Placed> = placed.collect();
        if !is_map {
            order_as_points(&mut placed);
        }
        for label in &placed {
            // A line through another label would be read as a part of it.
            let others = || placed.iter().filter(|other| other.area != label.area);
            if let (Some(from), Some(text)) = (label.point, label.lines.first())
                && let Some(to) = led_to(from, &label.area)
                && !others().any(|other| crosses(from, to, &other.area))
            {
                sheet.line(&[from, to], text.ink, 1.2, &[]);
            }
        }
        for Placed { lines, area, .. } in placed {
            let mut y = area.top;
            for mut text in lines {
                text.at = (area.left, y + 0.86 * text.size);
                y += 1.15 * text.size;
                sheet.text(text);
            }
        }
    }
}

/// The end of the line that leads from a point to its label, if that stands apart from it.
fn led_to(point: Point, area: &Frame) -> Option<Point> {
    let x = point.0.clamp(area.left, area.right);
    let y = point.1.clamp(area.top, area.bottom);
    ((x - point.0).hypot(y - point.1) > LED).then_some((x, y))
}

/// A label at its cheapest place, without what follows a dot if there is no other room; `above` are
/// width and height of the room above the panel.
fn placed(
    label: &Label,
    plotted: &Plotted,
    above: (f64, f64),
    placer: &mut Placer,
) -> Option<Placed> {
    let mut frame = plotted.frame;
    let room = match label.place {
        Place::Above(_) => {
            frame.top -= 6.0 + above.1;
            above.0
        }
        Place::At(_, Side::Above) => frame.width() - 4.0,
        _ => 0.45 * frame.width() - 4.0,
    };
    let mut lines = label.lines(room);
    let most = if matches!(label.place, Place::Close(_)) { CLOSE } else { f64::MAX };
    let point = match label.place {
        Place::Near((x, y)) | Place::Close((x, y)) => Some(plotted.at(x, y)),
        _ => None,
    };
    let mut place = |lines: &[Text]| {
        let wide = lines.iter().map(|text| text.bounds().width()).fold(0.0, f64::max);
        let tall = 1.15 * lines.iter().map(|text| text.size).sum::<f64>();
        let mut candidates = candidates(&label.place, plotted, (wide, tall));
        for (area, far) in &mut candidates {
            let led = point.and_then(|from| Some((from, led_to(from, area)?)));
            *far += led.map_or(0.0, |(from, to)| placer.crossed(from, to));
        }
        placer.place(&frame, &candidates, most)
    };
    let mut area = place(&lines);
    if area.is_none() {
        // What follows a dot is a remark.
        lines.iter_mut().for_each(|line| without_remark(&mut line.text));
        area = place(&lines);
    }
    Some(Placed { lines, area: area?, point, named: !label.name.is_empty() })
}

/// Numbers of points above each other change places until the upper point has the upper label: else
/// a reader takes one for that of the other curve, or lines that lead to them cross.
fn order_as_points(placed: &mut [Placed]) {
    let crossed = |a: &Placed, b: &Placed| {
        let (Some(one), Some(other)) = (a.point, b.point) else { return false };
        let side_by_side = a.area.right < b.area.left || b.area.right < a.area.left;
        let led = led_to(one, &a.area).is_some() || led_to(other, &b.area).is_some();
        let near = (one.0 - other.0).abs() < SAME_PLACE && (!side_by_side || led);
        let alike = (a.area.height() - b.area.height()).abs() < 1.0
            && (a.area.width() - b.area.width()).abs() < ALIKE;
        // A name keeps its place: it says whose the number is.
        !a.named && !b.named && near && alike && (one.1 < other.1) != (a.area.top < b.area.top)
    };
    for _ in 0..placed.len() {
        for second in 1..placed.len() {
            let (before, after) = placed.split_at_mut(second);
            let Some(b) = after.first_mut() else { continue };
            for a in before {
                if crossed(a, b) {
                    let (wide_a, wide_b) = (a.area.width(), b.area.width());
                    std::mem::swap(&mut a.area, &mut b.area);
                    a.area.right = a.area.left + wide_a;
                    b.area.right = b.area.left + wide_b;
                }
            }
        }
    }
}

/// Leaves out what follows a dot.
fn without_remark(text: &mut String) {
    if let Some((first, _)) = text.split_once(" · ") {
        *text = first.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(point: Point, top: f64, wide: f64) -> Placed {
        Placed {
            lines: Vec::new(),
            area: Frame::new(0.0, top, wide, top + 20.0),
            point: Some(point),
            named: false,
        }
    }

    #[test]
    fn a_number_apart_from_its_point_is_led_to() {
        let area = Frame::new(100.0, 40.0, 130.0, 60.0);
        assert_eq!(led_to((95.0, 50.0), &area), None);
        assert_eq!(led_to((60.0, 90.0), &area), Some((100.0, 60.0)));
        assert!(crosses((60.0, 50.0), (160.0, 50.0), &area));
        assert!(!crosses((60.0, 30.0), (160.0, 30.0), &area));
    }

    #[test]
    fn the_upper_point_has_the_upper_label() {
        let mut placed = [label((0.0, 80.0), 10.0, 30.0), label((5.0, 60.0), 40.0, 32.0)];
        order_as_points(&mut placed);
        let tops = placed.map(|one| (one.area.top, one.area.right));
        assert_eq!(tops, [(40.0, 30.0), (10.0, 32.0)]);
        let mut apart = [label((0.0, 80.0), 10.0, 30.0), label((500.0, 60.0), 40.0, 40.0)];
        order_as_points(&mut apart);
        assert_eq!(apart.map(|one| one.area.top), [10.0, 40.0]);
        let mut named = [label((0.0, 80.0), 10.0, 30.0), label((5.0, 60.0), 40.0, 32.0)];
        named[0].named = true;
        order_as_points(&mut named);
        assert_eq!(named.map(|one| one.area.top), [10.0, 40.0]);
    }
}
