//! Figures of invented sweeps: nothing overlaps, nothing is cut off, titles say what is seen.

use crate::charts::kinds::{OF_SWEEPS, SweepKind};
use crate::charts::sweeps::data::SweepData;
use crate::plots::svg;

use crate::plots::tests::clashes;
use crate::plots::{Drawing, FigureError};
use cases::{all, cube, dose, doses_of_people, pairs, plane, search};

fn page_of(kind: &str, data: &SweepData) -> Result<Drawing, FigureError> {
    SweepKind::by_name(kind).unwrap().page(data)
}

/// Writes every figure of every case as PNG into the folder `CALCIFATE_FIGURES`.
#[test]
#[ignore = "for eyes: set CALCIFATE_FIGURES to a folder and run with --ignored"]
fn look() {
    let folder = std::path::PathBuf::from(std::env::var("CALCIFATE_FIGURES").unwrap());
    for (name, data) in all() {
        for kind in OF_SWEEPS {
            let figure = kind.draw(&data).unwrap();
            println!("{name} {}: {}", figure.name, figure.title);
            std::fs::write(
                folder.join(format!("{name}_{}.png", figure.name)),
                figure.png().unwrap(),
            )
            .unwrap();
        }
    }
}

#[test]
fn no_text_overlaps_or_is_cut_off() {
    for (name, data) in all() {
        for kind in OF_SWEEPS {
            let (page, description) = kind.page(&data).unwrap();
            assert_eq!(clashes(&page.sheet), Vec::<String>::new(), "{name} {kind:?}");
            assert!(description.len() > 20, "{name} {kind:?}");
        }
    }
}

/// The number at the top of a map once touched the title of its axis.
#[test]
fn the_uppermost_number_stays_off_the_title_of_its_axis() {
    let (_, mut data) = all().swap_remove(11);
    for outcome in &mut data.outcomes {
        let values = outcome.values.iter_mut().enumerate();
        values.for_each(|(at, value)| *value = if at % 2 == 0 { f64::NAN } else { 0.0 });
    }
    let (page, _) = page_of("map", &data).unwrap();
    assert_eq!(clashes(&page.sheet), Vec::<String>::new());
}

/// The drawing of each kind; renew with `INSTA_UPDATE=always` and look at it.
#[test]
fn drawings_stay_as_they_were_looked_at() {
    for (kind, data) in [
        ("dose_response", doses_of_people()),
        ("map", plane()),
        ("small_multiples", cube()),
        ("differences", pairs()),
        ("spaghetti", pairs()),
        ("answers", search()),
    ] {
        let (page, description) = page_of(kind, &data).unwrap();
        let svg = svg::write_without_font(&page.sheet, kind, &description);
        insta::assert_snapshot!(kind, svg);
    }
}

#[test]
fn usual_kinds_suit_the_shape_of_the_sweep() {
    let kinds = |data: &SweepData| {
        SweepKind::usual_for(data).iter().map(|kind| kind.name).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&dose()), ["dose_response"]);
    assert_eq!(kinds(&doses_of_people()), ["dose_response"]);
    assert_eq!(kinds(&plane()), ["map"]);
    assert_eq!(kinds(&cube()), ["small_multiples"]);
    assert_eq!(kinds(&pairs()), ["differences", "spaghetti"]);
    assert_eq!(kinds(&search()), ["answers"]);
}

#[test]
fn titles_say_what_is_seen() {
    let said = |kind: &str, data: &SweepData| page_of(kind, data).unwrap().1.replace('\u{A0}', " ");
    for (kind, data, title) in [
        (
            "dose_response",
            dose(),
            "The change of coronary calcium falls from +98 to +68 AU as MK-7 from pills goes from \
             0 to 135 µg/day, but by only 7 more up to 360 µg/day.",
        ),
        (
            "differences",
            pairs(),
            "In 80 % of all people, the change of coronary calcium is lower with “MK-7 180 µg” \
             than with “usual”: median difference −14 AU.",
        ),
        (
            "answers",
            search(),
            "The lowest MK-7 from pills falls from 500 to 140 µg/day as eGFR goes from 15 to 60 \
             mL/min, and none is needed from 75 mL/min on (warfarin 0 mg/day); nothing up to \
             720 µg/day is enough with warfarin 5 mg/day.",
        ),
        (
            "map",
            plane(),
            "Age matters more than calcium from food: it moves the change of coronary calcium by up \
             to 70 AU, the other by up to 10 AU.",
        ),
    ] {
        let text = said(kind, &data);
        assert!(text.starts_with(title), "{kind:?}: {text}");
    }
    let dose = said("dose_response", &dose());
    assert!(dose.contains("enough: from 225 µg/day on"), "{dose}");
    let map = said("map", &plane());
    assert!(map.contains("hatched: arteries harder and bones weaker than at the ring"), "{map}");
}

pub(crate) mod cases;
mod random;
