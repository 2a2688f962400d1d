//! One read-out over time, all arms: the panel that several figures are made of.

use crate::physiology::quantities::Quantity;

use super::axis::Axis;
use super::canvas::{Frame, Sheet};
use super::font::{self, Weight};
use super::labels::{self, EndLabel};
use super::page::words;
use super::panel::{Layer, Panel};
use super::span::Clock;
use super::style::{self, BLACK, CAPTION, GREY, LABEL, NORMAL, NORMAL_WORD, TICK};
use super::{FigureError, Subject};

/// A panel with its heading, axes and lines.
#[derive(Clone, Debug)]
pub struct Course<'a> {
    subject: &'a Subject<'a>,
    quantity: &'static Quantity,
    /// Words above the panel.
    pub heading: &'a str,
    /// Title of the time axis.
    pub time: &'a str,
    /// Time axis.
    pub x: Axis,
    /// The arms' points.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Values that the axis must show, too.
    pub shows: Vec<f64>,
    /// The rectangle for everything but labels of lines.
    pub cell: Frame,
    /// Shows the lines as large as they get, even if the normal band is cut.
    pub zoomed: bool,
    /// Draws the value axis in decades from this value on.
    pub decades_from: Option<f64>,
    /// Fine vertical lines at these times.
    pub marks: Vec<f64>,
    /// Left end of the time axis, if it must match that of other panels.
    pub axis_left: Option<f64>,
    /// Room right of the cell for labels of lines; 0 for none.
    pub beside: f64,
}

/// Widest label at the end of a line.
const WIDEST: f64 = 190.0;

/// Room for the arms' labels at the ends of lines; 0 if there is one arm or a legend is needed.
#[must_use]
pub fn room_for_labels(subject: &Subject) -> f64 {
    let arms: Vec<&str> = subject.arms.iter().map(|arm| arm.label).collect();
    let short = |label: &&str| font::fits(label, TICK, Weight::Bold, WIDEST, 2);
    if (2..=labels::MOST).contains(&arms.len()) && arms.iter().all(short) {
        labels::width(&arms, TICK, WIDEST) + 22.0
    } else {
        0.0
    }
}

impl<'a> Course<'a> {
    /// A quantity over the whole run.
    #[must_use]
    pub fn new(
        subject: &'a Subject,
        quantity: &'static Quantity,
        clock: &Clock,
        cell: Frame,
    ) -> Self {
        let points = |arm: &super::ArmData| {
            let rows = arm.trajectory.rows.iter();
            rows.map(|row| (clock.tell(row.time_days), row.value(quantity.column))).collect()
        };
        Self {
            subject,
            quantity,
            heading: quantity.label.trim_end_matches(", relative"),
            time: clock.title,
            x: clock.axis(cell.width() - 50.0, 64.0),
            lines: subject.arms.iter().map(points).collect(),
            shows: Vec::new(),
            zoomed: false,
            decades_from: None,
            marks: Vec::new(),
            axis_left: None,
            cell,
            beside: 0.0,
        }
    }

    /// Cuts the lines at both ends of the time axis, `low` and `high`.
    pub fn keep(&mut self, low: f64, high: f64) {
        for line in &mut self.lines {
            let mut kept: Vec<(f64, f64)> = Vec::new();
            kept.extend(between(line, low));
            kept.extend(line.iter().filter(|point| point.0 > low && point.0 < high));
            kept.extend(between(line, high));
            *line = kept;
        }
    }

    /// Draws the panel and says where it is.
    ///
    /// # Errors
    /// [`FigureError::Drawing`] if plotters refuses.
    pub fn draw(&self, sheet: &mut Sheet) -> Result<Panel, FigureError> {
        let cell = self.cell;
        let head = self.head(sheet);
        let outer = Frame::new(cell.left, head + 14.0, cell.right, cell.bottom - 22.0);
        let mut panel = Panel::inside(outer, self.x.clone(), self.value_axis(outer.height()), TICK);
        panel.frame.left = self.axis_left.unwrap_or(panel.frame.left);
        let mut layers = Vec::new();
        layers.extend(self.band(&panel));
        let (low, high) = (panel.y.low, panel.y.high);
        layers.extend(self.marks.iter().map(|time| Layer::Line {
            points: vec![(*time, low), (*time, high)],
            ink: style::AXIS,
            width: 1.25,
            dash: &[4.0, 4.0],
        }));
        for (index, points) in self.lines.iter().enumerate() {
            let look = style::arm(index);
            let (ink, dash) = (look.ink, look.dash);
            layers.push(Layer::Line { points: points.clone(), ink, width: style::LINE, dash });
        }
        panel.draw(sheet, &layers)?;
        self.normal_word(sheet, &panel);
        let middle = panel.frame.center().0;
        sheet.text(words((middle, cell.bottom - 3.0), self.time, CAPTION, GREY).middle());
        if self.beside > 0.0 {
            self.end_labels(sheet, &panel);
        }
        Ok(panel)
    }

    /// Name and unit above the panel; returns the lower edge.
    fn head(&self, sheet: &mut Sheet) -> f64 {
        let cell = self.cell;
        let mut size = LABEL;
        while size > CAPTION && !font::fits(self.heading, size, Weight::Bold, cell.width(), 1) {
            size -= 0.5;
        }
        let name = font::shorten(self.heading, size, Weight::Bold, cell.width());
        let unit = unit(self.quantity);
        let beside = cell.left + font::width(&name, size, Weight::Bold) + 8.0;
        let mut y = cell.top + LABEL;
        sheet.text(words((cell.left, y), name, size, BLACK).bold());
        let wide = font::width(&unit, TICK, Weight::Regular);
        if cell.width() >= 300.0 && beside + wide <= cell.right {
            sheet.text(words((beside, y), unit, TICK, GREY));
        } else {
            y += TICK * 1.2;
            let unit = font::shorten(&unit, TICK, Weight::Regular, cell.width());
            sheet.text(words((cell.left, y), unit, TICK, GREY));
        }
        y
    }

    fn band(&self, panel: &Panel) -> Option<Layer> {
        let (low, high) = self.quantity.normal?;
        if high <= panel.y.low || low >= panel.y.high {
            return None;
        }
        Some(Layer::Area { from: (panel.x.low, low), to: (panel.x.high, high), ink: NORMAL })
    }

    /// The word "normal" where the band is, away from the lines if there is such a place.
    fn normal_word(&self, sheet: &mut Sheet, panel: &Panel) {
        let Some((low, high)) = self.quantity.normal else { return };
        let frame = &panel.frame;
        let top = panel.at(panel.x.low, high.min(panel.y.high)).1.max(frame.top);
        let bottom = panel.at(panel.x.low, low.max(panel.y.low)).1.min(frame.bottom);
        if bottom - top < 20.0 {
            return;
        }
        let right = frame.right - 8.0 - font::width("normal", CAPTION, Weight::Regular);
        let places = [frame.left + 8.0, right].map(|x| [(x, top + 15.0), (x, bottom - 6.0)]);
        let points: Vec<_> = self.lines.iter().flatten().map(|(x, y)| panel.at(*x, *y)).collect();
        let free = |place: &&(f64, f64)| {
            let word = words(**place, "normal", CAPTION, NORMAL_WORD).bounds();
            !points.windows(2).any(|pair| crosses(pair, &word))
        };
        let place = places.as_flattened().iter().find(free).or(places.as_flattened().first());
        if let Some(place) = place {
            sheet.text(words(*place, "normal", CAPTION, NORMAL_WORD));
        }
    }

    fn end_labels(&self, sheet: &mut Sheet, panel: &Panel) {
        let finite = |point: &&(f64, f64)| point.0.is_finite() && point.1.is_finite();
        let mut ends = Vec::new();
        for (arm, (points, data)) in self.lines.iter().zip(&self.subject.arms).enumerate() {
            if let Some((x, y)) = points.iter().rev().find(finite) {
                ends.push(EndLabel { at: panel.at(*x, *y), arm, text: data.label });
            }
        }
        let x = panel.frame.right + 22.0;
        let right = panel.frame.right + self.beside + 2.0;
        let room = Frame::new(x, self.cell.top, right, self.cell.bottom);
        labels::write(sheet, &ends, x, TICK, &room);
    }

    /// The axis of the read-out: all finite values and the whole normal band, never so narrow
    /// that rounding looks like drama.
    fn value_axis(&self, height: f64) -> Axis {
        if let Some(floor) = self.decades_from {
            let values = self.lines.iter().flatten().map(|point| point.1);
            let values = values.chain(self.shows.iter().copied());
            return Axis::in_decades(floor, values.filter(|v| v.is_finite()).fold(0.0, f64::max));
        }
        let inside = |point: &&(f64, f64)| point.0 >= self.x.low && point.0 <= self.x.high;
        let shown = self.lines.iter().flatten().filter(inside).map(|point| point.1);
        let values = shown.chain(self.shows.iter().copied()).filter(|value| value.is_finite());
        let (mut low, mut high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
        let size = low.abs().max(high.abs());
        let decimals = i32::try_from(self.quantity.decimals).unwrap_or(0);
        let least = (8.0 * 10f64.powi(-decimals)).max(0.02 * size);
        let band = self.quantity.normal.filter(|_| !self.zoomed);
        if let Some((floor, ceiling)) = band {
            let wide = (4.0 * (high - low).max(least)).max(ceiling - floor);
            if floor.is_finite() && (low - floor).abs() < wide {
                low = low.min(floor);
            }
            if ceiling.is_finite() && (ceiling - high).abs() < wide {
                high = high.max(ceiling);
            }
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before
        let count = (height / 52.0).clamp(2.0, 7.0) as usize;
        Axis::rounded(low, high, least, count)
    }
}

/// The point of a line at a time, straight between its neighbors.
fn between(line: &[(f64, f64)], time: f64) -> Option<(f64, f64)> {
    let exact = line.iter().find(|point| point.0 == time);
    exact.copied().or_else(|| {
        let around = |pair: &&[(f64, f64)]| matches!(pair, [a, b] if a.0 < time && time < b.0);
        let [a, b] = line.windows(2).find(around)? else { return None };
        Some((time, a.1 + (b.1 - a.1) * (time - a.0) / (b.0 - a.0)))
    })
}

/// True if the box around two neighbouring points touches a word.
fn crosses(pair: &[(f64, f64)], word: &Frame) -> bool {
    let [a, b] = pair else { return false };
    let line = Frame::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1));
    b.0 >= a.0 && line.overlaps(word, -5.0)
}

/// The unit in brackets, with words for numbers that have none.
fn unit(quantity: &Quantity) -> String {
    let has = |words: &[&str]| words.iter().any(|word| quantity.name.contains(word));
    match quantity.unit {
        "1" if has(&["t_score"]) => "[SD]".to_owned(),
        "1" if has(&["effect_of"]) => "[factor]".to_owned(),
        "1" if has(&["inr", "ratio"]) => "[ratio]".to_owned(),
        "1" if quantity.label.contains(", relative") || has(&["capacity", "activity"]) => {
            "[× reference]".to_owned()
        }
        "1" => "[share]".to_owned(),
        unit => format!("[{unit}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::quantities::{QUANTITIES, quantity};

    #[test]
    fn numbers_without_unit_have_words() {
        let word = |name: &str| unit(quantity(name).unwrap());
        assert_eq!(word("lumbar_spine_t_score"), "[SD]");
        assert_eq!(word("hip_fracture_risk"), "[× reference]");
        assert_eq!(word("fractional_absorption"), "[share]");
        assert_eq!(word("active_mgp"), "[share]");
        assert_eq!(word("estrogen"), "[× reference]");
        assert_eq!(word("inr"), "[ratio]");
        assert!(QUANTITIES.iter().all(|quantity| unit(quantity) != "[1]"));
    }
}
