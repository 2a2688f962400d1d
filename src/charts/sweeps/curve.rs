//! A panel of curves over one axis: lines or medians with the bands of 50 and 90 % of all samples.

use crate::charts::sweeps::grid_axis::{AxisData, Values};
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::labels::{self, EndLabel};
use crate::plots::numbers::{count, extremes, float};
use crate::plots::page::words;
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{self, CAPTION, GREY, TICK};
use crate::plots::{FigureError, chart_words};

/// Curves with more points are drawn without a dot at each.
const MOST_DOTS: usize = 25;

/// Bands whose highest number is so many times the lowest stand on a logarithmic axis.
const SKEWED: f64 = 20.0;

#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    /// Position among the looks of arms.
    pub look: usize,
    /// Words at its end.
    pub label: String,
    /// Its points; broken where a number is missing.
    pub points: Vec<(f64, f64)>,
    /// Lower and upper edge of each band, the widest first.
    pub bands: Vec<(Vec<f64>, Vec<f64>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Curves<'a> {
    pub heading: &'a str,
    pub unit: &'a str,
    /// Decimals of its values.
    pub decimals: usize,
    pub normal: Option<(f64, f64)>,
    pub axis: &'a AxisData,
    pub series: &'a [Series],
    /// Values that the vertical axis must show, too.
    pub shows: &'a [f64],
    /// The rectangle for everything but labels of lines.
    pub cell: Frame,
    /// Room right of it for labels of lines; 0 for none.
    pub beside: f64,
}

/// From `low` to `high` with numbers at 1, 2 and 5 times each power of ten, as many as fit.
fn logarithmic(low: f64, high: f64, count: usize) -> Axis {
    Axis::logarithmic(low, high, count)
}

/// The axis on which these values stand.
pub(crate) fn scale(axis: &AxisData, pixels: f64) -> Axis {
    axis.scale().axis(pixels, 64.0)
}

/// Positions of an axis's values on the horizontal axis.
pub(crate) fn places(axis: &AxisData) -> Vec<f64> {
    axis.places()
}

impl Curves<'_> {
    /// Draws the panel and says where it is.
    pub(crate) fn draw(&self, sheet: &mut Sheet) -> Result<Panel, FigureError> {
        let cell = self.cell;
        let skewed = self.skewed();
        let log =
            if skewed.is_some() { format!("{} logarithmic", self.unit) } else { String::new() };
        let unit = if log.is_empty() { self.unit } else { &log };
        let head = chart_words::heading(sheet, &cell, self.heading, unit);
        let outer = Frame::new(cell.left, head + 14.0, cell.right, cell.bottom - 22.0);
        let x = scale(self.axis, cell.width() - 50.0);
        let count = count(outer.height() / 40.0, 2, 9);
        let y = match skewed {
            Some((low, high)) => logarithmic(low, high, count),
            None => {
                chart_words::value_axis(self.shown(), self.decimals, self.normal, outer.height())
            }
        };
        let panel = Panel::inside(outer, x, y, TICK);
        let mut layers: Vec<Layer> = Vec::new();
        layers.extend(chart_words::band(&panel, self.normal));
        layers.extend(zero(&panel));
        if self.has_single_points() {
            layers.extend(self.single_points());
        } else {
            layers.extend(self.series.iter().flat_map(Series::shapes));
            layers.extend(self.series.iter().flat_map(Series::layers));
        }
        panel.draw(sheet, &layers)?;
        let lines: Vec<_> = self.series.iter().map(|series| series.points.clone()).collect();
        chart_words::normal_word(sheet, &panel, self.normal, &lines);
        let middle = panel.frame.center().0;
        let room = 2.0 * (middle - cell.left).min(cell.right - middle);
        let title = font::shorten(&self.axis.title(), CAPTION, Weight::Regular, room);
        sheet.text(words((middle, cell.bottom - 3.0), title, CAPTION, GREY).middle());
        if self.beside > 0.0 {
            self.end_labels(sheet, &panel);
        }
        Ok(panel)
    }

    /// Whether points stand alone: a single one, or one for each word.
    fn has_single_points(&self) -> bool {
        matches!(self.axis.values, Values::Words(_)) || self.axis.len() == 1
    }

    /// Points side by side, each on bars that show its bands.
    fn single_points(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for (index, series) in self.series.iter().enumerate() {
            let look = style::arm(series.look);
            let shift = 0.07 * (float(index) - 0.5 * (float(self.series.len()) - 1.0));
            let shift = if self.axis.len() == 1 { 0.0 } else { shift };
            for (place, (x, value)) in series.points.iter().enumerate() {
                let x = x + shift;
                for (band, (low, high)) in series.bands.iter().enumerate() {
                    let ends = low.get(place).zip(high.get(place));
                    let Some((low, high)) = ends else { continue };
                    let (width, ink) = (if band == 0 { 4.0 } else { 14.0 }, look.ink.clear(0.45));
                    let points = vec![(x, *low), (x, *high)];
                    layers.push(Layer::Line { points, ink, width, dash: &[] });
                }
                let (shape, ink) = (look.shape, look.ink);
                if value.is_finite() {
                    let at = (x, *value);
                    layers.push(Layer::Dot { at, shape, ink, radius: 9.0, hollow: false });
                }
            }
        }
        layers
    }

    /// All numbers that the vertical axis must show.
    fn shown(&self) -> impl Iterator<Item = f64> {
        let lines = self.series.iter().flat_map(|series| {
            let edges = series.bands.iter().flat_map(|(low, high)| low.iter().chain(high));
            series.points.iter().map(|point| point.1).chain(edges.copied())
        });
        lines.chain(self.shows.iter().copied()).filter(|value| value.is_finite())
    }

    /// The ends of a logarithmic axis, where bands reach so far that a linear one hides the rest.
    fn skewed(&self) -> Option<(f64, f64)> {
        let banded = self.series.iter().any(|series| !series.bands.is_empty());
        let (low, high) = extremes(self.shown())?;
        (banded && low > 0.0 && high / low >= SKEWED).then_some((0.9 * low, 1.1 * high))
    }

    fn end_labels(&self, sheet: &mut Sheet, panel: &Panel) {
        let ends: Vec<EndLabel> = self
            .series
            .iter()
            .filter_map(|series| {
                let (x, y) = series.points.iter().rev().find(|point| point.1.is_finite())?;
                let ink = style::arm(series.look).letters;
                Some(EndLabel { at: panel.at(*x, *y), ink, text: &series.label })
            })
            .collect();
        let height = (self.cell.top, self.cell.bottom);
        labels::beside(sheet, &ends, &panel.frame, self.beside, height);
    }
}

/// A fine line at zero, where the panel shows both sides of it.
fn zero(panel: &Panel) -> Option<Layer> {
    let (low, high) = (panel.y.low, panel.y.high);
    let points = vec![(panel.x.low, 0.0), (panel.x.high, 0.0)];
    (low < 0.0 && high > 0.0).then_some(Layer::Line {
        points,
        ink: style::AXIS,
        width: 1.5,
        dash: &[],
    })
}

impl Series {
    pub(crate) fn shapes(&self) -> Vec<Layer> {
        let ink = style::arm(self.look).ink;
        let mut shapes = Vec::new();
        for (low, high) in &self.bands {
            let corners: Vec<(f64, f64, f64)> = (self.points.iter().zip(low).zip(high))
                .map(|((point, low), high)| (point.0, *low, *high))
                .collect();
            for piece in corners.split(|corner| !(corner.1 + corner.2).is_finite()) {
                let above = piece.iter().rev().map(|corner| (corner.0, corner.2));
                let points: Vec<_> =
                    piece.iter().map(|corner| (corner.0, corner.1)).chain(above).collect();
                if piece.len() > 1 {
                    shapes.push(Layer::Shape { points, ink: ink.clear(0.2) });
                }
            }
        }
        shapes
    }

    /// The line, and a dot at each point if there are few.
    pub(crate) fn layers(&self) -> Vec<Layer> {
        let look = style::arm(self.look);
        let (ink, shape) = (look.ink, look.shape);
        let points = self.points.clone();
        let mut layers = vec![Layer::Line { points, ink, width: style::LINE, dash: look.dash }];
        if self.points.len() <= MOST_DOTS {
            let radius = 4.5;
            let dots = self.points.iter().filter(|point| point.1.is_finite());
            layers.extend(dots.map(|at| Layer::Dot { at: *at, shape, ink, radius, hollow: false }));
        }
        layers
    }
}
