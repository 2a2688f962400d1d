//! A title says nothing that the picture below it does not show.

use super::*;
use crate::charts::chart::{Ends, Picture};
use crate::physiology::quantities::quantity;
use crate::plots::Subject;
use crate::scenario::figures::FigureRequest;
use crate::words::numbers::{fixed, rounded};

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
    all.extend(chart.legend.iter().flat_map(|name| numbers(name)));
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
                let keys = panel.keys.iter().map(|(text, _)| text);
                all.extend(
                    keys.filter(|text| written.contains(&text.as_str()))
                        .flat_map(|text| numbers(text)),
                );
                all.extend([panel.x.low, panel.x.high]);
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

/// The half-life of MK-7 once stood in a title, but its label fell between the weeks that are drawn.
#[test]
fn every_number_of_a_title_of_a_shipped_lesson_stands_in_its_picture() {
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let run = crate::Scenario::from_path(&path).unwrap().run().unwrap();
        let labels = run.scenario().arms.iter().map(|arm| arm.label.clone());
        let names: Vec<String> = labels.flat_map(|label| [labels::short(&label), label]).collect();
        // As the lesson draws them, with its own headline.
        for (name, chart) in run.charts() {
            let drawn = Drawn { name: path.display().to_string(), chart, names: names.clone() };
            let numbers = unfounded(&drawn);
            if !numbers.is_empty() {
                wrong.push(format!("{} {name}: {}: {numbers:?}", drawn.name, drawn.chart.title));
            }
        }
        run.with_subject(&FigureRequest::default(), |subject| {
            for kind in run.figure_names() {
                let name = format!("{} {kind}", path.display());
                let drawn = Drawn { name, chart: chart(kind, subject), names: names.clone() };
                let numbers = unfounded(&drawn);
                if !numbers.is_empty() {
                    wrong.push(format!("{}: {}: {numbers:?}", drawn.name, drawn.chart.title));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Waterfalls and forest plots are figures of commands, no kinds of runs; they are read alike.
#[cfg(feature = "cli")]
#[test]
fn titles_of_waterfalls_and_forest_plots_stand_in_their_pictures() {
    use crate::charts::{forest, waterfall};
    use crate::evidence::{SHIPPED, prediction::compare};

    let trials = crate::storage::evidence_table::read(SHIPPED.0, SHIPPED.1).unwrap();
    let mut drawn: Vec<Drawn> = forest::charts(&compare(&trials, &|| true, &|| ()))
        .into_iter()
        .map(|(name, chart)| Drawn { name, chart, names: Vec::new() })
        .collect();
    assert!(drawn.len() > 8, "{}", drawn.len());
    for (ends, values) in [((30.0, 22.4), [-5.4, -2.2]), ((79.0, 82.1), [4.6, -1.5])] {
        let shares = values.map(|value| waterfall::Share {
            label: format!("share {value}"),
            change: String::new(),
            value,
        });
        let facts = waterfall::Facts {
            scenario: "A lesson".to_owned(),
            hypothesis: "paradox".to_owned(),
            outcome: "coronary calcium".to_owned(),
            unit: "AU".to_owned(),
            decimals: 0,
            arms: ["usual".to_owned(), "other".to_owned()],
            looks: [0, 1],
            ends,
            shares: shares.to_vec(),
            view: waterfall::View::Cause,
            interaction: None,
        };
        let names = facts.shares.iter().map(|share| share.label.clone()).collect();
        let chart = waterfall::chart(&facts.with_enough_decimals());
        drawn.push(Drawn { name: "waterfall".to_owned(), chart, names });
    }
    for drawn in drawn {
        assert_eq!(unfounded(&drawn), Vec::<f64>::new(), "{}: {}", drawn.name, drawn.chart.title);
    }
}

/// The paradox plane and the time courses of a lesson that compares these two arms.
fn compared(pair: [usize; 2]) -> [String; 2] {
    let case = four_arms();
    ["paradox", "timeline"].map(|kind| {
        let subject =
            Subject { compare: Some(pair), timeline: &["cac_agatston"], ..case.subject() };
        let chart = chart(kind, &subject);
        let names = case.labels.clone();
        let drawn = Drawn { name: format!("{kind} {pair:?}"), chart, names };
        assert_eq!(unfounded(&drawn), Vec::<f64>::new(), "{}: {}", drawn.name, drawn.chart.title);
        drawn.chart.title.replace('\u{A0}', " ")
    })
}

#[test]
fn titles_speak_of_the_two_arms_that_the_lesson_compares() {
    let told = |kind: usize, pair| {
        let words = compared(pair)[kind].clone();
        let words = words.split(' ').map(|w| if w.parse::<f64>().is_ok() { "#" } else { w });
        words.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        [told(0, [0, 1]), told(0, [1, 0])],
        ["“calcium + D3” keeps # points more bone in the femoral neck than “usual”, but gains # AU more \
          coronary calcium"; 2]
    );
    assert_eq!(
        told(0, [1, 2]),
        "Same calcium, other fate: “calcium + D3 + K2” keeps # points more bone in the femoral neck and \
         gains # AU less coronary calcium than “calcium + D3”"
    );
    assert_eq!(
        told(0, [3, 0]),
        "Same calcium, other fate: “K2 alone” keeps # points more bone in the femoral neck and gains # AU \
         less coronary calcium than “usual”"
    );
    assert_eq!(told(1, [0, 1]), "Coronary calcium at age 70: # AU (usual), # AU (calcium + D3)");
    // Two arms of one course each hardly differ from themselves.
    let mut case = four_arms();
    case.runs = [0, 1, 1, 0].map(|run| case.runs[run].clone()).to_vec();
    for (kind, title) in [
        ("paradox", "Bones and arteries of “calcium + D3” and “calcium + D3 + K2” end alike"),
        (
            "timeline",
            "“calcium + D3” and “calcium + D3 + K2” hardly differ at age 70 (serum calcium: 2.42 mmol/L)",
        ),
    ] {
        let subject = Subject { compare: Some([1, 2]), ..case.subject() };
        assert_eq!(chart(kind, &subject).title.replace('\u{A0}', " "), title);
    }
}

/// Of six arms four are drawn.
#[test]
fn the_body_map_shows_the_two_arms_that_the_lesson_compares() {
    let mut case = four_arms();
    case.runs = [0, 1, 2, 3, 0, 0].map(|run| case.runs[run].clone()).to_vec();
    case.labels = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).to_vec();
    let subject = Subject { compare: Some([4, 5]), ..case.subject() };
    let chart = chart("body", &subject);
    let Picture::Diagrams { diagrams, .. } = chart.picture else { panic!("no diagrams") };
    let shown: Vec<&str> = diagrams.iter().map(|diagram| diagram.heading.as_str()).collect();
    assert!(shown.starts_with(&["a"]) && shown.ends_with(&["e", "f"]), "{shown:?}");
}

/// The author's title stands above the picture and before its description.
#[test]
fn a_title_of_the_author_replaces_the_made_one() {
    let case = four_arms();
    let made = chart("fate", &case.subject());
    let own = made.clone().titled(Some("K2 or not".to_owned()));
    let figure = layout::figure(&own, "fate").unwrap();
    assert_eq!(figure.title, "K2 or not");
    assert!(figure.svg.contains(">K2 or not<"), "the title is drawn");
    let numbers = made.description.strip_prefix(&made.title).unwrap();
    assert_eq!(figure.description, format!("K2 or not{numbers}"));
}

#[test]
fn numbers_are_told_from_names() {
    assert_eq!(numbers("MK-7 at 12.5\u{A0}nM, D3, 25(OH)D: 46\u{A0}000"), [12.5, 46_000.0]);
    assert_eq!(numbers("−18.8 %, +110 AU"), [-18.8, 110.0]);
}

/// A chart is data that a page can draw, too.
#[test]
fn a_chart_can_be_written_as_json() {
    let chart = chart("paradox", &four_arms().subject());
    let json = serde_json::to_value(&chart).unwrap();
    let panel = &json["picture"]["Panels"]["panels"][0];
    assert_eq!(panel["unit"], "[AU, Agatston units]");
    assert!(panel["layers"].as_array().unwrap().len() > 8);
}

#[test]
fn titles_say_what_is_seen() {
    let four = four_arms();
    let title = |name: &str| chart(name, &four.subject()).description;
    let paradox = title("paradox").replace('\u{A0}', " ");
    let said = "Same calcium, other fate: “calcium + D3 + K2” keeps 2.5 points more bone in the femoral neck and \
                gains 38 AU less coronary calcium than “calcium + D3”";
    assert!(paradox.contains(said), "{paradox}");
    // The title once said 2.6 points where the table has 82.1 and 79.7 %.
    let subject = four.subject();
    let printed = |arm: usize, name: &str| {
        let quantity = quantity(name).unwrap();
        let row = subject.arms[arm].trajectory.rows.last().unwrap();
        rounded(row.value(quantity.column), quantity.decimals)
    };
    let difference = |name| fixed(printed(2, name) - printed(1, name), 1);
    assert_eq!(difference("femoral_neck_bmd_percent"), "2.5");
    assert_eq!(difference("cac_agatston"), "−38.0");
    let timeline = title("timeline").replace('\u{A0}', " ");
    assert!(timeline.contains("at age 70: 58 AU (K2 alone), 114 AU (calcium + D3)"), "{timeline}");
}

/// "100 % leaves" (now "out") once stood for 100.8 % below "More calcium leaves the body than is eaten".
#[test]
fn more_than_all_is_written_so() {
    let chart = chart("fate", &four_arms().subject());
    let json = serde_json::to_string(&chart).unwrap().replace('\u{A0}', " ");
    assert!(json.contains("13.1 kg eaten, 100.8 % out"), "{json}");
}

/// A title once said 1.4 nM and the description 1.36.
#[test]
fn levels_of_vitamin_k_are_written_alike() {
    let chart = chart("kinetics", &one_day().subject());
    let (title, description) = (&chart.title, chart.description.replace('\u{A0}', " "));
    assert!(title.ends_with("ends at 1.4") && description.contains("to 1.4 nM"), "{description}");
}

/// The read-out named first is the lesson's: it makes the headline, also when it hardly differs.
#[test]
fn the_first_read_out_makes_the_headline() {
    let title = |timeline: &'static [&'static str]| {
        let case = Case { timeline, ..four_arms() };
        let description = chart("timeline", &case.subject()).description;
        description.split(". Start and end").next().unwrap().replace('\u{A0}', " ")
    };
    assert_eq!(
        title(&["cac_agatston", "serum_total_calcium_mmol_per_l"]),
        "Coronary calcium at age 70: 58 AU (K2 alone), 114 AU (calcium + D3) – while blood \
         calcium hardly differs (2.37 to 2.42 mmol/L)"
    );
    assert_eq!(
        title(&["serum_total_calcium_mmol_per_l", "cac_agatston"]),
        "Serum calcium hardly differs at age 70 (2.37 to 2.42 mmol/L), but coronary calcium does: \
         58 AU (K2 alone), 114 AU (calcium + D3)"
    );
    assert_eq!(
        title(&["serum_total_calcium_mmol_per_l"]),
        "The arms hardly differ at age 70 (serum calcium: 2.37 to 2.42 mmol/L)"
    );
}
