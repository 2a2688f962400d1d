//! One row per input: its name on the left, its bars in the middle, its grade on the right.

use crate::plots::FigureError;
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::sensitivity::{Findings, factor_name, look};
use crate::plots::style::{BLACK, CAPTION, GREY, TICK};
use crate::sweep::sensitivity::{Factor, class_word};

/// More rows than this do not fit.
pub(crate) const MOST_ROWS: usize = 12;

/// Height of a row at most.
const TALLEST: f64 = 88.0;

/// Where the rows of some inputs stand.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    /// The chart of the bars; its vertical axis runs from 0 (bottom) to 1.
    pub panel: Panel,
    /// The inputs, the uppermost first.
    pub factors: Vec<&'a Factor>,
    /// Height of a row.
    pub height: f64,
    left: f64,
}

impl<'a> Rows<'a> {
    /// Rows for these inputs in the room of a page, with this axis along their lower edge.
    pub(crate) fn new(
        findings: &Findings<'a>,
        page: &Page,
        positions: &[usize],
        axis: Axis,
    ) -> Self {
        let all = &findings.sensitivity.factors;
        let factors: Vec<&Factor> = positions.iter().filter_map(|at| all.get(*at)).collect();
        let names = factors.iter().map(|factor| {
            let name = font::width(&factor_name(factor), TICK, Weight::Bold);
            name.max(font::width(factor.source, CAPTION, Weight::Regular))
        });
        let room = &page.room;
        let left = room.left + names.fold(120.0, f64::max).min(430.0) + 18.0;
        #[allow(clippy::cast_precision_loss)] // a few rows
        let count = factors.len().max(1) as f64;
        let top = room.top + 36.0;
        let height = ((room.bottom - 62.0 - top) / count).min(TALLEST);
        let frame = Frame::new(left, top, room.right - 175.0, top + height * count);
        let y = Axis { low: 0.0, high: 1.0, ticks: Vec::new(), decimals: 0, decades: false };
        let panel = Panel { frame, x: axis, y, tick: TICK };
        Self { panel, factors, height, left: room.left }
    }

    /// Middle of a row \[pixels\], counted from the top.
    #[allow(clippy::cast_precision_loss)] // a few rows
    pub(crate) fn middle(&self, row: usize) -> f64 {
        self.panel.frame.top + (row as f64 + 0.5) * self.height
    }

    /// Edges of a bar that takes this share of its row, in the units of the panel.
    pub(crate) fn edges(&self, row: usize, share: f64) -> (f64, f64) {
        let frame = &self.panel.frame;
        let unit = |y: f64| 1.0 - (y - frame.top) / frame.height();
        let half = 0.5 * share * self.height;
        (unit(self.middle(row) + half), unit(self.middle(row) - half))
    }

    /// Draws the axis, the bars, names and grades; `title` stands below the axis.
    /// Errors: [`FigureError::Drawing`] if plotters refuses.
    pub(crate) fn draw(
        &self,
        sheet: &mut Sheet,
        bars: &[Layer],
        title: &str,
    ) -> Result<(), FigureError> {
        self.panel.draw(sheet, bars)?;
        let frame = &self.panel.frame;
        let middle = frame.center().0;
        let room = 2.0 * (middle - self.left).min(1600.0 - 48.0 - middle);
        let title = font::shorten(title, TICK, Weight::Regular, room);
        sheet.text(words((middle, frame.bottom + 52.0), title, TICK, GREY).middle());
        for (row, factor) in self.factors.iter().enumerate() {
            self.label(sheet, row, factor);
        }
        Ok(())
    }

    fn label(&self, sheet: &mut Sheet, row: usize, factor: &Factor) {
        let room = self.panel.frame.left - self.left - 16.0;
        let y = self.middle(row);
        let both = self.height >= 2.0 * TICK && !factor.source.is_empty();
        let name = font::shorten_middle(&factor_name(factor), TICK, Weight::Bold, room);
        let x = self.panel.frame.left - 14.0;
        let lift = if both { -1.0 } else { 0.33 * TICK };
        sheet.text(words((x, y + lift), name, TICK, BLACK).bold().end());
        if both {
            let source = font::shorten(factor.source, CAPTION, Weight::Regular, room);
            sheet.text(words((x, y + 0.95 * CAPTION), source, CAPTION, GREY).end());
        }
        let grade = class_word(factor.class);
        let at = (self.panel.frame.right + 26.0, y + 0.33 * TICK);
        sheet.text(words(at, grade, TICK, look(factor.class).letters).bold());
    }
}

/// How to read the bars, along the upper edge of the room.
pub(crate) fn note(page: &mut Page, text: &str) {
    let at = (page.room.left, page.room.top + 10.0);
    let text = font::shorten(text, TICK, Weight::Regular, page.room.width());
    page.sheet.text(words(at, text, TICK, GREY));
}
