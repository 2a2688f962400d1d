//! Arrows of the body map: to scale, dashed where too thin, hollow where too wide.

use crate::plots::canvas::{Frame, Ink, Point, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::page::words;
use crate::plots::style::{self, CAPTION, GREY};
use crate::words::catalogue::message;
use crate::words::numbers::significant;

/// Arrows thinner than this are drawn as dashed lines.
pub(crate) const THINNEST: f64 = 0.85;

/// A line that ends in a head of half-width `head`; its tip is the last point.
pub(crate) fn arrow(
    sheet: &mut Sheet,
    points: &[Point],
    width: f64,
    head: f64,
    ink: Ink,
    dash: &'static [f64],
) {
    let Some((shaft, base, tip, (dx, dy))) = headed(points, head) else { return };
    sheet.line(&shaft, ink, width, dash);
    let corner = |side: f64| (base.0 - side * dy * head, base.1 + side * dx * head);
    sheet.fill(vec![tip, corner(1.0), corner(-1.0)], ink);
}

pub(crate) fn hollow(sheet: &mut Sheet, points: &[Point], width: f64, head: f64) {
    if let Some((shaft, ..)) = headed(points, head) {
        sheet.line(&shaft, style::WHITE, width, &[]);
    }
}

type Headed = (Vec<Point>, Point, Point, (f64, f64));

/// The shaft without the head, the middle of the head's base, the tip, and the direction.
fn headed(points: &[Point], head: f64) -> Option<Headed> {
    let (tip, rest) = points.split_last()?;
    let before = rest.last()?;
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = dx.hypot(dy).max(1e-9);
    let (dx, dy) = (dx / length, dy / length);
    let long = (1.1 * head).min(0.7 * length);
    let base = (tip.0 - dx * long, tip.1 - dy * long);
    let mut shaft = rest.to_vec();
    shaft.push((base.0 + 0.5 * dx, base.1 + 0.5 * dy));
    Some((shaft, base, *tip, (dx, dy)))
}

/// The scale of the arrows, below all panels: in one line, or in three where that is too wide.
pub(crate) fn key(sheet: &mut Sheet, room: &Frame, per_mg: f64) {
    const LONG: f64 = 60.0;
    let choices = [5000.0, 2000.0, 1000.0, 500.0, 200.0, 100.0, 50.0];
    let round = choices.into_iter().find(|flow| flow * per_mg <= 32.0).unwrap_or(20.0);
    let wide = round * per_mg;
    let limit = significant(THINNEST / per_mg, 1);
    let texts = [
        message!(body.key_scale, flow = significant(round, 1)),
        message!(body.key_dashed, flow = limit),
        message!(body.key_hollow),
    ];
    let length = |text: &String| LONG + 46.0 + font::width(text, CAPTION, Weight::Regular);
    let is_line = texts.iter().map(length).sum::<f64>() <= room.width() + 36.0;
    let ink = style::AXIS;
    let looks: [(f64, f64, &'static [f64]); 3] =
        [(wide, 0.5 * wide + 5.0, &[]), (2.0, 5.0, &[7.0, 4.0]), (12.0, 10.0, &[])];
    let (mut x, mut y) = (room.left, room.bottom - if is_line { 6.0 } else { 54.0 });
    for (text, (width, head, dash)) in texts.iter().zip(looks) {
        let line = [(x, y), (x + LONG, y)];
        arrow(sheet, &line, width, head, ink, dash);
        if width == 12.0 {
            hollow(sheet, &line, 7.0, 10.0);
        }
        sheet.text(words((x + LONG + 10.0, y + 5.0), text.as_str(), CAPTION, GREY));
        if is_line {
            x += length(text);
        } else {
            y += 24.0;
        }
    }
}
