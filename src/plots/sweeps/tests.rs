//! Figures of invented sweeps: nothing overlaps, nothing is cut off, titles say what is seen.

use crate::plots::svg;
use crate::plots::sweeps::data::SweepData;
use crate::plots::sweeps::kind::SweepFigureKind;
use crate::plots::tests::clashes;
use cases::{all, cube, dose, doses_of_people, pairs, plane, search};

/// Writes every figure of every case as PNG into the folder `CALCIFATE_FIGURES`.
#[test]
#[ignore = "for eyes: set CALCIFATE_FIGURES to a folder and run with --ignored"]
fn look() {
    let folder = std::path::PathBuf::from(std::env::var("CALCIFATE_FIGURES").unwrap());
    for (name, data) in all() {
        for kind in SweepFigureKind::ALL {
            let figure = super::draw(kind, &data).unwrap();
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
        for kind in SweepFigureKind::ALL {
            let (page, description) = kind.page(&data).unwrap();
            assert_eq!(clashes(&page.sheet), Vec::<String>::new(), "{name} {kind:?}");
            assert!(description.len() > 20, "{name} {kind:?}");
        }
    }
}

/// The drawing of each kind; renew with `INSTA_UPDATE=always` and look at it.
#[test]
fn drawings_stay_as_they_were_looked_at() {
    use SweepFigureKind::{Answers, Differences, DoseResponse, Map, SmallMultiples, Spaghetti};
    for (kind, data) in [
        (DoseResponse, doses_of_people()),
        (Map, plane()),
        (SmallMultiples, cube()),
        (Differences, pairs()),
        (Spaghetti, pairs()),
        (Answers, search()),
    ] {
        let (page, description) = kind.page(&data).unwrap();
        let svg = svg::write_without_font(&page.sheet, kind.name(), &description);
        insta::assert_snapshot!(kind.name(), svg);
    }
}

#[test]
fn usual_kinds_suit_the_shape_of_the_sweep() {
    use SweepFigureKind::{Answers, Differences, DoseResponse, Map, SmallMultiples, Spaghetti};
    let kinds = |data: &SweepData| SweepFigureKind::usual_for(data);
    assert_eq!(kinds(&dose()), [DoseResponse]);
    assert_eq!(kinds(&doses_of_people()), [DoseResponse]);
    assert_eq!(kinds(&plane()), [Map]);
    assert_eq!(kinds(&cube()), [SmallMultiples]);
    assert_eq!(kinds(&pairs()), [Differences, Spaghetti]);
    assert_eq!(kinds(&search()), [Answers]);
    for kind in SweepFigureKind::ALL {
        assert_eq!(SweepFigureKind::by_name(kind.name()), Some(kind));
    }
}

#[test]
fn titles_say_what_is_seen() {
    use SweepFigureKind::{Answers, Differences, DoseResponse, Map};
    let said =
        |kind: SweepFigureKind, data: &SweepData| kind.page(data).unwrap().1.replace('\u{A0}', " ");
    for (kind, data, title) in [
        (
            DoseResponse,
            dose(),
            "The change of coronary calcium falls from +98 to +68 AU as MK-7 from pills goes from \
             0 to 135 µg/day, but by only 7 more up to 360 µg/day.",
        ),
        (
            Differences,
            pairs(),
            "In 80 % of all people, the change of coronary calcium is lower with “MK-7 180 µg” \
             than with “usual”: median difference −14 AU.",
        ),
        (
            Answers,
            search(),
            "The lowest MK-7 from pills falls from 500 to 140 µg/day as eGFR goes from 15 to 60 \
             mL/min, and none is needed from 75 mL/min on (warfarin 0 mg/day); nothing up to \
             720 µg/day is enough with warfarin 5 mg/day.",
        ),
        (
            Map,
            plane(),
            "Age matters more than calcium from food: it moves the change of coronary calcium by up \
             to 70 AU, the other by up to 10 AU.",
        ),
    ] {
        let text = said(kind, &data);
        assert!(text.starts_with(title), "{kind:?}: {text}");
    }
    let dose = said(DoseResponse, &dose());
    assert!(dose.contains("enough: from 225 µg/day on"), "{dose}");
    let map = said(Map, &plane());
    assert!(map.contains("hatched: arteries harder and bones weaker than at the ring"), "{map}");
}

mod cases;
mod random;
