//! One read-out over time, all arms: the panel that several figures are made of.

use crate::physiology::quantities::Quantity;
use crate::words::names::chart_unit;

use super::axis::Axis;
use super::canvas::{Frame, Sheet};
use super::chart_words;
use super::labels::{self, EndLabel};
use super::page::words;
use super::panel::{Layer, Panel};
use super::span::Clock;
use super::style::{self, CAPTION, GREY, TICK};
use super::{FigureError, Subject};

/// A panel with its heading, axes and lines.
#[derive(Clone, Debug)]
pub(crate) struct Course<'a> {
    subject: &'a Subject<'a>,
    quantity: &'static Quantity,
    /// Words above the panel.
    pub heading: &'a str,
    /// Title of the time axis.
    pub time: String,
    pub x: Axis,
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

/// Room for the arms' labels at the ends of lines; 0 if there is one arm or a legend is needed.
pub(crate) fn room_for_labels(subject: &Subject) -> f64 {
    labels::room(&subject.arms.iter().map(|arm| arm.label).collect::<Vec<_>>())
}

impl<'a> Course<'a> {
    /// A quantity over the whole run.
    pub(crate) fn new(
        subject: &'a Subject,
        quantity: &'static Quantity,
        clock: &Clock,
        cell: Frame,
    ) -> Self {
        let points = |arm: &super::ArmData| {
            let rows = arm.trajectory.rows.iter();
            rows.map(|row| (clock.at(row.time_days), row.value(quantity.column))).collect()
        };
        Self {
            subject,
            quantity,
            heading: quantity.label.trim_end_matches(", relative"),
            time: clock.title(),
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
    pub(crate) fn keep(&mut self, low: f64, high: f64) {
        for line in &mut self.lines {
            let mut kept: Vec<(f64, f64)> = Vec::new();
            kept.extend(between(line, low));
            kept.extend(line.iter().filter(|point| point.0 > low && point.0 < high));
            kept.extend(between(line, high));
            *line = kept;
        }
    }

    /// Draws the panel and says where it is.
    pub(crate) fn draw(&self, sheet: &mut Sheet) -> Result<Panel, FigureError> {
        let cell = self.cell;
        let head = chart_words::heading(sheet, &cell, self.heading, &chart_unit(self.quantity));
        let outer = Frame::new(cell.left, head + 14.0, cell.right, cell.bottom - 22.0);
        let mut panel = Panel::inside(outer, self.x.clone(), self.value_axis(outer.height()), TICK);
        panel.frame.left = self.axis_left.unwrap_or(panel.frame.left);
        let mut layers = Vec::new();
        let normal = self.quantity.normal;
        layers.extend(chart_words::band(&panel, normal));
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
        chart_words::normal_word(sheet, &panel, normal, &self.lines);
        let middle = panel.frame.center().0;
        sheet.text(words((middle, cell.bottom - 3.0), self.time.as_str(), CAPTION, GREY).middle());
        if self.beside > 0.0 {
            self.end_labels(sheet, &panel);
        }
        Ok(panel)
    }

    fn end_labels(&self, sheet: &mut Sheet, panel: &Panel) {
        let finite = |point: &&(f64, f64)| point.0.is_finite() && point.1.is_finite();
        let mut ends = Vec::new();
        for (arm, (points, data)) in self.lines.iter().zip(&self.subject.arms).enumerate() {
            if let Some((x, y)) = points.iter().rev().find(finite) {
                ends.push(EndLabel { at: panel.at(*x, *y), arm, text: data.label });
            }
        }
        let height = (self.cell.top, self.cell.bottom);
        labels::beside(sheet, &ends, &panel.frame, self.beside, height);
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
        let band = self.quantity.normal.filter(|_| !self.zoomed);
        chart_words::value_axis(values, self.quantity.decimals, band, height)
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
