use super::*;
use crate::form::schema::json_schema;
use crate::sweep::file::sensitivity::load_sensitivity;
use crate::sweep::results_table::CellValue;

const SCENARIO: &str = "duration = \"40 days\"\n[person]\nage = 40\n[[arm]]\nname = \"a\"\n\
                        [[arm]]\nname = \"b\"\ntake = [\"MK-7 90 ug daily\"]\n";

fn sweep(text: &str) -> Sweep {
    let read = |_: &str, _: &str| Ok(("s.toml".to_owned(), SCENARIO.to_owned()));
    let text = format!("scenario = \"s.toml\"\n{text}");
    let loaded = load("x/dose.toml", &text, Options::default(), &read);
    loaded.content.unwrap_or_else(|| panic!("{:#?}", loaded.problems))
}

fn number(cell: &CellValue) -> f64 {
    cell.number().unwrap_or_else(|| panic!("{cell:?}"))
}

/// A sweep whose base arms had problems once ran without their life histories, in silence.
#[test]
fn base_arms_with_problems_are_told() {
    let mut sweep = sweep("[vary]\nage = [40, 50]\n[outcomes]\ncac = \"end(cac) in a\"\n");
    sweep.base.set.push(("age".to_owned(), "-5".to_owned()));
    assert!(sweep.integrate_pasts().unwrap_err().contains("age"));
}

fn rows(sweep: &Sweep) -> Vec<Vec<CellValue>> {
    let rows = sweep.rows(0..sweep.plan.runs(), &|| true).unwrap();
    assert!(rows.iter().all(|row| row.failure.is_none()), "{rows:#?}");
    rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn a_file_becomes_a_plan() {
    let sweep = sweep(
        "seed = 3\n[set]\nduration = \"30 days\"\n[vary]\na.mk7_supplement = \"0 … 60 ug/day step 30\"\n\
         sex = [\"female\", \"male\"]\negfr = \"uniform 60 … 90 mL/min\"\n\
         [sample]\nruns = 4\n[outcomes]\ndp = \"dp_ucmgp in a\"\n",
    );
    assert_eq!((sweep.name.as_str(), sweep.plan.runs()), ("dose", 24));
    let keys: Vec<&str> = sweep.plan.dials().map(|scoped| &*scoped.key).collect();
    assert_eq!(keys, ["a.mk7_supplement", "sex", "egfr"]);
    let arms = sweep.arms(&sweep.overrides(&sweep.plan.values(5))).unwrap();
    let mk7 = |arm: usize| arms[arm].phases[0].inputs.mk7_supplement_ug_per_day;
    assert_eq!((mk7(0), mk7(1)), (60.0, 90.0), "only arm a is varied");
    assert_eq!(arms[0].duration_days, 30.0);
}

#[test]
fn yes_and_no_are_points_of_a_switch() {
    for list in ["[\"yes\", \"no\"]", "[true, false]", "[1, 0]"] {
        let sweep =
            sweep(&format!("[vary]\nhormone_therapy = {list}\n[outcomes]\ndp = \"cac in a\"\n"));
        let inputs = [0, 1].map(|run| {
            let arms = sweep.arms(&sweep.overrides(&sweep.plan.values(run))).unwrap();
            arms[0].phases[0].inputs.hormone_therapy
        });
        assert_eq!(inputs, [1.0, 0.0], "{list}");
    }
}

#[test]
fn people_are_the_same_in_every_arm_and_eat_for_life() {
    let sweep = sweep(
        "seed = 3\n[population]\npeople = 6\nage = \"normal 50 ± 5\"\ncalcium_diet = \"uniform 400 … 1500 mg/day\"\n\
         parameter_spread = \"10 %\"\n[outcomes]\ngain = \"end(dp_ucmgp) in b - end(dp_ucmgp) in a\"\n",
    );
    for run in 0..6 {
        let arms = sweep.arms(&sweep.overrides(&sweep.plan.values(run))).unwrap();
        assert_eq!(arms[0].person, arms[1].person);
        assert_eq!(arms[0].parameters, arms[1].parameters);
        assert_eq!(arms[0].habitual, arms[1].habitual);
        let diet = arms[0].habitual.calcium_diet_mg_per_day;
        assert_eq!(arms[0].phases[0].inputs.calcium_diet_mg_per_day, diet);
        assert!(arms[0].parameter_changes.len() > 50);
    }
    let rows = rows(&sweep);
    assert_eq!(rows[0].len(), crate::sweep::evaluation::columns(&sweep).len());
    assert!(rows.iter().all(|row| number(&row[3]) < 0.0), "K2 activates MGP in everybody");
    let ages: Vec<f64> = rows.iter().map(|row| number(&row[1])).collect();
    assert!(ages.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn a_row_does_not_depend_on_its_neighbors() {
    let sweep = sweep(
        "seed = 1\n[vary]\nage = \"40 … 50, 3 points\"\nmk7_supplement = \"0 … 90 ug/day, 4 points\"\n\
         [outcomes]\ndp = \"max(dp_ucmgp, 10 to 20 days) in a\"\n",
    );
    let together = rows(&sweep);
    for run in [11, 0, 7] {
        let alone = sweep.rows(run..run + 1, &|| true).unwrap();
        assert_eq!(alone[0].cells, together[run as usize]);
    }
}

#[test]
fn the_lowest_dose_is_enclosed_or_plainly_not_reachable() {
    let find = |limit: &str| {
        sweep(&format!(
            "arms = [\"a\"]\nfind = \"lowest mk7_supplement\"\nsuch_that = \"dp_ucmgp <= {limit} pmol/L\"\n\
             within = \"0 … 700 ug/day\"\ntolerance = \"0.01 ug/day\"\n[set]\nduration = \"1 year\"\n\
             [vary]\nage = [40]\n[outcomes]\ndp = \"dp_ucmgp\"\n"
        ))
    };
    let row = rows(&find("300")).remove(0);
    assert_eq!(row[5], CellValue::Word("found".into()));
    let [answer, low, high] = [2, 3, 4].map(|at| number(&row[at]));
    assert!(low < answer && answer == high && high - low <= 0.01, "{low} {answer} {high}");
    let dose = |dose: f64| {
        let sweep = sweep(&format!(
            "arms = [\"a\"]\n[set]\nduration = \"1 year\"\nage = 40\n[vary]\n\
             mk7_supplement = [\"{dose} ug/day\"]\n[outcomes]\ndp = \"dp_ucmgp\"\n"
        ));
        number(&rows(&sweep)[0][2])
    };
    assert!(dose(low) > 300.0 && dose(high) <= 300.0);
    assert_eq!(number(&row[6]), dose(answer));
    assert_eq!(rows(&find("5000"))[0][5], CellValue::Word("already holds".into()));
    let row = rows(&find("1")).remove(0);
    assert_eq!((&row[2], &row[5]), (&CellValue::Missing, &CellValue::Word("not reachable".into())));
}

#[test]
fn every_key_of_a_sweep_file_is_in_the_schema_with_its_meaning() {
    let schema = json_schema(&SWEEP);
    for key in SWEEP.root.keys() {
        let found = &schema["properties"][key.name];
        assert!(found["description"].as_str().unwrap().starts_with(&*key.meaning), "{}", key.name);
    }
    let vary = &schema["properties"]["vary"]["properties"];
    for name in ["mk7_supplement", "age", "pth_steepness", "natto", "duration", "parameters"] {
        assert!(vary[name].is_object(), "{name}");
    }
    assert!(vary["title"].is_null(), "a title cannot vary");
    let people = &schema["properties"]["population"]["properties"];
    assert!(people["people"].is_object() && vary["people"].is_null());
}

const OWN: &str = "[habitual]\nwarfarin = { dose = \"5 mg/day\", since = \"2 years\" }\n\
                   [hypotheses.mine]\nosteocalcin_accretion_gain = 0.1\n";

fn loaded_with_own(text: &str) -> (Option<Sweep>, Vec<String>) {
    let scenario =
        SCENARIO.replace("[[arm]]\nname = \"a\"", &format!("{OWN}[[arm]]\nname = \"a\""));
    let read = |_: &str, _: &str| Ok(("s.toml".to_owned(), scenario.clone()));
    let text = format!("scenario = \"s.toml\"\n{text}[outcomes]\ncac = \"end(cac) in a\"\n");
    let loaded = load("x/dose.toml", &text, Options::default(), &read);
    let told = loaded.problems.iter().map(|problem| problem.message.clone()).collect();
    (loaded.content, told)
}

/// A file's own hypothesis sets vary beside the shipped ones; a varied habit keeps its beginning.
#[test]
fn own_sets_and_habits_of_later_life_vary() {
    let arms = |text: &str, run: u64| {
        let sweep = loaded_with_own(text).0.unwrap();
        sweep.arms(&sweep.overrides(&sweep.plan.values(run))).unwrap().remove(0)
    };
    let sets = "[vary]\nhypothesis = [\"paradox\", \"mine\"]\n";
    let named = [0, 1].map(|run| arms(sets, run).hypothesis.name().to_owned());
    assert_eq!(named, ["paradox", "mine"]);
    let all = "hypothesis = \"mine\"\n[vary]\nage = [40, 50]\n";
    assert_eq!(arms(all, 1).parameters.osteocalcin_accretion_gain, 0.1);
    let doses = "[vary]\nhabitual.warfarin = [\"1 mg/day\", \"3 mg/day\"]\n";
    let arm = arms(doses, 1);
    let warfarin = (arm.habitual.warfarin_mg_per_day, arm.habit_since("warfarin_mg_per_day"));
    assert_eq!(warfarin, (3.0, Some(730.5)));
    for text in [
        "hypothesis = \"mouse\"\n[vary]\nage = [40, 50]\n",
        "[vary]\nhypothesis = [\"mine\", \"mouse\"]\n",
    ] {
        let told = loaded_with_own(text).1.concat();
        assert!(told.contains("unknown hypothesis set \"mouse\""), "{told}");
    }
}

/// Courses are what outcomes read at the same times, and keeping them changes no outcome.
#[test]
fn kept_courses_have_the_values_that_outcomes_read_and_change_none() {
    let text = "[vary]\nmk7_supplement = [\"0 ug/day\", \"180 ug/day\"]\n[outcomes]\n\
                late = \"at(dp_ucmgp, 30 days) in b\"\nmost = \"max(serum_calcium) in a\"\n";
    let plain = sweep(text);
    let keeping =
        sweep(&format!("keep = [\"dp_ucmgp every 15 days in b\", \"cac every 20 days\"]\n{text}"));
    assert_eq!(rows(&keeping), rows(&plain));
    let run = keeping.rows(1..2, &|| true).unwrap().remove(0);
    let head = |row: &Vec<CellValue>| (row[1].text(), row[2].text());
    let heads: Vec<(String, String)> = run.courses.iter().map(head).collect();
    let expected = [
        ("a", "0"),
        ("a", "20"),
        ("a", "40"),
        ("b", "0"),
        ("b", "15"),
        ("b", "20"),
        ("b", "30"),
        ("b", "40"),
    ];
    assert_eq!(heads, expected.map(|(arm, day)| (arm.to_owned(), day.to_owned())));
    assert_eq!(run.courses[6][0], CellValue::Whole(1));
    assert_eq!(run.courses[6][3], run.cells[2], "day 30 in b");
    assert_eq!(run.courses[6][4], CellValue::Missing, "cac is kept every 20 days");
    assert_eq!(run.courses[0][3], CellValue::Missing, "dp_ucmgp is not kept in a");
}

#[test]
fn runs_with_long_courses_stand_in_small_chunks() {
    let chunk = |keep: &str| {
        let text = format!(
            "keep = [\"cac every {keep}\"]\nseed = 1\n[vary]\nage = \"uniform 40 … 60\"\n[sample]\n\
             runs = 100000\n[outcomes]\ndp = \"dp_ucmgp in a\"\n"
        );
        sweep(&text).plan.runs_per_chunk
    };
    assert_eq!((chunk("40 days"), chunk("0.1 days")), (2048, 124)); // 3 and 402 rows in each of two arms
}

/// Each place that names parameters tells what became of those of an earlier model, and of words
/// that name none: `spread_parameters` once left out an unknown name in silence.
#[test]
fn parameters_of_an_earlier_model_are_told_wherever_they_are_named() {
    let read = |_: &str, _: &str| Ok(("s.toml".to_owned(), SCENARIO.to_owned()));
    let told = |text: &str| {
        let text =
            format!("scenario = \"s.toml\"\nseed = 1\n[outcomes]\na = \"end(cac) in a\"\n{text}");
        let problems = match text.contains("[sensitivity]") {
            true => {
                load_sensitivity(None, "x.toml", &text, Options::default(), None, &read).problems
            }
            false => load("x.toml", &text, Options::default(), &read).problems,
        };
        let first = problems.first().unwrap();
        format!("{} = {}", first.message, first.help)
    };
    let gone = "aortic_growth_per_year is gone since model 3.1 = write aortic_growth_mg_per_year, \
                the growth at 200 mg; its numbers are the old ones times 40.8057";
    assert_eq!(told("[vary]\naortic_growth_per_year = \"0.1 … 0.2 step 0.1\""), gone);
    assert_eq!(told("[vary]\na.parameters.aortic_growth_per_year = [0.1, 0.2]"), gone);
    let people = "[population]\npeople = 5\nparameter_spread = \"10 %\"\nspread_parameters = ";
    assert_eq!(told(&format!("{people}[\"bone_exchange\", \"aortic_growth_per_year\"]")), gone);
    let unknown = told(&format!("{people}[\"bone_exchange\", \"pth_stepness\"]"));
    assert!(unknown.starts_with("unknown parameter \"pth_stepness\" = did you mean"), "{unknown}");
    let analysis = "[sensitivity]\nmethods = [\"local\"]\nparameters = ";
    assert_eq!(told(&format!("{analysis}[\"aortic_growth_per_year\"]")), gone);
    let except = told(&format!("{analysis}\"all\"\nexcept = [\"aortic_growth_per_year\"]"));
    assert!(except.ends_with("It is aortic_growth_mg_per_year now. Take it out of `except`."));
}
