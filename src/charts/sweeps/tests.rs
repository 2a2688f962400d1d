//! Figures of invented sweeps: nothing overlaps, nothing is cut off, titles say what is seen.

use crate::charts::chart::Chart;
use crate::charts::kinds::SweepKind;
use crate::charts::layout;
use crate::charts::sweeps::data::SweepData;
use crate::charts::tests::svg_of;
use crate::plots::style;
use crate::plots::tests::clashes;
use cases::{
    all, condition, cube, dose, dose_of_arms, doses_of_people, pairs, plane, search,
    search_of_people,
};

fn chart_of(kind: &str, data: &SweepData) -> Chart {
    (SweepKind::by_name(kind).unwrap().chart)(data)
}

/// The number at the top of a map once touched the title of its axis.
#[test]
fn the_uppermost_number_stays_off_the_title_of_its_axis() {
    let (_, mut data) = all().into_iter().find(|(name, _)| *name == "many").unwrap();
    for outcome in &mut data.outcomes {
        let values = outcome.values.iter_mut().enumerate();
        values.for_each(|(at, value)| *value = if at % 2 == 0 { f64::NAN } else { 0.0 });
    }
    let page = layout::page(&chart_of("map", &data)).unwrap();
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
        let chart = chart_of(kind, &data);
        insta::assert_snapshot!(kind, svg_of(&chart, kind, &chart.description));
    }
}

/// The color of an arm is that of what it adds, not of its place in the file; strips of differences
/// have that of the arm from which the other is taken off.
#[test]
fn arms_have_the_looks_of_what_they_add() {
    for (kind, mut data, seen) in [
        ("spaghetti", pairs(), [true, false, true]),
        ("dose_response", dose_of_arms(), [true, false, true]),
        ("differences", pairs(), [false, false, true]),
    ] {
        data.looks = vec![0, 3];
        let chart = serde_json::to_string(&chart_of(kind, &data)).unwrap();
        let has = |look: usize| {
            let ink = style::arm(look).ink.rgb;
            chart.contains(&format!("\"rgb\":[{},{},{}]", ink.0, ink.1, ink.2))
        };
        assert_eq!([0, 1, 3].map(has), seen, "{kind}");
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
    let said =
        |kind: &str, data: &SweepData| chart_of(kind, data).description.replace('\u{A0}', " ");
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
             mL/min, and it holds without any from 75 mL/min on (warfarin 0 mg/day); nothing up to \
             720 µg/day meets it with warfarin 5 mg/day.",
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
    let condition = said("dose_response", &condition());
    assert!(
        condition.starts_with("“enough” holds from 225 µg/day on (MK-7 from pills)."),
        "{condition}"
    );
    // People for whom nothing is enough need more than the others: they are no gap in the numbers.
    let needs = said("answers", &search_of_people(""));
    let title = "The lowest MK-7 from pills: median 602 µg/day, the middle 90 % of people lie from 340 to \
                 over 720 µg/day; out of reach for 18 people.";
    assert!(needs.starts_with(title), "{needs}");
    let dose = said("dose_response", &dose());
    assert!(dose.contains("enough: from 225 µg/day on"), "{dose}");
    let map = said("map", &plane());
    assert!(map.contains("hatched: arteries harder and bones weaker than at the ring"), "{map}");
}

pub(crate) mod cases;
mod random;
