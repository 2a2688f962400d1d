//! The check that tests of all figures share, and the pictures of the readme.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::plots::canvas::{self, Frame, Text};
use crate::plots::font::Weight;
use crate::plots::svg::FALLBACK_SIZE;

/// Widths of the letters of DejaVu Sans, regular and bold, in 2048 parts of an em: the font that
/// librsvg and Inkscape fall back to where others are missing, and the widest among the usual ones.
static DEJAVU: LazyLock<HashMap<char, [f64; 2]>> = LazyLock::new(|| {
    let row = |line: &str| {
        let mut cells = line.split(',');
        let letter = u32::from_str_radix(cells.next().unwrap(), 16).unwrap();
        let mut width = || cells.next().unwrap().parse::<f64>().unwrap() / 2048.0;
        (char::from_u32(letter).unwrap(), [width(), width()])
    };
    include_str!("dejavu_widths.csv").lines().skip(1).map(row).collect()
});

/// The rectangle that a text fills in a program that takes DejaVu Sans.
fn bounds_in_dejavu(text: &Text) -> Frame {
    let weight = usize::from(text.weight == Weight::Bold);
    let wide = |letter: char| DEJAVU.get(&letter).map_or(1.0, |widths| widths[weight]);
    let size = FALLBACK_SIZE * text.size;
    text.filling(size * text.text.chars().map(wide).sum::<f64>())
}

/// Texts that leave the canvas or overlap, in words.
pub(crate) fn clashes(sheet: &canvas::Sheet) -> Vec<String> {
    clashes_of(sheet, Text::bounds)
}

/// The same in programs that take DejaVu Sans.
pub(crate) fn clashes_in_dejavu(sheet: &canvas::Sheet) -> Vec<String> {
    clashes_of(sheet, bounds_in_dejavu)
}

fn clashes_of(sheet: &canvas::Sheet, bounds: impl Fn(&Text) -> Frame) -> Vec<String> {
    let texts: Vec<_> = sheet.texts().map(|text| (text.text.clone(), bounds(text))).collect();
    let mut out = Vec::new();
    for (index, (text, bounds)) in texts.iter().enumerate() {
        let inside = bounds.left >= 2.0
            && bounds.right <= sheet.size.0 - 2.0
            && bounds.top >= 2.0
            && bounds.bottom <= sheet.size.1 - 2.0;
        if !inside {
            out.push(format!("outside: {text:?} {bounds:?}"));
        }
        for (other, others) in texts.iter().skip(index + 1) {
            if bounds.overlaps(others, 1.0) {
                out.push(format!("{text:?} on {other:?} {bounds:?} {others:?}"));
            }
        }
    }
    out
}

/// `assets/readme/README.md` says how to renew it.
#[test]
fn the_pictures_of_the_readme_are_large_and_light() {
    for name in ["paradox", "map"] {
        let path = format!("{}/assets/readme/{name}.png", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        assert!(bytes.len() < 200_000);
        let reader = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (1600, 900));
    }
}
