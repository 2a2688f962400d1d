//! Letters of labels that the built-in font does not have.

use super::{LESSON, folder_with, run};
use std::fs;
use std::path::Path;

const BUILT_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/CalcifateSans-Bold.ttf");

/// Whether there is ink where the title of a picture stands.
fn title_has_ink(picture: &Path) -> bool {
    let bytes = fs::read(picture).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let wide = 3 * usize::try_from(reader.info().width).unwrap();
    pixels.chunks(wide).skip(80).take(40).flatten().any(|light| *light < 128)
}

#[test]
fn letters_without_a_font_are_named_and_boxes_stand_in() {
    let text = LESSON.replace("with K2", "カルシウム K2").replace("Two arms", "Кость");
    let text = format!("headline = \"骨\"{text}");
    let folder = folder_with("two.toml", &text);
    let label = "warning: two: the label of arm k2: the built-in font does not have カ (U+30AB), \
                 ル (U+30EB), シ (U+30B7), ウ (U+30A6), ム (U+30E0): boxes stand in PNG pictures, \
                 SVG files keep the text; remedy: --font FILE with a font (TTF or OTF) that has them\n";
    for command in [["check", "two.toml"], ["run", "two.toml"]] {
        let (code, _, err) = run(&folder, &command);
        assert_eq!(code, Some(0), "{err}");
        assert!(err.contains(label), "{err}");
        assert!(
            err.contains("two: the title: the built-in font does not have К (U+041A)"),
            "{err}"
        );
        assert!(err.contains("two: the headline: the built-in font does not have 骨 (U+9AA8)"));
    }
    let figures = folder.path().join("output/two/figures");
    let svg = fs::read_to_string(figures.join("timeline.svg")).unwrap();
    assert!(svg.contains("カルシウム K2"));
    // The first figure has the headline, which is a single letter.
    assert!(title_has_ink(&figures.join("paradox.png")));
    let (_, _, err) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert!(!err.contains("U+"), "{err}");
    // A font that lacks them, too.
    let (code, _, err) = run(&folder, &["run", "two.toml", "--font", BUILT_IN]);
    assert_eq!(code, Some(0));
    assert!(err.contains("neither the built-in font nor that of --font has カ (U+30AB)"), "{err}");
}

#[test]
fn what_is_no_font_is_refused() {
    let folder = folder_with("two.toml", LESSON);
    fs::create_dir(folder.path().join("fonts")).unwrap();
    for (name, why) in [
        ("absent.ttf", "there is no such file"),
        ("fonts", "this is a folder"),
        ("two.toml", "this is no font that can be read"),
        #[cfg(unix)]
        ("/dev/zero", "this is a pipe or a device"),
    ] {
        for command in ["run", "sweep", "sensitivity"] {
            let (code, _, err) = run(&folder, &[command, "two.toml", "--font", name]);
            assert_eq!(code, Some(2), "{err}");
            let told = format!("for '--font <FILE>': {name}: {why}; give a font file (TTF or OTF)");
            assert!(err.contains(&told), "{err}");
        }
    }
}
