//! The check that tests of all figures share, and the pictures of the readme.

use crate::plots::canvas;

/// Texts that leave the canvas or overlap, in words.
pub(crate) fn clashes(sheet: &canvas::Sheet) -> Vec<String> {
    let texts: Vec<_> = sheet.texts().map(|text| (text.text.clone(), text.bounds())).collect();
    let mut out = Vec::new();
    for (index, (text, bounds)) in texts.iter().enumerate() {
        let inside = bounds.left >= 2.0
            && bounds.right <= canvas::WIDTH - 2.0
            && bounds.top >= 2.0
            && bounds.bottom <= canvas::HEIGHT - 2.0;
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
