//! The embedded font: how wide a text is, where it breaks, what its letters look like.
//!
//! Both writers and all placement use these numbers, so a text that fits here fits everywhere.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, OutlineCurve, point};

use crate::error::defect::OrDefect as _;

use super::fallback_font::{self, FallbackFont, mapped};

/// Name under which plotters and SVG know the font.
pub(crate) const FAMILY: &str = "Calcifate Sans";
/// Height of the tallest letters above the baseline, per font size.
pub(crate) const ASCENT: f64 = 0.75;
/// Depth of the lowest letters below the baseline, per font size.
pub(crate) const DESCENT: f64 = 0.23;
/// Height of a capital letter, per font size.
pub(crate) const CAPITAL: f64 = 0.66;

const REGULAR_TTF: &[u8] = include_bytes!("../../assets/fonts/CalcifateSans-Regular.ttf");
const BOLD_TTF: &[u8] = include_bytes!("../../assets/fonts/CalcifateSans-Bold.ttf");
pub(crate) const REGULAR_WOFF2: &[u8] =
    include_bytes!("../../assets/fonts/CalcifateSans-Regular.woff2");
pub(crate) const BOLD_WOFF2: &[u8] = include_bytes!("../../assets/fonts/CalcifateSans-Bold.woff2");

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    #[default]
    Regular,
    Bold,
}

/// A font, and the units of its outlines in an em.
type Parsed = (FontRef<'static>, f32);

static REGULAR: LazyLock<Parsed> = LazyLock::new(|| parse(REGULAR_TTF));
static BOLD: LazyLock<Parsed> = LazyLock::new(|| parse(BOLD_TTF));

fn parse(bytes: &'static [u8]) -> Parsed {
    let font = FontRef::try_from_slice(bytes).or_defect("an embedded font that cannot be read");
    let em = font.units_per_em().or_defect("an embedded font without a size");
    (font, em)
}

fn font(weight: Weight) -> &'static Parsed {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// True if the font has a glyph for the letter.
pub(crate) fn has(letter: char) -> bool {
    REGULAR.0.glyph_id(letter) != GlyphId(0)
}

/// The letters of a text that no font draws, each once and in their order.
pub(crate) fn unknown_letters(text: &str, fallback: Option<&FallbackFont>) -> Vec<char> {
    let known = |letter: char| {
        has(letter)
            || fallback_font::room(letter) == 0.0
            || fallback.is_some_and(|font| font.outline(letter).is_some())
    };
    let mut unknown: Vec<char> = Vec::new();
    for letter in text.chars().filter(|letter| !known(*letter)) {
        if !unknown.contains(&letter) {
            unknown.push(letter);
        }
    }
    unknown
}

/// Calls `place` with each letter, its glyph if the font has one, and its horizontal offset in em;
/// it gives the width of a letter without a glyph. Returns the width in em.
fn layout(
    text: &str,
    weight: Weight,
    mut place: impl FnMut(char, Option<GlyphId>, f64) -> f64,
) -> f64 {
    let (font, em) = font(weight);
    let em = f64::from(*em);
    let mut offset = 0.0;
    let mut before = None;
    for letter in text.chars() {
        let glyph = Some(font.glyph_id(letter)).filter(|glyph| *glyph != GlyphId(0));
        if let (Some(before), Some(glyph)) = (before, glyph) {
            offset += f64::from(font.kern_unscaled(before, glyph)) / em;
        }
        let own = place(letter, glyph, offset);
        offset += glyph.map_or(own, |glyph| f64::from(font.h_advance_unscaled(glyph)) / em);
        before = glyph;
    }
    offset
}

/// Width of one line of text in pixels of the canvas.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    size * layout(text, weight, |letter, _, _| fallback_font::room(letter))
}

/// The outlines of a line of text in em, baseline at 0, y upwards, and its width in em; letters
/// that the font lacks are those of `fallback`, or boxes.
pub(crate) fn outlines(
    text: &str,
    weight: Weight,
    fallback: Option<&FallbackFont>,
) -> (Vec<OutlineCurve>, f64) {
    let mut all = Vec::new();
    let (font, em) = font(weight);
    let width = layout(text, weight, |letter, glyph, offset| {
        let (curves, width, scale) = match glyph {
            Some(glyph) => {
                (font.outline(glyph).map_or_else(Vec::new, |all| all.curves), 0.0, 1.0 / em)
            }
            None => {
                let (curves, width) = fallback_font::stand_in(letter, fallback);
                (curves, width, 1.0)
            }
        };
        // a text is short
        let place = |at: ab_glyph::Point| point(at.x * scale + offset as f32, at.y * scale);
        all.extend(curves.into_iter().map(|curve| mapped(curve, place)));
        width
    });
    (all, width)
}

/// The text, or as much of its beginning as fits with an ellipsis.
pub(crate) fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let shorter = format!("{}…", kept.trim_end());
        if width(&shorter, size, weight) <= room {
            return shorter;
        }
    }
    String::new()
}

/// The text, or its beginning and end around an ellipsis, so that texts with one beginning differ.
pub(crate) fn shorten_middle(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    for kept in (1..letters.len()).rev() {
        let (front, back) = (kept.div_ceil(2), kept / 2);
        let start: String = letters.iter().take(front).collect();
        let end: String = letters.iter().skip(letters.len() - back).collect();
        let shorter = format!("{}…{}", start.trim_end(), end.trim_start());
        if width(&shorter, size, weight) <= room {
            // A blank beside the cut tells that the word there is whole.
            let blank = |at: usize| letters.get(at).filter(|letter| letter.is_whitespace());
            let start: String = start.chars().chain(blank(front).copied()).collect();
            let before_end = blank(letters.len() - back - 1).copied();
            let end: String = before_end.into_iter().chain(end.chars()).collect();
            return format!("{}…{}", whole_words(&start), whole_words_at_end(&end));
        }
    }
    String::new()
}

/// A beginning without the part of a word at its end, unless little is left.
fn whole_words(start: &str) -> &str {
    let at = start.rfind(char::is_whitespace).filter(|at| 3 * at > start.len());
    at.and_then(|at| start.get(..at)).unwrap_or(start).trim_end()
}

/// An end without the part of a word at its beginning, unless little is left.
fn whole_words_at_end(end: &str) -> &str {
    let at = end.find(char::is_whitespace).filter(|at| 3 * at < 2 * end.len());
    at.and_then(|at| end.get(at..)).unwrap_or(end).trim_start()
}

/// Breaks a headline into one or two lines: by sense where it can be, the first line long.
pub(crate) fn headline(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    if width(text, size, weight) <= room {
        return vec![text.to_owned()];
    }
    let words = words_of(text);
    let pairs = (1..words.len()).filter_map(|index| {
        let (first, second) = words.split_at_checked(index)?;
        let (first, second) = (first.join(" "), second.join(" "));
        let wide = [&first, &second].map(|line| width(line, size, weight) / room);
        wide.iter().all(|share| *share <= 1.0).then_some(())?;
        Some((awkwardness(&first, &second, wide), vec![first, second]))
    });
    let best = pairs.min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(|| wrap(text, size, weight, room, 2), |(_, lines)| lines)
}

/// A penalty for a headline that reads badly with this break; `wide` are the lines' shares of the room.
fn awkwardness(first: &str, second: &str, wide: [f64; 2]) -> f64 {
    let [upper, lower] = wide;
    let pause = first.ends_with([';', ':', ',', '–']) || second.starts_with("– ");
    let joint = ["and ", "but ", "while ", "than ", "with ", "against "];
    let relief = if pause {
        0.45
    } else if joint.iter().any(|word| second.starts_with(word)) {
        0.25
    } else {
        0.0
    };
    (upper - lower).abs() + 2.0 * (lower - upper).max(0.0) + 2.0 * (0.3 - lower).max(0.0) - relief
}

/// True for a blank at which a line may end: a number stays with its unit.
fn breaks(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{A0}'
}

/// Units that stay on the line of their number.
const UNITS: [&str; 24] = [
    "%", "ug", "µg", "mg", "g", "kg", "IU", "AU", "nM", "mmol/L", "pmol/L", "nmol/L", "mg/d",
    "mg/day", "m/s", "hours", "days", "day", "weeks", "months", "years", "year", "hour", "h",
];

/// The words of a text; a number and its unit are one word.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        let unit = word.trim_end_matches([',', ';', ':', ')', '.']);
        match words.last_mut() {
            Some(last)
                if UNITS.contains(&unit) && last.ends_with(|end: char| end.is_ascii_digit()) =>
            {
                last.push('\u{A0}');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Breaks a text between words into at most `limit` lines; the last is shortened if need be.
pub(crate) fn wrap(text: &str, size: f64, weight: Weight, room: f64, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words_of(text) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || lines.len() + 1 >= limit || width(&longer, size, weight) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word));
        }
    }
    lines.push(line);
    lines.iter().map(|line| shorten(line, size, weight, room)).collect()
}

/// True if [`wrap`] would keep every word.
pub(crate) fn fits(text: &str, size: f64, weight: Weight, room: f64, limit: usize) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).count();
    let lines = wrap(text, size, weight, room, limit);
    lines.iter().map(|line| letters(line)).sum::<usize>() == letters(text)
        && !lines.iter().any(|line| line.ends_with('…') && !text.ends_with('…'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        assert!(width("calcium", 20.0, Weight::Regular) > 50.0);
        let two = width("calcium", 40.0, Weight::Regular);
        assert!((two - 2.0 * width("calcium", 20.0, Weight::Regular)).abs() < 1e-9);
    }

    #[test]
    fn letters_without_a_font_are_named_once() {
        let text = "カルシウムと K2: カルシウム é µ ≤ \u{1F9C0}\u{FE0F}";
        let unknown: String = unknown_letters(text, None).into_iter().collect();
        assert_eq!(unknown, "カルシウムと\u{1F9C0}");
        assert!(unknown_letters("Кальций", None).len() == 7);
    }

    #[test]
    fn wrapping_keeps_words_and_room() {
        let text = "the same calcium leaves the arteries softer when vitamin K2 is there";
        let lines = wrap(text, 20.0, Weight::Regular, 200.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| width(line, 20.0, Weight::Regular) <= 200.0));
        assert!(fits(text, 20.0, Weight::Regular, 200.0, 9));
        assert!(!fits(text, 20.0, Weight::Regular, 200.0, 2));
        let cut = wrap(text, 20.0, Weight::Regular, 200.0, 2);
        assert!(cut.len() == 2 && cut.iter().any(|line| line.ends_with('…')));
    }

    #[test]
    fn a_number_keeps_its_unit_and_a_word_without_end_is_shortened() {
        let lines = wrap("calcium + D3 + MK-7 720 ug", 20.0, Weight::Bold, 230.0, 2);
        assert_eq!(lines, ["calcium + D3 + MK-7", "720\u{A0}ug"]);
        let cut = wrap(&"x".repeat(500), 20.0, Weight::Bold, 100.0, 3);
        assert!(cut.iter().all(|line| width(line, 20.0, Weight::Bold) <= 100.0));
    }

    #[test]
    fn headlines_break_where_one_breathes() {
        let text = "More calcium leaves the body than is eaten, bone makes up the difference; \
                    at most one part in 46 000 reaches the arterial wall";
        let lines = headline(text, 34.0, Weight::Bold, 1504.0);
        assert_eq!(lines.len(), 2);
        assert!(lines.first().is_some_and(|line| line.ends_with("difference;")), "{lines:?}");
        assert_eq!(headline("Short", 34.0, Weight::Bold, 1504.0), ["Short"]);
    }

    #[test]
    fn a_name_is_cut_between_its_words() {
        let name = "calcium and vitamin D with a thousand micrograms of MK-7";
        let short = |room| shorten_middle(name, 1.0, Weight::Regular, room);
        for room in [12.0, 14.0, 16.0, 18.0] {
            let cut = short(room);
            let (start, end) = cut.split_once('…').unwrap();
            assert!(name.starts_with(&format!("{start} ")), "{cut}");
            assert!(name.ends_with(&format!(" {end}")), "{cut}");
        }
        assert_eq!(
            shorten_middle(&"x".repeat(90), 1.0, Weight::Regular, 5.0).matches('…').count(),
            1
        );
    }
}
