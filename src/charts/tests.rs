//! Figures of the reference runs and of invented ones: nothing overlaps, nothing is cut off.

use crate::charts::chart::{Chart, Place, Side};
use crate::charts::kinds::{OF_RUNS, OF_SWEEPS, RunKind};
use crate::charts::media::Screen;
use crate::charts::part::Part;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::{layout, sensitivity, sweeps};
use crate::figure_kinds::FigureSize;
use crate::plots::tests::{clashes, clashes_in_dejavu};
use crate::plots::{Subject, canvas, labels, svg};
use crate::words::names::{capital, in_words};
use cases::{Case, cases, four_arms, one_day};

fn chart(kind: &str, subject: &Subject) -> Chart {
    (RunKind::by_name(kind).unwrap().chart)(subject)
}

/// The drawing of a chart as a snapshot has it.
pub(super) fn svg_of(chart: &Chart, title: &str, description: &str) -> String {
    svg::write_without_font(&layout::page(chart).unwrap().sheet, title, description)
}

/// A chart of a case, and the names in its title whose digits are no numbers.
struct Drawn {
    name: String,
    chart: Chart,
    names: Vec<String>,
}

/// Every figure of every case.
fn charts() -> Vec<Drawn> {
    let mut all = Vec::new();
    for (name, case) in cases() {
        let labels = case.labels.iter();
        let names: Vec<String> =
            labels.flat_map(|label| [label.clone(), labels::short(label)]).collect();
        all.extend(OF_RUNS.iter().map(|kind| {
            let (name, chart) = (format!("{name}_{}", kind.name), (kind.chart)(&case.subject()));
            Drawn { name, chart, names: names.clone() }
        }));
    }
    for (name, case) in sensitivity::tests::cases() {
        let names: Vec<String> = case.0.outcome_names().map(in_words).collect();
        let names: Vec<String> =
            names.iter().map(|name| capital(name)).chain(names.clone()).collect();
        all.extend(sensitivity::tests::figures(&case).into_iter().map(|(kind, chart)| {
            let outcome = kind.outcome().map_or_else(String::new, |outcome| outcome.to_string());
            let name = format!("{name}_{}{outcome}", kind.name());
            Drawn { name, chart, names: names.clone() }
        }));
    }
    for (name, data) in sweeps::tests::cases::all() {
        let arms = data.arms.iter().map(|arm| arm.1.clone());
        let arms = arms.flat_map(|label| [labels::short(&label), label]);
        let axes = data.axes.iter().map(AxisData::short_label);
        let outcomes = data.outcomes.iter().flat_map(|one| [one.name.clone(), one.noun.clone()]);
        let names = axes.chain(outcomes).chain(arms).filter(|name| !name.is_empty());
        let names: Vec<String> = names.collect();
        for kind in OF_SWEEPS {
            let (name, chart) = (format!("{name}_{}", kind.name), (kind.chart)(&data));
            all.push(Drawn { name, chart, names: names.clone() });
        }
    }
    all
}

/// Writes every figure of every case as PNG and SVG into the folder `CALCIFATE_FIGURES`, in the
/// size `CALCIFATE_SIZE` (slide unless given).
#[test]
#[ignore = "for eyes: set CALCIFATE_FIGURES to a folder and run with --ignored"]
fn look() {
    let folder = std::path::PathBuf::from(std::env::var("CALCIFATE_FIGURES").unwrap());
    let size = std::env::var("CALCIFATE_SIZE").ok().and_then(|size| FigureSize::by_name(&size));
    for Drawn { name, mut chart, .. } in charts() {
        chart.look.size = size.unwrap_or_default();
        let figure = layout::figure(&chart, "").unwrap();
        let picture = figure.png().unwrap();
        println!("{name}: svg {} B, png {} B: {}", figure.svg.len(), picture.len(), figure.title);
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), &figure.svg).unwrap();
    }
}

/// Every chart on a slide, on a page and on a phone: nothing overlaps, and no letter is smaller than
/// 12 pixels where the page is 900 pixels wide, the phone 360.
#[test]
fn no_text_overlaps_or_is_cut_off_or_is_too_small() {
    for Drawn { name, mut chart, .. } in charts() {
        let words = &chart.description;
        assert!(!words.is_empty() && !words.contains("NaN"), "{name}: {words}");
        let sizes = [FigureSize::Slide, FigureSize::Page, FigureSize::Phone];
        for (size, pixels) in sizes.into_iter().zip([f64::INFINITY, 900.0, 360.0]) {
            chart.look.size = size;
            let sheet = layout::page(&chart).unwrap().sheet;
            assert_eq!(clashes(&sheet), Vec::<String>::new(), "{name} {size:?}");
            if size == FigureSize::Slide {
                assert_eq!(clashes_in_dejavu(&sheet), Vec::<String>::new(), "{name} in DejaVu");
            }
            let smallest = sheet.texts().map(|text| text.size).fold(99.0, f64::min);
            assert!(smallest * pixels / sheet.size.0 >= 12.0, "{name} {size:?}: {smallest}");
        }
    }
}

/// What is told at marks, above panels and in corners stands on every page and every screen, or in a
/// shorter form.
#[test]
fn no_word_is_lost_on_a_narrow_screen() {
    let mut lost = Vec::new();
    for Drawn { name, mut chart, .. } in charts() {
        let mut drawings =
            Screen::BOTH.map(|screen| Part::of(&chart, screen, "d").unwrap().svg).to_vec();
        for size in [FigureSize::Slide, FigureSize::Page, FigureSize::Phone] {
            chart.look.size = size;
            drawings.push(svg_of(&chart, "", ""));
        }
        // Numbers in parts of a bar that are too narrow for them stand in the description.
        let told = chart.labels().filter(|label| match label.place {
            Place::At(_, side) => side != Side::On,
            Place::Above(_) | Place::Near(_) | Place::Corner { .. } => true,
            _ => false,
        });
        for label in told {
            if name == "forty_grades" {
                continue; // eight rows too thin for numbers, which stand in the table of grades
            }
            let text = if label.text.is_empty() { &label.name } else { &label.text };
            // What follows a dot is a remark; brackets may stand in a line of their own.
            let first = text.split(" · ").next().unwrap_or_default();
            let first = first.split(" (").next().unwrap_or_default();
            for (screen, drawing) in
                ["wide", "narrow", "slide", "page", "phone"].iter().zip(&drawings)
            {
                if !drawing.contains(&format!(">{first}")) {
                    lost.push(format!("{name} {screen}: {first}"));
                }
            }
        }
    }
    lost.dedup();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The dots of the fate of calcium do not touch those above and beside them, and every arm has the
/// number of its largest part, on slides, pages and as parts of pages.
#[test]
fn dots_of_the_fate_stand_apart() {
    let circles = |svg: &str| {
        let numbers = |text: &str| {
            let number = |name: &str| -> f64 {
                let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
                rest.split_once('"').unwrap().0.parse().unwrap()
            };
            (number("cx"), number("cy"), number("r"))
        };
        let parts = svg.split("<circle").skip(1);
        parts.map(|text| numbers(&text[..text.find("/>").unwrap()])).collect::<Vec<_>>()
    };
    for arms in [1, 2, 4] {
        let mut case = four_arms();
        case.labels.truncate(arms);
        case.runs.truncate(arms);
        let mut chart = chart("fate", &case.subject());
        let mut drawings = vec![Part::of(&chart, Screen::Wide, "d").unwrap().svg];
        for size in [FigureSize::Slide, FigureSize::Page] {
            chart.look.size = size;
            drawings.push(svg_of(&chart, "fate", ""));
        }
        for (drawing, svg) in drawings.iter().enumerate() {
            let circles = circles(svg);
            assert!(circles.len() > 80 * arms, "{}", circles.len());
            for (index, (x, y, radius)) in circles.iter().enumerate() {
                for (other_x, other_y, _) in circles.iter().take(index) {
                    let far = (x - other_x).hypot(y - other_y);
                    assert!(far >= 2.0 * radius, "{arms} arms, {drawing}: {far} of {radius}");
                }
            }
            assert_eq!(svg.matches("feces 8").count(), arms, "{arms} arms, {drawing}");
        }
    }
}

/// A word on the body map stands in a box or beside it, never across its edge.
#[test]
fn words_stay_off_the_edges_of_boxes() {
    for (name, case) in cases() {
        let page = layout::page(&chart("body", &case.subject())).unwrap();
        let plates = page.sheet.marks.iter().filter_map(|mark| match mark {
            canvas::Mark::Plate { frame, .. } => Some(*frame),
            _ => None,
        });
        for plate in plates {
            for text in page.sheet.texts() {
                let words = text.bounds();
                let inside = words.left >= plate.left && words.right <= plate.right;
                assert!(inside || !words.overlaps(&plate, 1.0), "{name}: {:?}", text.text);
            }
        }
    }
}

/// The drawing of each kind on small fixed data; renew with `INSTA_UPDATE=always` and look at it.
#[test]
fn drawings_stay_as_they_were_looked_at() {
    for (name, case, kinds) in [
        ("four", thinned(four_arms(), 12), ["paradox", "timeline", "body", "fate"].as_slice()),
        ("day", thinned(one_day(), 4), &["kinetics", "day"]),
    ] {
        for kind in kinds {
            let chart = chart(kind, &case.subject());
            let svg = svg_of(&chart, kind, &chart.description);
            insta::assert_snapshot!(format!("{name}_{kind}"), svg);
        }
    }
}

/// Every n-th row and the last.
fn thinned(mut case: Case, every: usize) -> Case {
    for run in &mut case.runs {
        let last = run.rows.last().cloned();
        let mut index = 0;
        run.rows.retain(|_| {
            index += 1;
            (index - 1) % every == 0
        });
        run.rows.extend(last);
    }
    case
}

#[test]
fn usual_kinds_suit_the_run() {
    let usual = |case: Case| {
        RunKind::usual_for(&case.subject()).iter().map(|kind| kind.name).collect::<Vec<_>>()
    };
    assert_eq!(usual(four_arms()), ["paradox", "timeline", "body", "fate", "kinetics"]);
    assert_eq!(usual(one_day()), ["timeline", "body", "fate", "kinetics", "day", "homeostasis"]);
}

#[test]
fn files_are_complete() {
    let figure = layout::figure(&chart("fate", &one_day().subject()), "fate").unwrap();
    assert!(figure.svg.starts_with("<svg") && figure.svg.ends_with("</svg>\n"));
    assert!(figure.svg.contains("@font-face") && figure.svg.contains("<desc"));
    let picture = figure.png().unwrap();
    let reader = ::png::Decoder::new(std::io::Cursor::new(&picture)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (3200, 1800));
}

mod cases;
pub(super) mod random;
mod titles;
