//! A title says nothing that the picture below it does not show.

use super::*;
use crate::charts::chart::{Ends, Picture};

/// Numbers of a text, without those that are part of a name ("MK-7", "D3", "25(OH)D").
fn numbers(text: &str) -> Vec<f64> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let (mut at, mut found) = (0, Vec::new());
    while at < letters.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        let gap = |at: usize| matches!(letters.get(at), Some('\u{A0}' | '.')) && digit(at + 1);
        while digit(at) || gap(at) {
            at += 1;
        }
        let before = start.checked_sub(1).and_then(|at| letters.get(at));
        let named = before.is_some_and(|c| c.is_alphabetic() || *c == '-')
            || letters.get(at).is_some_and(|c| c.is_alphabetic() || *c == '(');
        let digits: String = letters[start..at].iter().filter(|c| **c != '\u{A0}').collect();
        if let (false, Ok(number)) = (named, digits.parse::<f64>()) {
            found.push(if before == Some(&'−') { -number } else { number });
        }
    }
    found
}

/// Numbers that a reader finds in the picture: labels that found a place, headings, the subtitle
/// and the ends of the horizontal axes.
fn printed(chart: &Chart) -> Vec<f64> {
    let page = layout::page(chart).unwrap();
    let written: Vec<&str> = page.sheet.texts().map(|text| text.text.as_str()).collect();
    let mut all = numbers(&chart.subtitle);
    for label in chart.labels() {
        for text in [&label.name, &label.text] {
            if written.contains(&text.as_str()) {
                all.extend(numbers(text));
            }
        }
    }
    match &chart.picture {
        Picture::Panels { panels, .. } => {
            for panel in panels {
                all.extend(numbers(&panel.heading));
                all.extend([panel.x.low.round(), panel.x.high.round()]);
            }
            let rows = panels.iter().filter_map(|panel| match &panel.y.ends {
                Ends::Rows(names) => Some(names),
                _ => None,
            });
            let rows = rows.flatten().filter(|row| written.contains(&row.text.as_str()));
            all.extend(rows.flat_map(|row| numbers(&row.text)));
        }
        Picture::Diagrams { diagrams, .. } => {
            let arrows = diagrams.iter().flat_map(|diagram| &diagram.arrows);
            all.extend(arrows.flat_map(|arrow| numbers(&arrow.number)));
        }
        Picture::Note(_) => {}
    }
    all
}

/// Numbers of a title that stand nowhere in its picture and are no difference of two that do.
fn unfounded(Drawn { chart, names, .. }: &Drawn) -> Vec<f64> {
    let title = names.iter().fold(chart.title.clone(), |title, name| title.replace(name, ""));
    let printed = printed(chart);
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let founded = |number: &f64| {
        printed.iter().any(|one| {
            same(one.abs(), number.abs())
                || printed.iter().any(|other| same((one - other).abs(), number.abs()))
        })
    };
    numbers(&title).into_iter().filter(|number| !founded(number)).collect()
}

#[test]
fn every_number_of_a_title_stands_in_the_picture_or_is_a_difference_there() {
    for drawn in charts() {
        let (name, title, none) = (&drawn.name, &drawn.chart.title, Vec::<f64>::new());
        assert_eq!(unfounded(&drawn), none, "{name}: {title}");
    }
}

#[test]
fn numbers_are_told_from_names() {
    assert_eq!(numbers("MK-7 at 12.5\u{A0}nM, D3, 25(OH)D: 46\u{A0}000"), [12.5, 46_000.0]);
    assert_eq!(numbers("−18.8 %, +110 AU"), [-18.8, 110.0]);
}

/// A chart is data that a page can draw, too.
#[test]
fn a_chart_can_be_written_as_json() {
    let chart = kind("paradox").chart(&four_arms().subject());
    let json = serde_json::to_value(&chart).unwrap();
    let panel = &json["picture"]["Panels"]["panels"][0];
    assert_eq!(panel["unit"], "[AU, Agatston units]");
    assert!(panel["layers"].as_array().unwrap().len() > 8);
}
