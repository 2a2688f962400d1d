//! The library as another program meets it.

use calcifate::{
    ArmBuilder, Options, Problems, RunFailure, Scenario, ScenarioBuilder, Sensitivity, Sweep,
};

fn year() -> ScenarioBuilder {
    Scenario::builder("A year").duration("1 year")
}

fn refused(builder: &ScenarioBuilder) -> String {
    builder.build().map(|_| "nothing").unwrap_err().to_string()
}

#[test]
fn what_a_file_refuses_is_refused_in_code() {
    let dose = |arm: ArmBuilder| refused(&year().arm(arm));
    let usual = || ArmBuilder::new("usual");
    let negative = dose(usual().set("mk7_supplement", -180.0));
    assert!(negative.contains("mk7_supplement cannot be negative"), "{negative}");
    assert!(negative.contains("mk7_supplement = \"-180 ug/day\"\n"), "{negative}");
    let negative = dose(usual().take("MK-7 -180 ug daily"));
    assert!(negative.contains("error"), "{negative}");
    for distance in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
        let rows = refused(&year().output_every(distance));
        assert!(rows.contains("output_every ="), "{distance}: {rows}");
    }
    for duration in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        let length = refused(&Scenario::builder("x").duration(duration));
        assert!(length.contains("duration ="), "{duration}: {length}");
    }
    for number in [f64::NAN, f64::INFINITY, 1e300] {
        assert!(dose(usual().set("calcium_diet", number)).contains("calcium_diet ="));
        assert!(dose(usual().set("calcification_exponent", number)).contains("exponent ="));
        assert!(dose(usual().set("age", number)).contains("age ="));
        assert!(dose(usual().set("natto", number)).contains("natto ="));
    }
    let unknown = dose(usual().set("calcium_diett", 800.0));
    assert!(unknown.contains("did you mean \"calcium_diet\"?"), "{unknown}");
    for key in ["arm.usual", "title.x", "nothing.x", "age.x", "person", ""] {
        let strange = refused(&year().arm(usual()).set(key, 1.0));
        assert!(strange.contains("error: "), "{key}: {strange}");
    }
    let twice = year().arm(usual()).arm(usual());
    assert!(refused(&twice).contains("two arms are called"));
}

#[test]
fn an_arm_always_has_a_life_from_day_0() {
    let late = ArmBuilder::new("late").phase(3.0).set("calcium_supplement", 1000.0);
    let scenario = year().arm(ArmBuilder::new("usual")).arm(late).build().unwrap();
    let run = scenario.run().unwrap();
    assert_eq!(run.arm("late").unwrap().times_days()[0], 0.0);
    let difference = |day: u32| {
        run.value(&format!("at(pth, {day} days) in late - at(pth, {day} days) in usual"), "late")
    };
    assert!(difference(2).unwrap().abs() < 1e-6);
    assert!(difference(30).unwrap() < -0.1);
    let unordered = ArmBuilder::new("x").phase(30.0).stop("calcium").phase(3.0).stop("calcium");
    assert!(refused(&year().arm(unordered)).contains("not in order"));
    let beyond = ArmBuilder::new("x").phase("2 years").set("calcium_diet", 900.0);
    let warnings = year().arm(beyond).build().unwrap().warnings().to_string();
    assert!(warnings.contains("the run ends before this phase begins"), "{warnings}");
}

#[test]
fn a_number_is_in_the_unit_of_its_key_and_reads_back_as_the_same_bits() {
    let third = 1000.0 / 3.0;
    let number = year().set("habitual.calcium_diet", third).set("age", 50).build().unwrap();
    let text = number.text();
    assert!(text.contains(&format!("calcium_diet = \"{third} mg/day\"")), "{text}");
    let again = Scenario::parse(text).unwrap();
    let end =
        |scenario: &Scenario| scenario.run().unwrap().value("end(cac)", "usual").unwrap().to_bits();
    assert_eq!(end(&again), end(&number));
}

#[test]
fn what_was_reached_before_a_failure_stays_reachable() {
    // The past of a reference person takes fewer steps than ten years on pills.
    let pills =
        ArmBuilder::new("usual").set("mk7_supplement", 180.0).set("calcium_supplement", 500.0);
    let scenario = Scenario::builder("Ten years").duration("10 years").arm(pills).build().unwrap();
    let incomplete = scenario.run_with(&Options::default().with_step_limit(20), &|_| true);
    let incomplete = incomplete.unwrap_err();
    assert!(matches!(incomplete.failures().next(), Some(RunFailure::TooManySteps { .. })));
    assert!(!incomplete.run().is_complete());
    let undrawn = incomplete.run().figure("body").unwrap_err().to_string();
    assert!(undrawn.contains("usual"), "{undrawn}");
    assert!(incomplete.run().figure("no_such_figure").is_err());
    let last = *incomplete.run().arm("usual").unwrap().times_days().last().unwrap();
    assert!(last < 3652.5, "{last}");
    let watched = std::sync::Mutex::new(Vec::new());
    let watch = |share| {
        watched.lock().unwrap().push(share);
        true
    };
    scenario.run_with(&Options::default(), &watch).unwrap();
    let shares = watched.into_inner().unwrap();
    assert!(!shares.is_empty() && shares.iter().all(|share| (0.0..=1.0).contains(share)));
}

#[test]
fn bad_names_and_values_are_told_with_what_to_do() {
    let run = year().build().unwrap().run().unwrap();
    let told = |result: Result<f64, Problems>| result.unwrap_err().to_string();
    assert!(told(run.value("end(cax)", "usual")).contains("did you mean \"cac\"?"));
    assert!(told(run.value("end(cac)", "usuall")).contains("did you mean \"usual\"?"));
    assert!(told(run.value("at(cac, 5 years)", "usual")).contains("outside the run"));
    assert!(run.series("cax", "usual").is_err() && run.series("cac", "nobody").is_err());
    assert!(run.arm("nobody").is_none() && run.balance("nobody").is_none());
}

#[test]
fn files_are_read_with_what_they_extend() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "base.toml",
        "duration = \"1 year\"\n[[arm]]\nname = \"k2\"\ntake = \"MK-7 90 ug daily\"\n",
    );
    write("lesson.toml", "extends = \"base.toml\"\ntitle = \"Extended\"\n");
    write(
        "sweep.toml",
        "scenario = \"lesson.toml\"\n[vary]\nage = [40, 50]\n[outcomes]\nx = \"end(cac)\"\n",
    );
    let lesson = Scenario::from_path(folder.path().join("lesson.toml")).unwrap();
    assert_eq!((lesson.title(), lesson.arm_names().next()), ("Extended", Some("k2")));
    let named = Sweep::from_path(folder.path().join("sweep.toml")).unwrap().run().unwrap();
    let text = "[vary]\nage = [40, 50]\n[outcomes]\nx = \"end(cac)\"\n";
    let given = Sweep::parse(text, &lesson).unwrap().run().unwrap();
    assert_eq!(named.table().numbers("x"), given.table().numbers("x"));
    assert_eq!(given.table().len(), 2);
    let missing = Scenario::from_path(folder.path().join("none.toml")).unwrap_err();
    assert!(missing.to_string().contains("there is no such file"), "{missing}");
    let problems = Sweep::parse("[vary]\nagee = [40]\n", &lesson).unwrap_err();
    assert!(problems.to_string().contains("did you mean"), "{problems}");
}

#[test]
fn a_sweep_can_be_stopped_and_says_so() {
    let base = year().build().unwrap();
    let text = "[vary]\nage = \"40 … 70 step 0.1\"\n[outcomes]\nx = \"end(cac)\"\n";
    let sweep = Sweep::parse(text, &base).unwrap();
    let run = sweep.run_with(&|_| false).unwrap();
    assert!(!run.is_complete() && run.table().is_empty());
    let refused = run.figure("dose_response").unwrap_err();
    assert_eq!(refused.to_string(), "the sweep is not complete");
    assert_eq!(sweep.runs(), 301);
}

/// The figures of the program, without its folders.
#[test]
fn sweeps_and_analyses_draw_their_figures() {
    let base = year().build().unwrap();
    let text =
        "[vary]\nmk7_supplement = \"0 … 180 ug/day step 90\"\n[outcomes]\nx = \"end(cac)\"\n";
    let run = Sweep::parse(text, &base).unwrap().run().unwrap();
    for name in run.figure_names() {
        assert!(run.figure(name).unwrap().svg.ends_with("</svg>\n"), "{name}");
    }
    let unknown = run.figure("dose_respons").unwrap_err().to_string();
    assert!(unknown.contains("did you mean \"dose_response\"?"), "{unknown}");
    let text = "seed = 1\n[sensitivity]\nparameters = [\"mgp_half_nm\", \"dp_ucmgp_reference_pmol_per_l\"]\n\
                samples = 8\ngrade_samples = 8\nbootstrap = 50\n[outcomes]\nx = \"end(dp_ucmgp)\"\n";
    let analysis = Sensitivity::parse(text, &base).unwrap();
    let run = analysis.run().unwrap();
    for name in ["tornado", "sobol", "morris"] {
        let title = run.figure(name, "x").unwrap().title;
        assert!(title.starts_with('X'), "{name}: {title}");
    }
    assert!(run.figure("grades", None).is_ok());
    let unknown = run.figure("tornado", "y").unwrap_err().to_string();
    assert!(unknown.contains("\"tornado of y\"") && unknown.contains("sobol of x"), "{unknown}");
    let methods = run.indices().texts("method").unwrap();
    assert!(["local", "morris", "sobol"].iter().all(|method| methods.iter().any(|m| m == method)));
}

#[test]
fn errors_work_with_the_question_mark() {
    fn answer() -> Result<f64, Box<dyn std::error::Error + Send + Sync>> {
        let run = year().build()?.run()?;
        let _ = run.figure("timeline")?;
        Ok(run.value("change(cac)", "usual")?)
    }
    assert!(answer().is_ok());
}

#[test]
fn hostile_names_and_times_are_refused_in_code() {
    let arm = |name: &str| refused(&year().arm(ArmBuilder::new(name)));
    for name in ["", "../up", "a/b", "a b", "nul\0", "\u{202e}x", "x\ny", &"n".repeat(300)] {
        let told = arm(name);
        assert!(told.starts_with("error: "), "{name:?}: {told}");
        let raw = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!told.contains(raw), "{told:?}");
    }
    let phase = |from: f64| ArmBuilder::new("x").phase(from).stop("calcium");
    for from in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let told = refused(&year().arm(phase(from)));
        assert!(told.contains("from ="), "{from}: {told}");
    }
    let until = refused(&year().arm(phase(30.0).until(10.0)));
    assert!(until.contains("to ="), "{until}");
}
