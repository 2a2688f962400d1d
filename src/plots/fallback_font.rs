//! Letters that the built-in font lacks: the room that layout keeps for them, a font of the user
//! that draws them in PNG, and a box where no font does.
//!
//! Each letter is drawn by itself: scripts whose letters join or change their order are better read
//! in the SVG file, which leaves them to the fonts of whoever looks at it.

use std::sync::Arc;

use ab_glyph::{Font, FontVec, OutlineCurve, Point, point};

/// First of the characters that are pictures as a rule (emoji).
const FIRST_EMOJI: char = '\u{1F000}';

/// A font for letters that the built-in one lacks.
#[derive(Clone, Debug)]
pub(crate) struct FallbackFont(Arc<FontVec>);

impl FallbackFont {
    /// Reads a TTF or OTF file; of a collection the first font.
    pub(crate) fn read(bytes: Vec<u8>) -> Option<Self> {
        let font = FontVec::try_from_vec_and_index(bytes, 0).ok()?;
        font.units_per_em()?;
        Some(Self(Arc::new(font)))
    }

    /// The outline and width of a letter in em; `None` if it has none, or only a colored picture.
    pub(crate) fn outline(&self, letter: char) -> Option<(Vec<OutlineCurve>, f64)> {
        let font = &*self.0;
        let glyph = font.glyph_id(letter);
        if glyph.0 == 0 {
            return None;
        }
        let per_unit = 1.0 / font.units_per_em()?;
        let to_em = |at: Point| point(at.x * per_unit, at.y * per_unit);
        let curves = font.outline(glyph)?.curves;
        let curves = curves.into_iter().map(|curve| mapped(curve, to_em)).collect();
        Some((curves, f64::from(font.h_advance_unscaled(glyph) * per_unit)))
    }
}

/// Room \[em\] that layout keeps for a letter that the built-in font lacks, whichever font draws it:
/// a full em for ideographs; pictures are a third wider in usual fonts.
pub(crate) fn room(letter: char) -> f64 {
    match unicode_width::UnicodeWidthChar::width(letter) {
        None | Some(0) => 0.0,
        Some(_) if letter >= FIRST_EMOJI && letter < '\u{20000}' => 1.35,
        Some(1) => 0.75,
        Some(_) => 1.0,
    }
}

/// The outline \[em\] of a letter that the built-in font lacks, no wider than its room, and its
/// width.
pub(crate) fn stand_in(letter: char, fallback: Option<&FallbackFont>) -> (Vec<OutlineCurve>, f64) {
    let room = room(letter);
    if room == 0.0 {
        return (Vec::new(), 0.0);
    }
    let Some((curves, width)) = fallback.and_then(|font| font.outline(letter)) else {
        return (hollow_box(room), room);
    };
    if width <= room {
        return (curves, width);
    }
    // a share
    let share = (room / width) as f32;
    let narrow = |at: Point| point(at.x * share, at.y);
    (curves.into_iter().map(|curve| mapped(curve, narrow)).collect(), room)
}

/// The same curve with each of its points moved.
pub(crate) fn mapped(curve: OutlineCurve, to: impl Fn(Point) -> Point) -> OutlineCurve {
    match curve {
        OutlineCurve::Line(a, b) => OutlineCurve::Line(to(a), to(b)),
        OutlineCurve::Quad(a, b, c) => OutlineCurve::Quad(to(a), to(b), to(c)),
        OutlineCurve::Cubic(a, b, c, d) => OutlineCurve::Cubic(to(a), to(b), to(c), to(d)),
    }
}

/// A frame about as high as a capital letter.
fn hollow_box(room: f64) -> Vec<OutlineCurve> {
    const EDGE: f32 = 0.05;
    // about 1
    let (right, top) = (room as f32 - 0.08, 0.66);
    let ring = |corners: [Point; 4]| {
        let [a, b, c, d] = corners;
        [(a, b), (b, c), (c, d), (d, a)].map(|(from, to)| OutlineCurve::Line(from, to))
    };
    let outer = [point(0.08, 0.0), point(right, 0.0), point(right, top), point(0.08, top)];
    // The other way round, so that it is a hole.
    let (low, high) = (point(0.08 + EDGE, EDGE), point(right - EDGE, top - EDGE));
    let inner = [low, point(low.x, high.y), high, point(high.x, low.y)];
    [ring(outer), ring(inner)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_of_the_user_draws_what_it_has() {
        // The built-in font read as one of the user's: it has letters, and lacks the same.
        let bytes = include_bytes!("../../assets/fonts/CalcifateSans-Regular.ttf");
        let font = FallbackFont::read(bytes.to_vec()).unwrap();
        assert!(font.outline('e').is_some() && font.outline('カ').is_none());
        assert!(FallbackFont::read(b"no font at all".to_vec()).is_none());
        assert!(FallbackFont::read(Vec::new()).is_none());
    }

    #[test]
    fn a_box_stands_in_and_stays_in_its_room() {
        let (curves, width) = stand_in('カ', None);
        assert_eq!((curves.len(), width), (8, 1.0));
        assert!(stand_in('\u{FE0F}', None).0.is_empty());
    }
}
