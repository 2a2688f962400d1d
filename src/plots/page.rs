//! The frame around every drawing: title, subtitle, caption, legend.

use super::canvas::{Anchor, Frame, HEIGHT, Ink, Point, Sheet, Text, WIDTH};
use super::font::{self, Weight};
use super::style::{self, BLACK, CAPTION, GREY, LABEL, SUBTITLE, TITLE};
use super::{Figure, svg};
use crate::about::{PROGRAM, SHORT_DISCLAIMER};

/// Empty border left and right.
pub(crate) const MARGIN: f64 = 48.0;

/// A figure in the making: its sheet, its words and the room for the drawing.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub sheet: Sheet,
    /// Room for the drawing.
    pub room: Frame,
    title: String,
}

impl Page {
    /// Writes title (what is seen), subtitle (what is plotted, for whom) and caption (of the
    /// scenario or sweep with the title `of`).
    pub(crate) fn about(of: &str, hypothesis: &str, title: &str, subtitle: &str) -> Self {
        let mut sheet = Sheet::default();
        let width = WIDTH - 2.0 * MARGIN;
        let size = title_size(title, width);
        let mut y = 20.0;
        for line in font::headline(title, size, Weight::Bold, width) {
            y += size * 1.12;
            sheet.text(words((MARGIN, y), line, size, BLACK).bold());
        }
        y += 6.0;
        // A dot between two parts ends a line, never begins one.
        let subtitle = subtitle.replace(" · ", "\u{A0}· ");
        for line in font::wrap(&subtitle, SUBTITLE, Weight::Regular, width, 2) {
            y += SUBTITLE * 1.2;
            sheet.text(words((MARGIN, y), line, SUBTITLE, GREY));
        }
        caption(&mut sheet, of, hypothesis);
        let room = Frame::new(MARGIN, y + 22.0, WIDTH - MARGIN, HEIGHT - 50.0);
        Self { sheet, room, title: title.to_owned() }
    }

    /// An empty sheet so wide, without words around the drawing; its height is not known yet.
    pub(crate) fn bare(width: f64) -> Self {
        let sheet = Sheet { size: (width, 0.0), marks: Vec::new() };
        Self { sheet, room: Frame::new(4.0, 4.0, width - 18.0, 4.0), title: String::new() }
    }

    /// Gives the room this height, and the sheet what it needs for that.
    pub(crate) fn make_room(&mut self, height: f64) {
        self.room.bottom = self.room.top + height;
        self.sheet.size.1 = self.room.bottom + 4.0;
    }

    /// A legend of lines that look like the arms in this order; lines without a label are left out.
    pub(crate) fn legend_of(&mut self, labels: &[&str]) {
        const ROW: f64 = 28.0;
        let named = labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
        let (looks, labels): (Vec<usize>, Vec<&str>) = named.unzip();
        let widest = labels.iter().map(|label| font::width(label, TICK_WIDTH, Weight::Regular));
        let wanted = 78.0 + widest.fold(0.0, f64::max);
        let least: f64 = if labels.len() > 8 { 3.0 } else { 2.0 };
        // Half a slide and less has room for one column of long names.
        let least = least.min((self.room.width() / 300.0).floor()).max(1.0);
        let columns = (self.room.width() / wanted).floor().clamp(least, 6.0);
        let cell = self.room.width() / columns;
        let (mut column, mut y) = (0.0, self.room.top + 8.0);
        for (index, label) in looks.into_iter().zip(&labels) {
            if column >= columns {
                (column, y) = (0.0, y + ROW);
            }
            let x = self.room.left + column * cell;
            let look = style::arm(index);
            self.sheet.line(&[(x, y), (x + 48.0, y)], look.ink, style::LINE, look.dash);
            let text = font::shorten_middle(label, TICK_WIDTH, Weight::Regular, cell - 74.0);
            self.sheet.text(words((x + 58.0, y + 6.0), text, TICK_WIDTH, look.letters));
            column += 1.0;
        }
        self.room.top = y + ROW;
    }

    /// A sentence in the middle instead of a drawing.
    pub(crate) fn note(&mut self, sentence: &str) {
        let (x, y) = self.room.center();
        let lines = font::wrap(sentence, SUBTITLE, Weight::Regular, self.room.width(), 3);
        let mut down = 0.0;
        for line in lines {
            let mut text = words((x, y + down), line, SUBTITLE, GREY);
            text.anchor = Anchor::Middle;
            self.sheet.text(text);
            down += 1.3 * SUBTITLE;
        }
    }

    /// The complete figure.
    pub(crate) fn finish(self, name: &'static str, description: String) -> Figure {
        let svg = svg::write(&self.sheet, &self.title, &description);
        Figure { name, title: self.title, svg, description, sheet: self.sheet }
    }
}

const TICK_WIDTH: f64 = style::TICK;

/// Left-bound text in regular letters.
pub(crate) fn words(at: Point, text: impl Into<String>, size: f64, ink: Ink) -> Text {
    Text {
        at,
        text: text.into(),
        size,
        weight: Weight::Regular,
        ink,
        anchor: Anchor::Start,
        upwards: false,
        rim: false,
    }
}

impl Text {
    /// The same in bold letters.
    pub(crate) fn bold(mut self) -> Self {
        self.weight = Weight::Bold;
        self
    }

    /// The same around its position.
    pub(crate) fn middle(mut self) -> Self {
        self.anchor = Anchor::Middle;
        self
    }

    /// The same ending at its position.
    pub(crate) fn end(mut self) -> Self {
        self.anchor = Anchor::End;
        self
    }
}

/// The largest size at which a title of two lines keeps all its words.
fn title_size(title: &str, width: f64) -> f64 {
    let mut size = TITLE;
    while size > LABEL && !font::fits(title, size, Weight::Bold, width, 2) {
        size -= 1.0;
    }
    size
}

fn caption(sheet: &mut Sheet, of: &str, hypothesis: &str) {
    let end = format!("hypothesis: {hypothesis} · {PROGRAM} · {SHORT_DISCLAIMER}");
    let width = WIDTH - 2.0 * MARGIN;
    let end = font::shorten(&end, CAPTION, Weight::Regular, 0.75 * width);
    let left = width - font::width(&format!(" · {end}"), CAPTION, Weight::Regular);
    let title = font::shorten(of, CAPTION, Weight::Regular, left);
    sheet.text(words((MARGIN, HEIGHT - 18.0), format!("{title} · {end}"), CAPTION, GREY));
}
