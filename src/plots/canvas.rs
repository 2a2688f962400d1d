//! The sheet that figures are drawn on: a list of marks in pixels, of a 1600 × 900 canvas unless a
//! page wants another.
//!
//! The writers `svg` and `png` read the list; `pen` lets plotters draw onto it.

use plotters_backend::BackendColor;

use super::font::{self, Weight};
use super::numbers::lowest_and_highest;

/// Width of a slide.
pub(crate) const WIDTH: f64 = 1600.0;
/// Height of a slide.
pub(crate) const HEIGHT: f64 = 900.0;

/// A place on the canvas, pixels from the upper left corner.
pub(crate) type Point = (f64, f64);

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub(crate) struct Ink {
    pub rgb: (u8, u8, u8),
    /// 0 (clear) to 1.
    pub alpha: f64,
}

impl Ink {
    pub(crate) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { rgb: (red, green, blue), alpha: 1.0 }
    }

    /// As SVG and CSS write it, whatever its alpha: "#0072b2".
    pub(crate) fn hex(self) -> String {
        let (red, green, blue) = self.rgb;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The same color, partly clear.
    pub(crate) const fn clear(self, alpha: f64) -> Self {
        Self { rgb: self.rgb, alpha }
    }

    /// The grey of the same lightness.
    pub(crate) fn grey(self) -> Self {
        let light = |part: u8| (f64::from(part) / 255.0).powf(2.2);
        let (red, green, blue) = self.rgb;
        let all = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
        let grey = (255.0 * all.powf(1.0 / 2.2)).round().clamp(0.0, 255.0) as u8;
        Self { rgb: (grey, grey, grey), alpha: self.alpha }
    }

    /// A darker color (share of the light kept), for letters on white.
    pub(crate) fn darker(self, share: f64) -> Self {
        let dim = |part: u8| (f64::from(part) * share).round().clamp(0.0, 255.0) as u8;
        Self { rgb: (dim(self.rgb.0), dim(self.rgb.1), dim(self.rgb.2)), alpha: self.alpha }
    }
}

impl From<BackendColor> for Ink {
    fn from(color: BackendColor) -> Self {
        Self { rgb: color.rgb, alpha: color.alpha }
    }
}

/// Point of a line of text that its position means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Where a text so wide begins, from its position.
    pub(crate) fn shift(self, width: f64) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => -0.5 * width,
            Self::End => -width,
        }
    }
}

/// A line of text; `at` is on its baseline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub at: Point,
    pub text: String,
    pub size: f64,
    pub weight: Weight,
    pub ink: Ink,
    /// Meaning of the position.
    pub anchor: Anchor,
    /// Runs upwards instead of to the right.
    pub upwards: bool,
    /// White rim, for text that stands on lines.
    pub rim: bool,
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    /// A rectangle from its four edges.
    pub(crate) const fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn center(&self) -> Point {
        (0.5 * (self.left + self.right), 0.5 * (self.top + self.bottom))
    }

    /// True if the two share more than a sliver of `slack` pixels.
    pub(crate) fn overlaps(&self, other: &Self, slack: f64) -> bool {
        self.left + slack < other.right
            && other.left + slack < self.right
            && self.top + slack < other.bottom
            && other.top + slack < self.bottom
    }
}

impl Text {
    /// The rectangle that the letters may fill.
    pub(crate) fn bounds(&self) -> Frame {
        self.filling(font::width(&self.text, self.size, self.weight))
    }

    /// The same if the text is so wide.
    pub(crate) fn filling(&self, width: f64) -> Frame {
        let shift = self.anchor.shift(width);
        let (up, down) = (font::ASCENT * self.size, font::DESCENT * self.size);
        let (x, y) = self.at;
        if self.upwards {
            Frame::new(x - up, y - shift - width, x + down, y - shift)
        } else {
            Frame::new(x + shift, y - up, x + shift + width, y + down)
        }
    }
}

/// One thing on the sheet; later marks cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// A filled shape.
    Fill { points: Vec<Point>, ink: Ink },
    /// A line through points, with lengths of dash and gap in turn; none for a solid line.
    Line { points: Vec<Point>, ink: Ink, width: f64, dash: &'static [f64] },
    /// A filled circle.
    Disc { at: Point, radius: f64, ink: Ink },
    /// A filled rectangle whose corners have this radius.
    Plate { frame: Frame, radius: f64, ink: Ink },
    /// A line of text.
    Text(Text),
}

/// A figure in the making.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sheet {
    /// Width and height.
    pub size: (f64, f64),
    /// The marks, lowest first.
    pub marks: Vec<Mark>,
}

impl Default for Sheet {
    /// An empty slide.
    fn default() -> Self {
        Self { size: (WIDTH, HEIGHT), marks: Vec::new() }
    }
}

impl Sheet {
    /// Replaces all colors by greys of the same lightness.
    pub(crate) fn without_colors(&mut self) {
        for mark in &mut self.marks {
            let ink = match mark {
                Mark::Fill { ink, .. }
                | Mark::Line { ink, .. }
                | Mark::Disc { ink, .. }
                | Mark::Plate { ink, .. }
                | Mark::Text(Text { ink, .. }) => ink,
            };
            *ink = ink.grey();
        }
    }

    /// Adds a text unless it is empty.
    pub(crate) fn text(&mut self, text: Text) {
        if !text.text.is_empty() {
            self.marks.push(Mark::Text(text));
        }
    }

    /// Adds a filled shape.
    pub(crate) fn fill(&mut self, points: Vec<Point>, ink: Ink) {
        self.marks.push(Mark::Fill { points, ink });
    }

    /// Adds a line; nothing for fewer than two points.
    pub(crate) fn line(&mut self, points: &[Point], ink: Ink, width: f64, dash: &'static [f64]) {
        let points = thin(points);
        if points.len() > 1 {
            self.marks.push(Mark::Line { points, ink, width, dash });
        }
    }

    /// Adds a filled circle.
    pub(crate) fn disc(&mut self, at: Point, radius: f64, ink: Ink) {
        self.marks.push(Mark::Disc { at, radius, ink });
    }

    /// Adds a rectangle with round corners.
    pub(crate) fn plate(&mut self, frame: Frame, radius: f64, ink: Ink) {
        self.marks.push(Mark::Plate { frame, radius, ink });
    }

    /// Every text on the sheet.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}

/// Keeps what an eye can see of a dense line: first, lowest, highest and last point of each half
/// pixel, as long as the line runs to the right.
fn thin(points: &[Point]) -> Vec<Point> {
    let forward = points.windows(2).all(|pair| matches!(pair, [a, b] if a.0 <= b.0));
    if points.len() < 400 || !forward {
        return points.to_vec();
    }
    let column = |point: &Point| (point.0 * 2.0).floor();
    let mut kept: Vec<Point> = Vec::new();
    for group in points.chunk_by(|a, b| column(a) == column(b)) {
        let places: Vec<(usize, &Point)> = group.iter().enumerate().collect();
        let ends = lowest_and_highest(&places, |(_, point)| point.1);
        let mut chosen: Vec<_> = places.first().into_iter().chain(places.last()).collect();
        chosen.extend(ends.into_iter().flat_map(|(low, high)| [low, high]));
        chosen.sort_by_key(|(place, _)| *place);
        chosen.dedup_by_key(|(place, _)| *place);
        kept.extend(chosen.into_iter().map(|(_, point)| **point));
    }
    kept
}
