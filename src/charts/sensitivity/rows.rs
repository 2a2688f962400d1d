//! Rows of bars: a name on the left of each, and for inputs the grade on the right.

use crate::charts::sensitivity::{Findings, factor_name, look};
use crate::plots::FigureError;
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Sheet, WIDTH};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::float;
use crate::plots::page::{MARGIN, Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{BLACK, CAPTION, GREY, TICK};
use crate::sweep::sensitivity::{EvidenceClass, class_word};

/// More rows of inputs than this do not fit.
pub(crate) const MOST_ROWS: usize = 12;

/// The words beside a row.
#[derive(Debug)]
pub(crate) struct RowName {
    pub name: String,
    /// Key of a source, below the name; may be empty.
    pub source: &'static str,
    /// On the right, if there is one.
    pub grade: Option<EvidenceClass>,
}

/// Rows of bars on a page.
#[derive(Debug)]
pub(crate) struct Rows {
    /// The chart of the bars; its vertical axis runs from 0 (bottom) to 1.
    pub panel: Panel,
    names: Vec<RowName>,
    height: f64,
    left: f64,
}

impl Rows {
    /// Rows for these inputs in the room of a page, with this axis along their lower edge.
    pub(crate) fn of_inputs(
        findings: &Findings<'_>,
        page: &Page,
        positions: &[usize],
        axis: Axis,
    ) -> Self {
        let factors = positions.iter().filter_map(|at| findings.sensitivity.factors.get(*at));
        let names = factors.map(|factor| RowName {
            name: factor_name(factor),
            source: factor.source,
            grade: Some(factor.class),
        });
        let room = Frame { top: page.room.top + 36.0, right: page.room.right - 175.0, ..page.room };
        Self::new(room, names.collect(), axis, 88.0)
    }

    /// Rows in a room that holds their names and the title of their axis, too, each of this height
    /// at most.
    pub(crate) fn new(room: Frame, names: Vec<RowName>, axis: Axis, tallest: f64) -> Self {
        let widths = names.iter().map(|row| {
            let name = font::width(&row.name, TICK, Weight::Bold);
            name.max(font::width(row.source, CAPTION, Weight::Regular))
        });
        let left = room.left + widths.fold(120.0, f64::max).min(430.0) + 18.0;
        let count = float(names.len().max(1));
        let height = ((room.bottom - 62.0 - room.top) / count).min(tallest);
        let frame = Frame::new(left, room.top, room.right, room.top + height * count);
        let y = Axis::of_words(0.0, 1.0, Vec::new());
        let panel = Panel { frame, x: axis, y, tick: TICK };
        Self { panel, names, height, left: room.left }
    }

    /// Middle of a row \[pixels\], counted from the top.
    pub(crate) fn middle(&self, row: usize) -> f64 {
        self.panel.frame.top + (float(row) + 0.5) * self.height
    }

    /// Edges of a bar that takes this share of its row, in the units of the panel.
    pub(crate) fn edges(&self, row: usize, share: f64) -> (f64, f64) {
        let frame = &self.panel.frame;
        let unit = |y: f64| 1.0 - (y - frame.top) / frame.height();
        let half = 0.5 * share * self.height;
        (unit(self.middle(row) + half), unit(self.middle(row) - half))
    }

    /// Draws the axis, the bars, names and grades; `title` stands below the axis.
    pub(crate) fn draw(
        &self,
        sheet: &mut Sheet,
        bars: &[Layer],
        title: &str,
    ) -> Result<(), FigureError> {
        self.panel.draw(sheet, bars)?;
        let frame = &self.panel.frame;
        let middle = frame.center().0;
        let room = 2.0 * (middle - self.left).min(WIDTH - MARGIN - middle);
        let title = font::shorten(title, TICK, Weight::Regular, room);
        sheet.text(words((middle, frame.bottom + 52.0), title, TICK, GREY).middle());
        for (row, name) in self.names.iter().enumerate() {
            self.label(sheet, row, name);
        }
        Ok(())
    }

    fn label(&self, sheet: &mut Sheet, row: usize, beside: &RowName) {
        let room = self.panel.frame.left - self.left - 16.0;
        let y = self.middle(row);
        let both = self.height >= 2.0 * TICK && !beside.source.is_empty();
        let name = font::shorten_middle(&beside.name, TICK, Weight::Bold, room);
        let x = self.panel.frame.left - 14.0;
        let lift = if both { -1.0 } else { 0.33 * TICK };
        sheet.text(words((x, y + lift), name, TICK, BLACK).bold().end());
        if both {
            let source = font::shorten(beside.source, CAPTION, Weight::Regular, room);
            sheet.text(words((x, y + 0.95 * CAPTION), source, CAPTION, GREY).end());
        }
        if let Some(grade) = beside.grade {
            let at = (self.panel.frame.right + 26.0, y + 0.33 * TICK);
            sheet.text(words(at, class_word(grade), TICK, look(grade).letters).bold());
        }
    }
}

/// Writes how to read the bars along the upper edge of the room.
pub(crate) fn note(page: &mut Page, text: &str) {
    let at = (page.room.left, page.room.top + 10.0);
    let text = font::shorten(text, TICK, Weight::Regular, page.room.width());
    page.sheet.text(words(at, text, TICK, GREY));
}
