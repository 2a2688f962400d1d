//! The frame around every drawing: title, subtitle, caption, legend.

use super::canvas::{Anchor, Frame, HEIGHT, Ink, Point, Sheet, Text, WIDTH};
use super::font::{self, Weight};
use super::numbers::float;
use super::style::{self, BLACK, CAPTION, GREY, LABEL, SUBTITLE, TICK, TITLE};
use super::{Figure, svg};
use crate::about::{PROGRAM, SHORT_DISCLAIMER};
use crate::figure_kinds::{FigureLook, FigureSize};

/// Measures of a page.
struct Format {
    width: f64,
    /// Empty border left and right.
    margin: f64,
    /// Largest and smallest letters of the title, and its lines.
    title: (f64, f64, usize),
    /// Letters of the subtitle and its lines.
    subtitle: (f64, usize),
    /// Lines of the caption.
    caption_lines: usize,
}

/// Letters of 15 are 12 pixels high where a page is 900 pixels wide, and a phone 360.
const fn format(size: FigureSize) -> Format {
    match size {
        FigureSize::Slide => Format {
            width: WIDTH,
            margin: 48.0,
            title: (TITLE, LABEL, 2),
            subtitle: (SUBTITLE, 2),
            caption_lines: 1,
        },
        FigureSize::Page => Format {
            width: 1100.0,
            margin: 32.0,
            title: (28.0, LABEL, 3),
            subtitle: (LABEL, 3),
            caption_lines: 2,
        },
        FigureSize::Phone => Format {
            width: 450.0,
            margin: 22.0,
            title: (23.0, TICK, 6),
            subtitle: (16.0, 6),
            caption_lines: 4,
        },
    }
}

/// A figure in the making: its sheet, its words and the room for the drawing.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub sheet: Sheet,
    /// Room for the drawing.
    pub room: Frame,
    title: String,
    caption: Vec<String>,
    look: FigureLook,
}

/// A subtitle in lines. They end after a dot between two parts where that takes no more lines; a dot
/// never begins one.
fn subtitle_lines(subtitle: &str, size: f64, room: f64, limit: usize) -> Vec<String> {
    let lines = |text: &str| font::wrap(text, size, Weight::Regular, room, limit);
    let by_words = lines(&subtitle.replace(" · ", "\u{A0}· "));
    let parts = subtitle.replace(' ', "\u{A0}").replace("\u{A0}·\u{A0}", "\u{A0}· ");
    let by_parts = lines(&parts);
    let fits = font::fits(&parts, size, Weight::Regular, room, limit);
    if by_words.len() == 1 || !fits || by_parts.len() > by_words.len() {
        return by_words;
    }
    by_parts.iter().map(|line| line.replace('\u{A0}', " ")).collect()
}

impl Page {
    /// Writes title (what is seen) and subtitle (what is plotted, for whom); `caption` says of which
    /// scenario or sweep.
    pub(crate) fn about(
        caption: (&str, &str),
        title: &str,
        subtitle: &str,
        look: FigureLook,
    ) -> Self {
        let format = format(look.size);
        let mut sheet = Sheet { size: (format.width, HEIGHT), ..Sheet::default() };
        let (margin, width) = (format.margin, format.width - 2.0 * format.margin);
        let size = title_size(title, width, format.title);
        let mut y = 20.0;
        for line in headline(title, size, width, format.title.2) {
            y += size * 1.12;
            sheet.text(words((margin, y), line, size, BLACK).bold());
        }
        y += 6.0;
        let (size, lines) = format.subtitle;
        for line in subtitle_lines(subtitle, size, width, lines) {
            y += size * 1.2;
            sheet.text(words((margin, y), line, size, GREY));
        }
        let caption = caption_lines(caption, width, format.caption_lines);
        let room = Frame::new(margin, y + 22.0, format.width - margin, HEIGHT - 50.0);
        Self { sheet, room, title: title.to_owned(), caption, look }
    }

    /// Makes the room for the drawing so high, except on a slide, and writes the caption below it.
    pub(crate) fn close(&mut self, height: f64) {
        const LINE: f64 = 1.2 * CAPTION;
        if self.caption.is_empty() {
            self.room.bottom = self.room.top + height;
            self.sheet.size.1 = self.room.bottom + 4.0;
            return;
        }
        let more = LINE * (float(self.caption.len()) - 1.0);
        if self.look.size == FigureSize::Slide {
            self.room.bottom -= more;
        } else {
            self.room.bottom = self.room.top + height;
            self.sheet.size.1 = (self.room.bottom + more + 50.0).round();
        }
        let mut y = self.sheet.size.1 - 18.0 - more;
        for line in std::mem::take(&mut self.caption) {
            self.sheet.text(words((self.room.left, y), line, CAPTION, GREY));
            y += LINE;
        }
    }

    /// An empty sheet so wide, without words around the drawing; its height is not known yet.
    pub(crate) fn bare(width: f64) -> Self {
        let sheet = Sheet { size: (width, 0.0), marks: Vec::new() };
        let room = Frame::new(4.0, 4.0, width - 18.0, 4.0);
        let look = FigureLook::default();
        Self { sheet, room, title: String::new(), caption: Vec::new(), look }
    }

    /// A legend of lines that look like the arms in this order; lines without a label are left out.
    pub(crate) fn legend_of(&mut self, labels: &[&str]) {
        const ROW: f64 = 28.0;
        let named = labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
        let (looks, labels): (Vec<usize>, Vec<&str>) = named.unzip();
        let widest = labels.iter().map(|label| font::width(label, TICK, Weight::Regular));
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
            let text = font::shorten_middle(label, TICK, Weight::Regular, cell - 74.0);
            self.sheet.text(words((x + 58.0, y + 6.0), text, TICK, look.letters));
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
            self.sheet.text(words((x, y + down), line, SUBTITLE, GREY).middle());
            down += 1.3 * SUBTITLE;
        }
    }

    /// The complete figure.
    pub(crate) fn finish(mut self, name: &'static str, description: String) -> Figure {
        if self.look.greyscale {
            self.sheet.without_colors();
        }
        let svg = svg::write(&self.sheet, &self.title, &description);
        Figure { name, title: self.title, svg, description, sheet: self.sheet }
    }
}

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

/// The largest size at which a title keeps all its words.
fn title_size(title: &str, width: f64, (most, least, lines): (f64, f64, usize)) -> f64 {
    let mut size = most;
    while size > least && !font::fits(title, size, Weight::Bold, width, lines) {
        size -= 1.0;
    }
    size
}

fn headline(title: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    if font::fits(title, size, Weight::Bold, width, 2) {
        font::headline(title, size, Weight::Bold, width)
    } else {
        font::wrap(title, size, Weight::Bold, width, lines)
    }
}

fn caption_lines((of, hypothesis): (&str, &str), width: f64, lines: usize) -> Vec<String> {
    let end = format!("hypothesis: {hypothesis} · {PROGRAM} · {SHORT_DISCLAIMER}");
    if lines > 1 {
        return font::wrap(&format!("{of} · {end}"), CAPTION, Weight::Regular, width, lines);
    }
    let end = font::shorten(&end, CAPTION, Weight::Regular, 0.75 * width);
    let left = width - font::width(&format!(" · {end}"), CAPTION, Weight::Regular);
    let title = font::shorten(of, CAPTION, Weight::Regular, left);
    vec![format!("{title} · {end}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtitle_breaks_between_its_parts() {
        let text = "Flows in mg per day · woman 40 → 43 · bold: at least 10 % from “300 mg”";
        let whole = font::width(text, 20.0, Weight::Regular);
        assert_eq!(subtitle_lines(text, 20.0, whole + 40.0, 2).len(), 1);
        let lines = subtitle_lines(text, 20.0, 0.95 * whole, 2);
        let last = "bold: at least 10 % from “300 mg”";
        assert_eq!(lines, ["Flows in mg per day · woman 40 → 43 ·", last]);
        // Parts that are longer than a line break between words.
        assert!(subtitle_lines(text, 20.0, 0.3 * whole, 6).len() > 3);
    }
}
