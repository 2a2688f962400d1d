//! Figures of the reference runs and of invented ones: nothing overlaps, nothing is cut off.

use crate::charts::chart::Chart;
use crate::charts::kinds::{self, OF_SWEEPS};
use crate::charts::{FigureKind, draw, layout, sensitivity, sweeps};
use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{DEFAULT_MEALS, Dose, Intake};
use crate::physiology::ledger::{FLOW_COUNT, LEDGER, Pool};
use crate::physiology::quantities::{READ_OUT_COUNT, TrajectoryColumn, quantity};
use crate::physiology::state::STATE_COUNT;
use crate::plots::tests::clashes;
use crate::plots::{ArmData, Subject, canvas, svg};
use crate::trajectory::{Row, Trajectory};
use crate::words::names::{capital, in_words};

/// A reference run as a trajectory; its flows follow from accumulators and read-outs.
fn reference(name: &str) -> Trajectory {
    let path = format!("{}/tests/reference/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let table: Vec<Vec<f64>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let mut rows: Vec<Row> = table
        .iter()
        .map(|cells| {
            let mut row = Row {
                time_days: cells[0],
                states: [0.0; STATE_COUNT],
                flows: [0.0; FLOW_COUNT],
                read_outs: [f64::NAN; READ_OUT_COUNT],
            };
            row.states.copy_from_slice(&cells[1..=STATE_COUNT]);
            for (name, value) in names.iter().zip(cells).skip(1 + STATE_COUNT) {
                if let Some(TrajectoryColumn::ReadOut(index)) =
                    quantity(name).map(|quantity| quantity.column)
                {
                    row.read_outs[index] = *value;
                }
            }
            row
        })
        .collect();
    for index in 0..rows.len() {
        let other = if index + 1 < rows.len() { index + 1 } else { index - 1 };
        rows[index].flows = flows(&rows[index], &rows[other]);
    }
    Trajectory { rows, work: Default::default(), complete: true }
}

fn flows(row: &Row, other: &Row) -> [f64; FLOW_COUNT] {
    let days = other.time_days - row.time_days;
    let change = |pool: Pool| other.states[pool.state()] - row.states[pool.state()];
    let rate = |pool: Pool| change(pool) / days;
    let read = |name: &str| row.value(quantity(name).unwrap().column);
    let (absorbed, fecal) = (read("absorbed_calcium_mg_per_day"), read("fecal_calcium_mg_per_day"));
    let eaten = -rate(Pool::IntakeSource);
    LEDGER.map(|movement| match movement.name {
        "intake_to_ecf" => absorbed,
        "intake_to_feces" => eaten - absorbed,
        "ecf_to_feces" => fecal - (eaten - absorbed),
        "ecf_to_sweat" => read("sweat_calcium_mg_per_day"),
        "ecf_to_urine" => read("urinary_calcium_mg_per_day"),
        "ecf_to_exchangeable" | "exchangeable_to_ecf" => 6000.0,
        "ecf_to_cortical" | "ecf_to_trabecular" => 0.5 * read("bone_accretion_mg_per_day"),
        "cortical_to_ecf" | "trabecular_to_ecf" => 0.5 * read("bone_resorption_mg_per_day"),
        "ecf_to_coronary" => rate(Pool::Coronary),
        "ecf_to_aortic" => rate(Pool::Aortic),
        _ => 0.0,
    })
}

struct Case {
    title: String,
    person: String,
    labels: Vec<String>,
    runs: Vec<Trajectory>,
    doses: Vec<Dose>,
    intake: fn(usize) -> (f64, f64, f64),
    start_age: Option<f64>,
    timeline: &'static [&'static str],
}

impl std::fmt::Debug for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let rows: Vec<usize> = self.runs.iter().map(|run| run.rows.len()).collect();
        write!(
            out,
            "{:?} {:?} {:?} {rows:?} {:?}",
            self.title, self.person, self.labels, self.start_age
        )
    }
}

impl Case {
    fn subject(&self) -> Subject<'_> {
        let arms =
            self.runs.iter().zip(&self.labels).enumerate().map(|(index, (trajectory, label))| {
                ArmData {
                    label,
                    trajectory,
                    doses: &self.doses,
                    calcium_intake: vec![(self.intake)(index)],
                    what_if: false,
                }
            });
        Subject {
            title: &self.title,
            person: self.person.clone(),
            hypothesis: "paradox".to_owned(),
            arms: arms.collect(),
            start_age_years: self.start_age,
            timeline: self.timeline,
        }
    }
}

fn four_arms() -> Case {
    let arms = ["usual", "calcium_and_d", "calcium_d_and_k2", "k2_alone"];
    let labels = ["usual", "calcium + D3", "calcium + D3 + K2", "K2 alone"];
    Case {
        title: "The calcium paradox".to_owned(),
        person: "woman 50 → 70".to_owned(),
        labels: labels.map(str::to_owned).to_vec(),
        runs: arms.map(|arm| reference(&format!("four_arms_paradox_{arm}"))).to_vec(),
        doses: Vec::new(),
        intake: |arm| (0.0, 800.0, if [1, 2].contains(&(arm % 4)) { 1000.0 } else { 0.0 }),
        start_age: Some(50.0),
        timeline: &[],
    }
}

fn one_arm(run: &str, title: &str, person: &str, start_age: f64) -> Case {
    Case {
        title: title.to_owned(),
        person: person.to_owned(),
        labels: vec![title.to_owned()],
        runs: vec![reference(run)],
        doses: meals(),
        intake: |_| (0.0, 1000.0, 1000.0),
        start_age: Some(start_age),
        timeline: &[],
    }
}

fn meals() -> Vec<Dose> {
    let mut all = Vec::new();
    for day in [0.0, 1.0, 2.0] {
        for meal in DEFAULT_MEALS {
            let time_days = day + meal.hour / 24.0;
            all.push(Dose { time_days, intake: Intake::Meal(meal.share) });
            if meal.hour != 12.5 {
                all.push(Dose { time_days, intake: Intake::Pill(Substance::Calcium, 500.0) });
            }
            if meal.hour == 7.5 {
                all.push(Dose { time_days, intake: Intake::Pill(Substance::VitaminD, 25.0) });
                all.push(Dose { time_days, intake: Intake::Pill(Substance::Mk7, 90.0) });
            }
        }
    }
    all
}

fn one_day() -> Case {
    one_arm("one_day_of_meals", "One day of meals", "woman of 40", 40.0)
}

/// Twelve arms whose names are whole sentences.
fn crowd() -> Case {
    let base = four_arms();
    let long =
        "calcium carbonate with every meal, vitamin D3 in the morning and MK-7 at night, arm";
    Case {
        title: "A very long title about the question of where all the calcium goes ".repeat(3),
        labels: (0..12).map(|index| format!("{long} {index}")).collect(),
        runs: (0..12).map(|index| base.runs[index % 4].clone()).collect(),
        ..base
    }
}

fn cases() -> Vec<(&'static str, Case)> {
    let two_weeks = Case {
        labels: vec!["MK-7 180 µg".to_owned(), "MK-7 360 µg".to_owned()],
        runs: vec![reference("mk7_180_man_50"), reference("mk7_360_man_50")],
        ..one_arm("mk7_180_man_50", "How much MK-7?", "man of 50", 50.0)
    };
    let mut empty = four_arms();
    empty.runs.iter_mut().for_each(|run| run.rows.clear());
    let mut single = four_arms();
    single.runs.iter_mut().for_each(|run| run.rows.truncate(1));
    let chosen = Case {
        timeline: &[
            "serum_total_calcium_mmol_per_l",
            "active_mgp_relative",
            "cac_agatston",
            "lumbar_spine_t_score",
        ],
        ..four_arms()
    };
    vec![
        ("four", four_arms()),
        ("chosen", chosen),
        ("day", one_day()),
        ("days", one_arm("three_days_of_meals", "Three days", "woman of 60", 60.0)),
        ("mk7", two_weeks),
        ("warfarin", one_arm("warfarin_one_year", "Warfarin and vitamin K", "man of 65", 65.0)),
        ("toxic", one_arm("toxic_vitamin_d", "Too much vitamin D", "woman of 45", 45.0)),
        ("kidney", one_arm("kidney_disease_egfr_30", "Kidney disease", "man of 60", 60.0)),
        (
            "meals",
            Case {
                labels: vec!["fasting pill".to_owned(), "with meals".to_owned()],
                runs: vec![reference("one_day_of_meals"), reference("three_days_of_meals")],
                ..one_day()
            },
        ),
        ("crowd", crowd()),
        ("empty", empty),
        ("single", single),
    ]
}

fn kind(name: &str) -> FigureKind {
    FigureKind::by_name(name).unwrap()
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
        let names: Vec<String> = labels
            .flat_map(|label| [label.clone(), crate::plots::story::short_label(label)])
            .collect();
        all.extend(FigureKind::all().map(|kind| {
            let (name, chart) = (format!("{name}_{}", kind.name()), kind.chart(&case.subject()));
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
        let labels = data.arms.iter().map(|arm| arm.1.clone());
        let outcomes = data.outcomes.iter().map(|outcome| outcome.name.clone());
        let names: Vec<String> = labels.chain(outcomes).collect();
        for kind in OF_SWEEPS {
            if let kinds::Drawn::Chart(chart) = (kind.draw)(&data) {
                let (name, names) = (format!("{name}_{}", kind.name), names.clone());
                all.push(Drawn { name, chart: *chart, names });
            }
        }
    }
    all
}

/// Writes every figure of every case as PNG and SVG into the folder `CALCIFATE_FIGURES`.
#[test]
#[ignore = "for eyes: set CALCIFATE_FIGURES to a folder and run with --ignored"]
fn look() {
    let folder = std::path::PathBuf::from(std::env::var("CALCIFATE_FIGURES").unwrap());
    for Drawn { name, chart, .. } in charts() {
        let figure = layout::page(&chart).unwrap().finish("", chart.description);
        let picture = figure.png().unwrap();
        println!("{name}: svg {} B, png {} B: {}", figure.svg.len(), picture.len(), figure.title);
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), &figure.svg).unwrap();
    }
}

#[test]
fn no_text_overlaps_or_is_cut_off() {
    for Drawn { name, chart, .. } in charts() {
        let page = layout::page(&chart).unwrap();
        assert_eq!(clashes(&page.sheet), Vec::<String>::new(), "{name}");
        let words = &chart.description;
        assert!(!words.is_empty() && !words.contains("NaN"), "{name}: {words}");
    }
}

/// A word on the body map stands in a box or beside it, never across its edge.
#[test]
fn words_stay_off_the_edges_of_boxes() {
    for (name, case) in cases() {
        let page = layout::page(&kind("body").chart(&case.subject())).unwrap();
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
        for kind in kinds.iter().map(|name| kind(name)) {
            let chart = kind.chart(&case.subject());
            let page = layout::page(&chart).unwrap();
            let svg = svg::write_without_font(&page.sheet, kind.name(), &chart.description);
            insta::assert_snapshot!(format!("{name}_{}", kind.name()), svg);
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
        let kinds = FigureKind::usual_for(&case.subject());
        kinds.into_iter().map(FigureKind::name).collect::<Vec<_>>()
    };
    assert_eq!(usual(four_arms()), ["paradox", "timeline", "body", "fate", "kinetics"]);
    assert_eq!(usual(one_day()), ["timeline", "body", "fate", "kinetics", "day"]);
    assert!(FigureKind::all().all(|kind| FigureKind::by_name(kind.name()) == Some(kind)));
}

#[test]
fn titles_say_what_is_seen() {
    let four = four_arms();
    let title = |name: &str| kind(name).chart(&four.subject()).description;
    let paradox = title("paradox").replace('\u{A0}', " ");
    let said = "Same calcium, other fate: “calcium + D3 + K2” keeps 2.6 points more bone in the spine \
                and gains 38 AU less coronary calcium than “calcium + D3”";
    assert!(paradox.contains(said), "{paradox}");
    let timeline = title("timeline").replace('\u{A0}', " ");
    assert!(timeline.contains("at age 70: 58 AU (K2 alone), 114 AU (calcium + D3)"), "{timeline}");
}

/// "100 % leaves" once stood for 100.8 % below "More calcium leaves the body than is eaten".
#[test]
fn more_than_all_is_written_so() {
    let chart = kind("fate").chart(&four_arms().subject());
    let json = serde_json::to_string(&chart).unwrap().replace('\u{A0}', " ");
    assert!(json.contains("13.1 kg eaten, 100.8 % leaves"), "{json}");
}

/// A title once said 1.4 nM and the description 1.36.
#[test]
fn levels_of_vitamin_k_are_written_alike() {
    let chart = kind("kinetics").chart(&one_day().subject());
    let (title, description) = (&chart.title, chart.description.replace('\u{A0}', " "));
    assert!(title.ends_with("ends at 1.4") && description.contains("to 1.4 nM"), "{description}");
}

/// The read-out named first is the lesson's: it makes the headline, also when it hardly differs.
#[test]
fn the_first_read_out_makes_the_headline() {
    let title = |timeline: &'static [&'static str]| {
        let case = Case { timeline, ..four_arms() };
        let description = kind("timeline").chart(&case.subject()).description;
        description.split(". Start and end").next().unwrap().replace('\u{A0}', " ")
    };
    assert_eq!(
        title(&["cac_agatston", "serum_total_calcium_mmol_per_l"]),
        "Coronary calcium at age 70: 58 AU (K2 alone), 114 AU (calcium + D3) – while blood \
         calcium hardly differs"
    );
    assert_eq!(
        title(&["serum_total_calcium_mmol_per_l", "cac_agatston"]),
        "Serum calcium hardly differs at age 70 (2.37 to 2.42 mmol/L), but coronary calcium does: \
         58 AU (K2 alone), 114 AU (calcium + D3)"
    );
    assert_eq!(title(&["serum_total_calcium_mmol_per_l"]), "The arms hardly differ at age 70");
}

#[test]
fn files_are_complete() {
    let figure = draw(kind("fate"), &one_day().subject()).unwrap();
    assert!(figure.svg.starts_with("<svg") && figure.svg.ends_with("</svg>\n"));
    assert!(figure.svg.contains("@font-face") && figure.svg.contains("<desc"));
    let picture = figure.png().unwrap();
    let reader = ::png::Decoder::new(std::io::Cursor::new(&picture)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (3200, 1800));
}

mod random;
mod titles;
