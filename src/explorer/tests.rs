//! Questions as the page asks them, against the program's own runs.

use serde_json::{Value, json};

use crate::explorer::Explorer;
use crate::library::lessons::LESSONS;
use crate::scenario::Scenario;

fn ok(explorer: &mut Explorer, question: &Value) -> Value {
    let answer = explorer.answer(&question.to_string());
    let mut answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer.get("ok").is_some(), "{answer}");
    answer["ok"].take()
}

fn refused(explorer: &mut Explorer, question: &Value) -> String {
    let answer = explorer.answer(&question.to_string());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["problems"][0]["text"].as_str().unwrap().to_owned()
}

const YEAR: &str = "title = \"A year\"\nduration = \"1 year\"\n[person]\nsex = \"female\"\nage = 60\n\
                    [[arm]]\nname = \"usual\"\n[[arm]]\nname = \"k2\"\nlike = \"usual\"\n\
                    take = [\"MK-7 180 ug daily\", \"calcium 500 mg daily\"]\n";

fn state(name: &str, arm: &str, settings: Value) -> Value {
    json!({ "name": name, "label": name, "scenario": YEAR, "arm": arm, "settings": settings })
}

fn curve(name: &str, arm: &str, settings: Value, values: Value) -> Value {
    let mut question = state(name, arm, settings);
    question["do"] = "curve".into();
    question["dial"] = "mk7_supplement".into();
    question["values"] = values;
    question
}

#[test]
fn a_run_has_the_numbers_of_the_program() {
    let mut explorer = Explorer::default();
    let arms = json!([
        state("a", "usual", json!([])),
        state("b", "k2", json!([["mk7_supplement", 90.0], ["natto", 40.0]]))
    ]);
    let question = json!({ "do": "run", "arms": arms, "figures": ["paradox", "calcium", "body", "timeline", "fate"], "form": "narrow" });
    let told = ok(&mut explorer, &question);
    let scenario = Scenario::parse(YEAR).unwrap();
    let set = [("mk7_supplement", 90.0.into()), ("natto", 40.0.into())];
    let run = scenario.with(&set, &["k2"], false).unwrap().run().unwrap();
    let end = run.value("end(dp_ucmgp)", "k2").unwrap();
    assert_eq!(told["values"]["b"]["dp_ucmgp_pmol_per_l"], json!(end));
    assert_eq!(
        told["values"]["a"]["dp_ucmgp_pmol_per_l"],
        json!(scenario.run().unwrap().value("end(dp_ucmgp)", "usual").unwrap())
    );
    for kind in ["paradox", "calcium", "body", "timeline", "fate"] {
        let svg = told["figures"][kind]["svg"].as_str().unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("narrow"), "{kind}");
    }
    assert!(told["balance"]["holds"].as_bool().unwrap());
    let change = told["change"].as_str().unwrap();
    assert!(change.contains("at 61") && change.contains("erum calcium"), "{change}");
    // The file of both arms gives the fingerprint.
    let file = ok(&mut explorer, &json!({ "do": "scenario", "arms": arms }));
    let again = Scenario::parse(file["toml"].as_str().unwrap()).unwrap().run().unwrap();
    assert_eq!(told["fingerprint"], json!(again.fingerprint()));
    let remembered = explorer.states.remembered();
    ok(&mut explorer, &question);
    assert_eq!(explorer.states.remembered(), remembered, "nothing ran twice");
}

#[test]
fn every_arm_of_every_lesson_can_be_turned_and_written_as_a_file() {
    let mut explorer = Explorer::default();
    for lesson in LESSONS {
        let scenario = Scenario::parse(lesson.text).unwrap();
        let turned = json!([
            ["calcium_diet", 850.0],
            ["mk7_supplement", 77.0],
            ["gouda", 25.0],
            ["age", 58.5],
            ["habitual.vitamin_d_supplement", 5.0],
            ["calcium_supplement", 350.0],
            ["warfarin", 0.0],
            ["egfr", 80.0]
        ]);
        let arm = |arm: &str| json!({ "name": arm, "scenario": lesson.text, "arm": arm, "settings": turned });
        let arms: Vec<Value> = scenario.arm_names().take(3).map(arm).collect();
        let file = ok(&mut explorer, &json!({ "do": "scenario", "arms": arms }));
        let toml = file["toml"].as_str().unwrap();
        assert!(Scenario::parse(toml).is_ok(), "{}: {toml}", lesson.name);
        let mut person = arms[0].clone();
        person["do"] = "person".into();
        let person = ok(&mut explorer, &person);
        assert_eq!(person["dials"]["calcium_diet"], 850.0, "{}", lesson.name);
        assert_eq!(person["foods"]["gouda"], 25.0, "{}", lesson.name);
    }
}

#[test]
fn arms_of_two_texts_stand_in_one_file() {
    let mut explorer = Explorer::default();
    let other =
        YEAR.replace("female", "male").replace("title = \"A year\"", "resolution = \"meals\"");
    let mut second = state("b", "k2", json!([]));
    second["scenario"] = other.into();
    let arms = json!([state("a", "k2", json!([])), second]);
    let file = ok(&mut explorer, &json!({ "do": "scenario", "arms": arms }));
    assert!(file["toml"].as_str().unwrap().contains("\"male\""));
    let longer = state("c", "k2", json!([["duration", 730.0]]));
    let told = refused(
        &mut explorer,
        &json!({ "do": "scenario", "arms": [state("a", "k2", json!([])), longer] }),
    );
    assert!(told.contains("one duration"), "{told}");
}

#[test]
fn a_curve_has_the_ends_of_single_runs_and_its_present_value() {
    let mut explorer = Explorer::default();
    let settings = json!([["age", 55.0], ["mk7_supplement", 45.0]]);
    let mut question = curve("b", "k2", settings, json!([0.0, 90.0, 180.0]));
    question["outcomes"] = json!(["end(dp_ucmgp)", "end(cac)"]);
    let told = ok(&mut explorer, &question);
    assert_eq!(told["x"], json!([0.0, 90.0, 180.0]));
    let set = [("age", 55.0.into()), ("mk7_supplement", 90.0.into())];
    let run = Scenario::parse(YEAR).unwrap().with(&set, &["k2"], false).unwrap().run().unwrap();
    assert_eq!(
        told["outcomes"]["end(dp_ucmgp)"][1],
        json!(run.value("end(dp_ucmgp)", "k2").unwrap())
    );
    assert!(told["svg"].as_str().unwrap().starts_with("<svg"));
    question["dial"] = "sex".into();
    assert!(refused(&mut explorer, &question).contains("no curve"));
    question["dial"] = "duration".into();
    question["values"] = json!([10.0, 20.0]);
    ok(&mut explorer, &question);
}

#[test]
fn a_curve_marks_the_present_value_and_has_trials_of_the_dial_beside_it() {
    let mut explorer = Explorer::default();
    let mut question = curve("b", "usual", json!([]), json!([0.0, 180.0, 360.0]));
    question["now"] = 45.0.into();
    let told = ok(&mut explorer, &question);
    assert_eq!(told["x"], json!([0.0, 45.0, 180.0, 360.0]));
    let described = told["description"].as_str().unwrap();
    assert!(described.contains("Now, at 45\u{a0}µg/day: "), "{described}");
    assert!(told["svg"].as_str().unwrap().contains("now 45"), "no mark");
    // The line is what two runs say, in the measure of the trial: percent against no pills.
    let end = |dose: f64| {
        let set = [("mk7_supplement", dose.into())];
        let run = Scenario::parse(YEAR).unwrap().with(&set, &["usual"], false).unwrap();
        run.run().unwrap().value("end(dp_ucmgp)", "usual").unwrap()
    };
    let here = format!("{:.0}", 100.0 * (end(180.0) / end(0.0) - 1.0)).replace('-', "−");
    let trials = &told["trials"];
    let rows = trials["rows"].as_array().unwrap();
    let row =
        |study: &str| rows.iter().find(|row| row["study"].as_str().unwrap().starts_with(study));
    assert_eq!(row("Knapen 2015").unwrap()["here"], here);
    assert_eq!(row("Knapen 2013").unwrap()["found"], "0.33 [0.17 to 0.5]");
    let inside = rows.iter().filter(|row| row["inside"].as_bool().unwrap()).count();
    let title = trials["title"].as_str().unwrap();
    assert!(title.contains(&format!("{inside} of {}", rows.len())), "{title}");
    // Nobody tried the age.
    question["dial"] = "age".into();
    question["values"] = json!([50.0, 60.0]);
    question["now"] = Value::Null;
    assert!(ok(&mut explorer, &question)["trials"].is_null());
}

#[test]
fn arrows_of_the_body_map_are_told_with_their_flows() {
    let mut explorer = Explorer::default();
    let arms = json!([state("a", "usual", json!([]))]);
    let told = ok(&mut explorer, &json!({ "do": "run", "arms": arms, "figures": ["body"] }));
    let flows = told["figures"]["body"]["flows"].as_array().unwrap();
    // Mean of the last year: what a person at rest sweats is the same every day.
    let sweat = told["values"]["a"]["ecf_to_sweat_mg_per_day"].as_f64().unwrap();
    let near = |one: &Value| (one["flow"].as_f64().unwrap() / sweat - 1.0).abs() < 0.01;
    assert!(flows.len() >= 9 && flows.iter().any(near), "{sweat}: {flows:?}");
    assert!(flows.iter().all(|one| one["points"].as_array().unwrap().len() >= 2));
}

#[test]
fn causes_pictures_and_tables_are_told() {
    let mut explorer = Explorer::default();
    let arms = json!([state("a", "usual", json!([])), state("b", "k2", json!([]))]);
    let why = ok(&mut explorer, &json!({ "do": "why", "arms": arms }));
    assert!(why["sentence"].as_str().unwrap().contains("MK-7"), "{}", why["sentence"]);
    assert!(why["figures"][0]["by_cause"].as_bool().unwrap());
    let csv = ok(&mut explorer, &json!({ "do": "csv", "arms": arms }));
    assert!(csv["text"].as_str().unwrap().starts_with("arm,time_days,"));
}

#[test]
fn every_figure_of_the_page_can_be_had_as_a_file() {
    let mut explorer = Explorer::default();
    let arms = json!([state("a", "usual", json!([])), state("b", "k2", json!([]))]);
    let curve = curve("b", "k2", json!([]), json!([0.0, 180.0]));
    let run = json!({ "do": "run", "arms": arms, "figures": ["calcium"] });
    let why = json!({ "do": "why", "arms": arms });
    for (mut question, places) in [
        (run, &["/figures/calcium"][..]),
        (why, &["/figures/0", "/figures/1"]),
        (curve, &["", "/trials"]),
    ] {
        for (form, beginning) in [("svg", "<svg"), ("png", "iVBORw0KGgo")] {
            question["form"] = form.into();
            let told = ok(&mut explorer, &question);
            for place in places {
                let file = told.pointer(place).unwrap()["file"].as_str().unwrap();
                assert!(file.starts_with(beginning), "{question}: {place}");
                assert!(form == "png" || file.contains("font-face"), "{question}: {place}");
            }
        }
    }
}

#[test]
fn an_arm_has_the_same_color_in_every_figure() {
    let mut explorer = Explorer::default();
    let arms = json!([
        state("a", "usual", json!([])),
        state("b", "usual", json!([["calcium_supplement", 500.0]])),
        state("c", "k2", json!([])),
    ]);
    let run = json!({ "do": "run", "arms": arms, "figures": ["body"], "shown": ["b", "c"] });
    let told = ok(&mut explorer, &run);
    let of = |arm: usize, what: &str| told["arms"][arm][what].as_str().unwrap().to_owned();
    let body = told["figures"]["body"]["svg"].as_str().unwrap();
    assert!(body.contains(&of(1, "letters")) && body.contains(&of(2, "letters")), "{body}");
    assert!(!body.contains(">a<"), "an arm that is not wanted");
    let why = ok(&mut explorer, &json!({ "do": "why", "arms": arms }));
    let bars = why["figures"][0]["svg"].as_str().unwrap();
    assert!(bars.contains(&of(1, "color")) && bars.contains(&of(2, "color")), "{bars}");
    let mut curve = curve("c", "k2", json!([]), json!([0.0, 180.0]));
    curve["look"] = told["arms"][2]["look"].clone();
    let curve = ok(&mut explorer, &curve);
    for drawing in [&curve["svg"], &curve["trials"]["svg"]] {
        assert!(drawing.as_str().unwrap().contains(&of(2, "color")), "{drawing}");
    }
}

#[test]
fn the_person_tells_which_arms_the_lesson_compares() {
    let text = crate::lesson_text("calcium_paradox").unwrap();
    let told = ok(&mut Explorer::default(), &json!({ "do": "person", "scenario": text }));
    assert_eq!(told["compare"], json!(["calcium_d", "calcium_d_k2"]));
}

#[test]
fn what_moves_by_less_than_half_a_digit_hardly_differs() {
    let change = |arms: Value| {
        let told = ok(&mut Explorer::default(), &json!({ "do": "run", "arms": arms }));
        told["change"].as_str().unwrap().to_owned()
    };
    let text = crate::lesson_text("calcium_paradox").unwrap();
    let arm = |name: &str, settings: Value| json!({ "name": name, "label": name, "scenario": text, "arm": "calcium_d", "settings": settings });
    // Both ends lie near a limit of rounding.
    let told = change(json!([arm("a", json!([])), arm("b", json!([["natto", 50.0]]))]));
    assert!(told.contains("serum calcium hardly differs"), "{told}");
    assert!(told.contains("points more") && told.contains("AU less"), "{told}");
    let text = crate::lesson_text("stiff_arteries").unwrap();
    let arm = |name: &str| json!({ "name": name, "label": name, "scenario": text, "arm": name });
    let told = change(json!([arm("usual"), arm("kidneys")]));
    assert!(told.starts_with("“kidneys” against “usual”: at 80, "), "{told}");
}

/// A title once said "after 80 years" of an arm that ends after 20.
#[test]
fn arms_of_other_lengths_are_told_at_their_own_ends() {
    let arms = json!([
        state("a", "usual", json!([["duration", 7305.0]])),
        state("b", "k2", json!([["duration", 1461.0]]))
    ]);
    let question = json!({ "do": "run", "arms": arms, "figures": ["timeline"] });
    let told = ok(&mut Explorer::default(), &question);
    let change = told["change"].as_str().unwrap();
    assert!(change.contains("at 80 and 64, "), "{change}");
    let title = told["figures"]["timeline"]["title"].as_str().unwrap();
    assert!(title.contains("the end of each arm"), "{title}");
}

#[test]
fn remarks_name_no_option_of_the_command_line() {
    let mut question = state("a", "usual", json!([["age", 99]]));
    question["do"] = "person".into();
    let told = ok(&mut Explorer::default(), &question);
    let remark = told["warnings"][0]["message"].as_str().unwrap();
    assert!(remark.starts_with("age at the start: 99 years"), "{remark}");
}

#[test]
fn the_other_hypothesis_set_holds_in_arms_with_one_of_their_own() {
    let mut explorer = Explorer::default();
    let text = crate::lesson_text("two_hypotheses").unwrap();
    let mut question = json!({ "do": "person", "scenario": text, "hypothesis": "conservative" });
    assert_eq!(ok(&mut explorer, &question)["dials"]["hypothesis"], "conservative");
    question["hypothesis"] = "paradox".into();
    assert_eq!(ok(&mut explorer, &question)["dials"]["hypothesis"], "paradox");
}

#[test]
fn who_has_no_measured_kidney_function_has_that_of_the_age() {
    let mut explorer = Explorer::default();
    let mut question = json!({ "do": "person", "scenario": YEAR, "settings": [["age", 60]] });
    assert_eq!(ok(&mut explorer, &question)["dials"]["egfr"], 82.0);
    question["settings"] = json!([["age", 60], ["egfr", 30]]);
    assert_eq!(ok(&mut explorer, &question)["dials"]["egfr"], 30.0);
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    let mut explorer = Explorer::default();
    let run = |arms: Value| json!({ "do": "run", "arms": arms, "figures": ["paradox"] });
    let cases = [
        (run(json!([])), "0 arms"),
        (run(json!(vec![state("a", "", json!([])); 9])), "9 arms"),
        (run(json!([state("a", "", json!([])), state("a", "", json!([]))])), "two arms"),
        (run(json!([state("a", "nobody", json!([]))])), "unknown arm"),
        (run(json!([state("a", "", json!([["age", 1e9]]))])), "age"),
        (run(json!([state("a", "", json!([["duration", 3_650_000.0]]))])), "duration"),
        (run(json!([state("a", "", json!([["mk7_supplement", 1e6]]))])), "MK-7"),
        (run(json!([state("a", "", json!([["<script>", 1]]))])), "unknown name"),
        (
            json!({ "do": "run", "arms": [state("a", "", json!([]))], "figures": ["dance"] }),
            "no figure",
        ),
        (json!({ "do": "person", "scenario": "" }), "nothing stands"),
        (json!({ "do": "person", "scenario": "title = 7\u{0}" }), "error"),
    ];
    for (question, part) in cases {
        let told = refused(&mut explorer, &question);
        assert!(told.contains(part), "{question}: {told}");
    }
    assert!(explorer.answer(&"x".repeat(5_000_000)).contains("bytes"));
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut explorer = Explorer::default();
    for age in 0..40 {
        let arms = json!([state("a", "", json!([["age", 40.0 + f64::from(age)]]))]);
        ok(&mut explorer, &json!({ "do": "run", "arms": arms }));
    }
    assert!(explorer.states.remembered() <= 16);
}

#[test]
fn the_catalogue_tells_sets_and_units_as_people_read_them() {
    let told = ok(&mut Explorer::default(), &json!({ "do": "catalogue" }));
    assert_eq!(told["sets"], json!(["paradox", "conservative"]));
    let dials = told["dials"].as_array().unwrap();
    let unit = |name: &str| &dials.iter().find(|dial| dial["dial"] == name).unwrap()["unit"];
    assert_eq!((unit("mk7_supplement"), unit("exercise")), (&json!("µg/day"), &json!("")));
    let raw = |dial: &&Value| dial["label"].as_str().unwrap().contains('_');
    assert!(!dials.iter().any(|dial| raw(&dial)), "{:?}", dials.iter().find(raw));
    let season = dials.iter().find(|dial| dial["dial"] == "sun_season").unwrap();
    assert_eq!(season["aliases"], json!(["season"]));
}

#[test]
fn a_food_is_told_by_its_name_and_not_by_the_inputs_that_follow_from_it() {
    let arms =
        json!([state("a", "usual", json!([])), state("b", "usual", json!([["natto", 50.0]]))]);
    let question = json!({ "do": "run", "arms": arms, "what": "natto 50 g/day" });
    let told = ok(&mut Explorer::default(), &question);
    let change = told["change"].as_str().unwrap();
    assert!(change.starts_with("natto 50 g/day: at 61, "), "{change}");
}
