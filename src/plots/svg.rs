//! The sheet as SVG text: sub-pixel coordinates, embedded font, words for screen readers.
//!
//! Programs that cannot use the embedded font (librsvg, Inkscape) take another, wider one, and pass
//! over `textLength`. They pass over `@supports`, too: so a text has the size at which that font
//! fits, and only those that know `@supports` see its true size.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::error::defect::OrDefect as _;
use crate::xml::escaped;

use super::canvas::{Anchor, Ink, Mark, Point, Sheet, Text};
use super::font::{self, BOLD_WOFF2, FAMILY, REGULAR_WOFF2, Weight};

/// Size at which the letters of usual fonts are as wide as those of the embedded font at 1. Digits
/// of DejaVu Sans, the widest among the usual ones, are 0.636 em wide (bold: 0.696), ours 0.497
/// (0.536); it looks hardly smaller, since its small letters are an eighth taller.
pub(crate) const FALLBACK_SIZE: f64 = 0.78;

/// The rules by which a page knows the font, too.
pub(crate) static FONT_FACES: LazyLock<String> = LazyLock::new(|| {
    let face = |weight: u32, bytes: &[u8]| {
        format!(
            "@font-face{{font-family:'{FAMILY}';font-weight:{weight};\
             src:url(data:font/woff2;base64,{}) format('woff2')}}",
            base64(bytes)
        )
    };
    face(400, REGULAR_WOFF2) + &face(700, BOLD_WOFF2)
});

/// Fonts for programs that do not know the embedded one.
pub(crate) const OTHER_FONTS: &str = "'Source Sans 3','Source Sans Pro',sans-serif";

/// The complete SVG file; `title` and `description` are for people who cannot see it.
pub(crate) fn write(sheet: &Sheet, title: &str, description: &str) -> String {
    let style = format!("<style>{}</style>", *FONT_FACES);
    open(sheet, title, description) + &style + &sizes(sheet) + &body(sheet)
}

/// The drawing as a part of a page that has the font, the background and a description with the
/// id `described`.
pub(crate) fn part(sheet: &Sheet, class: &str, title: &str, described: &str) -> String {
    let (width, height) = sheet.size;
    let mut out = format!(
        "<svg class=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" \
         aria-describedby=\"{}\">",
        escaped(class),
        number(width),
        number(height),
        escaped(title),
        escaped(described)
    );
    sheet.marks.iter().for_each(|mark| out.push_str(&element(mark, Letters::OfPage)));
    out + "</svg>"
}

/// The drawing without the font, for comparison in tests.
#[cfg(test)]
pub(crate) fn write_without_font(sheet: &Sheet, title: &str, description: &str) -> String {
    open(sheet, title, description) + &sizes(sheet) + &body(sheet)
}

fn open(sheet: &Sheet, title: &str, description: &str) -> String {
    let (width, height) = sheet.size;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\" \
         font-family=\"'{FAMILY}',{OTHER_FONTS}\" \
         style=\"font-kerning:none\">\n\
         <title id=\"t\">{}</title><desc id=\"d\">{}</desc>\n",
        escaped(title),
        escaped(description)
    )
}

/// Whose letters a text has.
#[derive(Clone, Copy, Debug)]
enum Letters {
    /// Those of the file where programs know it, else others, which are wider.
    OfFile,
    /// Those of the page that it is a part of, which knows the font.
    OfPage,
}

/// The true size of each class of texts.
fn sizes(sheet: &Sheet) -> String {
    let mut all: Vec<f64> = sheet.texts().map(|text| text.size).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let rule = |size: &f64| format!(".{}{{font-size:{}px}}", class(*size), number(*size));
    let rules: String = all.iter().map(rule).collect();
    format!("<style>@supports (display:block){{{rules}}}</style>\n")
}

/// Name of the texts of one size.
fn class(size: f64) -> String {
    format!("s{}", number(size).replace('.', "_"))
}

fn body(sheet: &Sheet) -> String {
    let mut out = String::from("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    for mark in &sheet.marks {
        out.push_str(&element(mark, Letters::OfFile));
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn element(mark: &Mark, letters: Letters) -> String {
    match mark {
        Mark::Fill { points, ink } => {
            format!("<path d=\"{}Z\"{}/>", path(points), paint("fill", *ink))
        }
        Mark::Line { points, ink, width, dash } => line(points, *ink, *width, dash),
        Mark::Disc { at, radius, ink } => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
            number(at.0),
            number(at.1),
            number(*radius),
            paint("fill", *ink)
        ),
        Mark::Plate { frame, radius, ink } => {
            let round =
                if *radius > 0.0 { format!(" rx=\"{}\"", number(*radius)) } else { String::new() };
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{round}{}/>",
                number(frame.left),
                number(frame.top),
                number(frame.width().max(0.0)),
                number(frame.height().max(0.0)),
                paint("fill", *ink)
            )
        }
        Mark::Text(text) => words(text, letters),
    }
}

fn line(points: &[Point], ink: Ink, width: f64, dash: &[f64]) -> String {
    let dashes = if dash.is_empty() {
        String::new()
    } else {
        let lengths: Vec<String> = dash.iter().map(|length| number(*length)).collect();
        format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
    };
    format!(
        "<path d=\"{}\" fill=\"none\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"{dashes}/>",
        path(points),
        paint("stroke", ink),
        number(width)
    )
}

fn words(text: &Text, letters: Letters) -> String {
    let mut out = format!("<text x=\"{}\" y=\"{}\"", number(text.at.0), number(text.at.1));
    let size = match letters {
        Letters::OfFile => {
            let (class, size) = (class(text.size), number(FALLBACK_SIZE * text.size));
            format!(" class=\"{class}\" font-size=\"{size}\"")
        }
        Letters::OfPage => format!(" font-size=\"{}\"", number(text.size)),
    };
    let _ = write!(out, "{size}{}", paint("fill", text.ink));
    // Browsers that do not load the embedded font squeeze their own into the same room; letters
    // that it lacks are as wide as the fonts of whoever looks have them.
    if text.text.chars().all(font::has) {
        let wide = font::width(&text.text, text.size, text.weight);
        let _ = write!(out, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(wide));
    }
    if text.weight == Weight::Bold {
        out.push_str(" font-weight=\"700\"");
    }
    match text.anchor {
        Anchor::Start => (),
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if text.upwards {
        let (x, y) = (number(text.at.0), number(text.at.1));
        let _ = write!(out, " transform=\"rotate(-90 {x} {y})\"");
    }
    if text.rim {
        out.push_str(
            " stroke=\"#fff\" stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
        );
    }
    let _ = write!(out, ">{}</text>", escaped(&text.text));
    out
}

fn path(points: &[Point]) -> String {
    let mut out = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if index == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    out
}

fn paint(what: &str, ink: Ink) -> String {
    let clear = if ink.alpha < 1.0 {
        format!(" {what}-opacity=\"{}\"", number(ink.alpha))
    } else {
        String::new()
    };
    format!(" {what}=\"{}\"{clear}", ink.hex())
}

/// Hundredths of a pixel, without needless zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Bytes as letters, as a `data:` address wants them.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = (group >> (18 - 6 * place)) & 63;
            let letter = LETTERS.get(six as usize).copied().or_defect("a letter beyond six bits");
            out.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn coordinates_have_no_needless_zeros() {
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.50), "12.5");
    }
}
