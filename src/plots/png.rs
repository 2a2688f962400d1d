//! The sheet as a PNG file: two pixels per unit, smooth edges, letters as outlines.

use ab_glyph::OutlineCurve;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash,
    Transform,
};

use super::FigureError;
use super::canvas::{Frame, Ink, Mark, Point, Sheet, Text};
use super::fallback_font::FallbackFont;
use super::font;
use super::style::WHITE;

/// Pixels of the file per pixel of the canvas.
pub(crate) const SCALE: f64 = 2.0;

/// The complete PNG file, with its title and description as text chunks; `fallback` draws letters
/// that the built-in font lacks.
/// Errors: [`FigureError::Image`] if there is no memory for the picture or it cannot be packed.
pub(crate) fn write(
    sheet: &Sheet,
    title: &str,
    description: &str,
    fallback: Option<&FallbackFont>,
) -> Result<Vec<u8>, FigureError> {
    let pixmap = paint(sheet, fallback).ok_or(FigureError::Image)?;
    pack(&pixmap, title, description).map_err(|_| FigureError::Image)
}

// sizes of the canvas, both positive
fn paint(sheet: &Sheet, fallback: Option<&FallbackFont>) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new((sheet.size.0 * SCALE) as u32, (sheet.size.1 * SCALE) as u32)?;
    pixmap.fill(Color::WHITE);
    for mark in &sheet.marks {
        draw(&mut pixmap, mark, fallback);
    }
    Some(pixmap)
}

/// Colors in RGB; a figure is never clear, so alpha is left out.
fn pack(pixmap: &Pixmap, title: &str, description: &str) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.add_itxt_chunk("Title".to_owned(), title.to_owned())?;
    encoder.add_itxt_chunk("Description".to_owned(), description.to_owned())?;
    let mut writer = encoder.write_header()?;
    let mut colors = Vec::with_capacity(pixmap.data().len() / 4 * 3);
    for pixel in pixmap.pixels() {
        colors.extend_from_slice(&[pixel.red(), pixel.green(), pixel.blue()]);
    }
    writer.write_image_data(&colors)?;
    writer.finish()?;
    Ok(bytes)
}

fn draw(pixmap: &mut Pixmap, mark: &Mark, fallback: Option<&FallbackFont>) {
    match mark {
        Mark::Fill { points, ink } => {
            let mut track = track(points);
            track.close();
            fill(pixmap, track.finish(), *ink);
        }
        Mark::Line { points, ink, width, dash } => {
            stroke(pixmap, track(points).finish(), *ink, *width, dash);
        }
        Mark::Disc { at, radius, ink } => {
            let path = PathBuilder::from_circle(single(at.0), single(at.1), single(*radius));
            fill(pixmap, path, *ink);
        }
        Mark::Plate { frame, radius, ink } => fill(pixmap, plate(frame, *radius), *ink),
        Mark::Text(text) => letters(pixmap, text, fallback),
    }
}

fn single(value: f64) -> f32 {
    value.clamp(-1e5, 1e5) as f32
}

fn scaling() -> Transform {
    Transform::from_scale(single(SCALE), single(SCALE))
}

fn color(ink: Ink) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let (red, green, blue) = ink.rgb;
    paint.set_color_rgba8(red, green, blue, (ink.alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

fn fill(pixmap: &mut Pixmap, path: Option<Path>, ink: Ink) {
    if let Some(path) = path {
        pixmap.fill_path(&path, &color(ink), FillRule::Winding, scaling(), None);
    }
}

fn stroke(pixmap: &mut Pixmap, path: Option<Path>, ink: Ink, width: f64, dash: &[f64]) {
    let Some(path) = path else { return };
    let lengths = dash.iter().map(|length| single(*length)).collect();
    let stroke = Stroke {
        width: single(width),
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        dash: if dash.is_empty() { None } else { StrokeDash::new(lengths, 0.0) },
        ..Stroke::default()
    };
    pixmap.stroke_path(&path, &color(ink), &stroke, scaling(), None);
}

fn track(points: &[Point]) -> PathBuilder {
    let mut builder = PathBuilder::new();
    let mut points = points.iter().filter(|point| point.0.is_finite() && point.1.is_finite());
    if let Some((x, y)) = points.next() {
        builder.move_to(single(*x), single(*y));
    }
    for (x, y) in points {
        builder.line_to(single(*x), single(*y));
    }
    builder
}

fn plate(frame: &Frame, radius: f64) -> Option<Path> {
    let (left, top) = (single(frame.left), single(frame.top));
    let (right, bottom) = (single(frame.right), single(frame.bottom));
    let round = single(radius.min(0.5 * frame.width()).min(0.5 * frame.height()));
    if round <= 0.0 {
        return Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect);
    }
    let mut builder = PathBuilder::new();
    builder.move_to(left + round, top);
    builder.line_to(right - round, top);
    builder.quad_to(right, top, right, top + round);
    builder.line_to(right, bottom - round);
    builder.quad_to(right, bottom, right - round, bottom);
    builder.line_to(left + round, bottom);
    builder.quad_to(left, bottom, left, bottom - round);
    builder.line_to(left, top + round);
    builder.quad_to(left, top, left + round, top);
    builder.close();
    builder.finish()
}

/// Draws the outlines of a line of text, first its white rim if it has one.
fn letters(pixmap: &mut Pixmap, text: &Text, fallback: Option<&FallbackFont>) {
    let (curves, width) = font::outlines(&text.text, text.weight, fallback);
    let mut builder = PathBuilder::new();
    outline(&mut builder, &curves);
    let Some(path) = builder.finish() else { return };
    let (size, (x, y)) = (text.size, text.at);
    let shift = text.anchor.shift(width * size);
    let placed = if text.upwards {
        let (up, zero) = (single(-size), 0.0);
        Transform::from_row(zero, up, up, zero, single(x), single(y - shift))
    } else {
        Transform::from_row(single(size), 0.0, 0.0, single(-size), single(x + shift), single(y))
    };
    let Some(path) = path.transform(placed) else { return };
    if text.rim {
        stroke(pixmap, Some(path.clone()), WHITE, 5.0, &[]);
    }
    fill(pixmap, Some(path), text.ink);
}

fn outline(builder: &mut PathBuilder, curves: &[OutlineCurve]) {
    let mut end: Option<ab_glyph::Point> = None;
    for curve in curves {
        let (OutlineCurve::Line(first, last)
        | OutlineCurve::Quad(first, _, last)
        | OutlineCurve::Cubic(first, _, _, last)) = curve;
        if end != Some(*first) {
            builder.move_to(first.x, first.y);
        }
        match curve {
            OutlineCurve::Line(..) => builder.line_to(last.x, last.y),
            OutlineCurve::Quad(_, c, _) => builder.quad_to(c.x, c.y, last.x, last.y),
            OutlineCurve::Cubic(_, c, d, _) => {
                builder.cubic_to(c.x, c.y, d.x, d.y, last.x, last.y);
            }
        }
        end = Some(*last);
    }
}
