//! One chart: two axes, bands, lines and points, drawn by plotters.

use plotters::chart::ChartBuilder;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection, Polygon, Rectangle};
use plotters::style::{Color, FontStyle, IntoFont, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::FigureError;
use super::axis::Axis;
use super::canvas::{Frame, Ink, Point, Sheet};
use super::field::Field;
use super::font::{self, FAMILY, Weight};
use super::pen::{Pen, STEPS, pixel, steps};
use super::raster;
use super::style::{AXIS, GREY, GRID, Shape, WHITE};

/// A chart in a rectangle of the sheet.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    /// The rectangle inside the axes.
    pub frame: Frame,
    pub x: Axis,
    pub y: Axis,
    /// Font size of the numbers.
    pub tick: f64,
}

/// Something inside a chart, in the units of its axes.
#[derive(Clone, Debug, serde::Serialize)]
pub(crate) enum Layer {
    /// A tinted rectangle below the grid; an infinite end reaches the edge of the chart.
    Area { from: (f64, f64), to: (f64, f64), ink: Ink },
    /// A rectangle that shows data, above the grid.
    Bar { from: (f64, f64), to: (f64, f64), ink: Ink },
    /// A polygon below the grid.
    Shape { points: Vec<(f64, f64)>, ink: Ink },
    /// Numbers over the whole chart as steps of color, instead of the grid; the limits between
    /// colors, ascending, and their names for the bar of colors beside the chart; no bar if there
    /// are none.
    Cells { field: Field, levels: Vec<f64>, names: Vec<String> },
    /// Hatching where a field is above 0.
    Hatching { field: Field },
    /// Nested quarter ellipses in the upper left corner.
    Corner { ink: Ink },
    /// A fine line from edge to edge, at a value of one of the axes.
    Rule { x: Option<f64>, y: Option<f64>, dash: &'static [f64] },
    /// A line; it is broken where a number is not finite.
    Line { points: Vec<(f64, f64)>, ink: Ink, width: f64, dash: &'static [f64] },
    /// A point, filled or hollow.
    Dot { at: (f64, f64), shape: Shape, ink: Ink, radius: f64, hollow: bool },
    /// Equal parts of a whole, each a dot.
    Dots { points: Vec<(f64, f64)>, shape: Shape, ink: Ink, radius: f64, hollow: bool },
    /// A measured value with its interval, of an arm or of a study with this name.
    Observed {
        #[serde(skip_serializing_if = "String::is_empty")]
        name: String,
        at: (f64, f64),
        interval: Option<(f64, f64)>,
        shape: Shape,
        ink: Ink,
    },
}

/// A plotters error as ours.
fn failed(error: impl std::fmt::Display) -> FigureError {
    FigureError::Drawing(error.to_string())
}

/// A color as plotters wants it.
pub(crate) fn rgba(ink: Ink) -> RGBAColor {
    RGBAColor(ink.rgb.0, ink.rgb.1, ink.rgb.2, ink.alpha)
}

impl Panel {
    /// A chart inside `outer`, which also holds the numbers along its axes.
    pub(crate) fn inside(outer: Frame, x: Axis, y: Axis, tick: f64) -> Self {
        let widest =
            y.ticks.iter().map(|value| font::width(&y.label(*value), tick, Weight::Regular));
        let left = outer.left + widest.fold(0.0, f64::max) + 12.0;
        let frame = Frame::new(left, outer.top, outer.right, outer.bottom - 1.2 * tick - 6.0);
        Self { frame, x, y, tick }
    }

    /// The place of a point of the chart on the canvas.
    pub(crate) fn at(&self, x: f64, y: f64) -> Point {
        let frame = &self.frame;
        (
            frame.left + self.x.share(x) * frame.width(),
            frame.bottom - self.y.share(y) * frame.height(),
        )
    }

    /// Draws areas, then the axes with a light grid, then everything else.
    /// Errors: [`FigureError::Drawing`] if plotters refuses.
    pub(crate) fn draw(&self, sheet: &mut Sheet, layers: &[Layer]) -> Result<(), FigureError> {
        let below = 1.2 * self.tick + 6.0;
        let beside = self.frame.left.min(120.0);
        let root = Pen { sheet }.into_drawing_area();
        let area = root.shrink(
            (steps(self.frame.left - beside), steps(self.frame.top)),
            (steps(self.frame.width() + beside), steps(self.frame.height() + below)),
        );
        let mut chart = ChartBuilder::on(&area)
            .x_label_area_size(steps(below))
            .y_label_area_size(steps(beside))
            .build_cartesian_2d(self.x.clone(), self.y.clone())
            .map_err(failed)?;
        let plane = chart.plotting_area().clone();
        for layer in layers.iter().filter(|layer| layer.is_area()) {
            layer.draw(self, &plane)?;
        }
        let grey = rgba(GREY);
        let letters = TextStyle::from((FAMILY, self.tick * STEPS, FontStyle::Normal).into_font())
            .color(&grey);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(rgba(GRID.clear(0.0)))
            .bold_line_style(rgba(GRID).stroke_width(10))
            .axis_style(rgba(AXIS).stroke_width(12))
            .set_all_tick_mark_size(steps(5.0))
            .x_labels(self.x.ticks.len().max(1))
            .y_labels(self.y.ticks.len().max(1))
            .label_style(letters)
            .draw()
            .map_err(failed)?;
        for layer in layers.iter().filter(|layer| !layer.is_area()) {
            layer.draw(self, &plane)?;
        }
        Ok(())
    }

    /// Two strokes across a vertical axis of numbers above 0 that does not begin there.
    pub(crate) fn mark_if_cut(&self, sheet: &mut Sheet) {
        let axis = &self.y;
        let is_cut = axis.low > 0.0 && axis.ticks.first().is_some_and(|first| *first > 0.0);
        if !is_cut || axis.decades || !axis.names.is_empty() {
            return;
        }
        let (x, y) = (self.frame.left, self.frame.bottom - 12.0);
        sheet.line(&[(x, y - 1.0), (x, y + 5.0)], WHITE, 4.0, &[]);
        for y in [y - 1.0, y + 5.0] {
            sheet.line(&[(x - 7.0, y + 3.0), (x + 7.0, y - 3.0)], AXIS, 1.5, &[]);
        }
    }

    /// The least distance of neighboring dots across or upright \[pixels\].
    fn pitch(&self, points: &[(f64, f64)]) -> f64 {
        let at = points.iter().map(|point| self.at(point.0, point.1));
        let pairs = at.clone().zip(at.skip(1));
        let apart = pairs.flat_map(|(a, b)| [(a.0 - b.0).abs(), (a.1 - b.1).abs()]);
        apart.filter(|apart| *apart > 0.5).fold(f64::INFINITY, f64::min)
    }

    /// The ends of a line from edge to edge, at a value of one of the axes.
    pub(crate) fn rule(&self, x: Option<f64>, y: Option<f64>) -> [(f64, f64); 2] {
        let low = (x.unwrap_or(self.x.low), y.unwrap_or(self.y.low));
        [low, (x.unwrap_or(self.x.high), y.unwrap_or(self.y.high))]
    }

    /// A quarter of an ellipse around the upper left corner, as wide and tall as this share of the
    /// way from there to 0 on each axis.
    fn quarter(&self, share: f64) -> Vec<(f64, f64)> {
        let (left, top) = (self.x.low, self.y.high);
        let wide = self.x.high.min(0.0).max(left) - left;
        let tall = top - self.y.low.max(0.0).min(top);
        let edge = (0..=24).map(|step| {
            let angle = std::f64::consts::FRAC_PI_2 * f64::from(step) / 24.0;
            (left + share * wide * angle.cos(), top - share * tall * angle.sin())
        });
        std::iter::once((left, top)).chain(edge).collect()
    }

    /// A measured value and the ends of its interval, inside the axes.
    fn bar_of(&self, at: (f64, f64), interval: Option<(f64, f64)>) -> [(f64, f64); 3] {
        let (low, high) = interval.unwrap_or((at.1, at.1));
        [at, self.inner((at.0, low)), self.inner((at.0, high))]
    }

    /// The nearest point inside the axes.
    fn inner(&self, point: (f64, f64)) -> (f64, f64) {
        let inside = |value: f64, axis: &Axis| value.max(axis.low).min(axis.high);
        (inside(point.0, &self.x), inside(point.1, &self.y))
    }
}

type Plane<'a> = DrawingArea<Pen<'a>, Cartesian2d<Axis, Axis>>;

impl Layer {
    const fn is_area(&self) -> bool {
        matches!(self, Self::Area { .. } | Self::Shape { .. } | Self::Corner { .. })
    }

    fn draw(&self, panel: &Panel, plane: &Plane) -> Result<(), FigureError> {
        match self {
            Self::Area { from, to, ink } | Self::Bar { from, to, ink } => {
                let corners = [panel.inner(*from), panel.inner(*to)];
                plane.draw(&Rectangle::new(corners, ShapeStyle::from(&rgba(*ink)).filled()))
            }
            Self::Shape { points, ink } => plane.draw(&Polygon::new(points.clone(), rgba(*ink))),
            Self::Corner { ink } => {
                for share in [0.62, 0.50, 0.38, 0.26] {
                    let points = panel.quarter(share);
                    plane.draw(&Polygon::new(points, rgba(*ink))).map_err(failed)?;
                }
                Ok(())
            }
            Self::Cells { field, levels, .. } => {
                let field = field.in_shares(&panel.x, &panel.y);
                let draw = |sheet: &mut Sheet, _: &[Point]| {
                    raster::paint(sheet, &panel.frame, &field, levels);
                };
                plane.draw(&Element { points: &[], draw })
            }
            Self::Hatching { field } => {
                let field = field.in_shares(&panel.x, &panel.y);
                let draw =
                    |sheet: &mut Sheet, _: &[Point]| raster::hatch(sheet, &panel.frame, &field);
                plane.draw(&Element { points: &[], draw })
            }
            Self::Rule { x, y, dash } => {
                let draw = |sheet: &mut Sheet, at: &[Point]| sheet.line(at, AXIS, 1.5, dash);
                plane.draw(&Element { points: &panel.rule(*x, *y), draw })
            }
            Self::Line { points, ink, width, dash } => {
                let draw = |sheet: &mut Sheet, at: &[Point]| sheet.line(at, *ink, *width, dash);
                let finite = |point: &(f64, f64)| point.0.is_finite() && point.1.is_finite();
                for points in points.split(|point| !finite(point)) {
                    plane.draw(&Element { points, draw }).map_err(failed)?;
                }
                Ok(())
            }
            Self::Dot { at, shape, ink, radius, hollow } => {
                return dots(plane, &[*at], *shape, *ink, (*radius, *hollow));
            }
            Self::Dots { points, shape, ink, radius, hollow } => {
                let radius = radius.min(0.46 * panel.pitch(points));
                return dots(plane, points, *shape, *ink, (radius, *hollow));
            }
            Self::Observed { at, interval, shape, ink, .. } => {
                let points = panel.bar_of(*at, *interval);
                let draw =
                    |sheet: &mut Sheet, points: &[Point]| observed(sheet, points, *shape, *ink);
                plane.draw(&Element { points: &points, draw })
            }
        }
        .map_err(failed)
    }
}

/// Our own marks as a plotters element: plotters' own know no dashes, shapes or fields.
struct Element<'a, F> {
    /// Points that plotters turns into places on the sheet.
    points: &'a [(f64, f64)],
    draw: F,
}

impl<'a, F> PointCollection<'a, (f64, f64)> for &'a Element<'_, F> {
    type Point = &'a (f64, f64);
    type IntoIter = std::slice::Iter<'a, (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl<F: Fn(&mut Sheet, &[Point])> Drawable<Pen<'_>> for Element<'_, F> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        pen: &mut Pen<'_>,
        _size: (u32, u32),
    ) -> Result<(), DrawingErrorKind<std::convert::Infallible>> {
        (self.draw)(pen.sheet, &points.map(pixel).collect::<Vec<Point>>());
        Ok(())
    }
}

/// Points of one look, filled or hollow.
fn dots(
    plane: &Plane<'_>,
    points: &[(f64, f64)],
    shape: Shape,
    ink: Ink,
    (radius, hollow): (f64, bool),
) -> Result<(), FigureError> {
    let inner = hollow.then_some(radius - 3.0);
    let draw = |sheet: &mut Sheet, at: &[Point]| {
        at.iter().for_each(|at| ring(sheet, *at, shape, (radius, inner), ink));
    };
    plane.draw(&Element { points, draw }).map_err(failed)
}

/// A measured value and the ends of its interval: a hollow point, a bar with caps.
pub(crate) fn observed(sheet: &mut Sheet, points: &[Point], shape: Shape, ink: Ink) {
    const CAP: f64 = 5.0;
    let [at, ends @ ..] = points else { return };
    sheet.line(ends, ink, 2.0, &[]);
    for (x, y) in ends.iter().filter(|end| *end != at) {
        sheet.line(&[(x - CAP, *y), (x + CAP, *y)], ink, 2.0, &[]);
    }
    ring(sheet, *at, shape, (7.5, Some(4.5)), ink);
}

/// A point, hollow inside the second radius.
fn ring(sheet: &mut Sheet, at: Point, shape: Shape, (outer, inner): (f64, Option<f64>), ink: Ink) {
    spot(sheet, at, shape, outer, ink);
    if let Some(inner) = inner {
        spot(sheet, at, shape, inner, WHITE);
    }
}

/// A filled point in the shape of an arm.
pub(crate) fn spot(sheet: &mut Sheet, (x, y): Point, shape: Shape, radius: f64, ink: Ink) {
    let r = radius;
    let corners = match shape {
        Shape::Disc => return sheet.disc((x, y), r, ink),
        Shape::Square => vec![(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Triangle => vec![(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        Shape::Diamond => vec![(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Funnel => vec![(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
    };
    sheet.fill(corners.iter().map(|(dx, dy)| (x + r * dx, y + r * dy)).collect(), ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_that_does_not_begin_at_0_is_marked() {
        let frame = Frame::new(0.0, 0.0, 300.0, 200.0);
        let axis = |low: f64, high: f64| Axis::new(low, high, 0.0, 4);
        for (low, marks) in [(2.2, 3), (0.0, 0), (-1.0, 0)] {
            let mut sheet = Sheet::default();
            let panel = Panel { frame, x: axis(0.0, 1.0), y: axis(low, 3.0), tick: 18.0 };
            panel.mark_if_cut(&mut sheet);
            assert_eq!(sheet.marks.len(), marks, "from {low}");
        }
    }
}
