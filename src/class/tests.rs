use crate::class::answers::{FORMAT, Student, VERSION, exercise_of};
use crate::class::exercise::{Compared, Idea};
use crate::class::played::{Model, Played, Prediction, play};
use crate::class::reading::{ReadExercise, is_exercise, read};
use crate::class::tally::{Counted, counts, document, rows};
use crate::class::{EXERCISES, shipped};
use crate::error::problem::Problem;

const SCENARIO: &str = "duration = \"2 years\"\n[person]\nage = 60\nsex = \"female\"\n\
    [[arm]]\nname = \"usual\"\n[[arm]]\nname = \"k2\"\ntake = [\"MK-7 360 ug daily\"]\n";

const EXERCISE: &str = r#"
title = "Small"
scenario = "small.toml"
situation = "It begins at {start(dp_ucmgp) in usual}: {fall}."
[[claim]]
name = "fall"
that = "end(dp_ucmgp) in k2 < end(dp_ucmgp) in usual"
[[step]]
name = "curve"
question = "How does it go?"
idea = "regulation"
draw = { readout = "dp_ucmgp", arm = "k2", given = ["usual"], limits = [0, 1000], compare = "course" }
explanation = "It ends at {end(dp_ucmgp) in k2}."
verdict = "removes_plaque"
[[step]]
name = "order"
question = "Which is higher?"
order = { by = "end(dp_ucmgp)", arms = ["k2", "usual"] }
explanation = "So."
[[step]]
name = "choice"
question = "And blood calcium?"
explanation = "So."
[[step.option]]
says = "the same"
that = "end(serum_calcium) in k2 within 1 % of end(serum_calcium) in usual"
[[step.option]]
says = "another"
that = "abs(end(serum_calcium) in k2 - end(serum_calcium) in usual) > 0.1 mmol/L"
"#;

fn read_text(text: &str) -> ReadExercise {
    read("folder/small_class.toml", text, &|path, _| match path {
        "small.toml" => Ok((path.to_owned(), SCENARIO.to_owned())),
        _ => Err("there is no such file".to_owned()),
    })
}

fn played(text: &str) -> Result<Played, String> {
    let read = read_text(text);
    let told = format!("{:?}", read.problems);
    play(read.exercise.ok_or(told)?, &read.texts, &|_| true)
}

#[test]
fn every_shipped_exercise_is_read_and_answered() {
    assert!(EXERCISES.len() >= 4);
    let mut ideas: Vec<Idea> = Vec::new();
    for file in &EXERCISES {
        let read = shipped(file.name).unwrap();
        assert!(read.problems.is_empty(), "{}: {:?}", file.name, read.problems);
        let played = play(read.exercise.unwrap(), &read.texts, &|_| true).unwrap();
        assert_eq!(played.exercise.id, file.name);
        let own = played.steps.iter().filter_map(|one| one.step.idea);
        let before = ideas.len();
        ideas.extend(own);
        assert!(ideas.len() > before, "{}: no idea that resists", file.name);
        let teacher = &played.exercise.teacher;
        let minutes: u64 = teacher.plan.iter().map(|(minutes, _)| minutes).sum();
        assert_eq!(Some(minutes), teacher.minutes, "{}: minutes of the plan", file.name);
    }
    for idea in [Idea::Regulation, Idea::Removal, Idea::Scale, Idea::Correlation] {
        assert!(ideas.contains(&idea), "{idea:?} has no step");
    }
    assert!(shipped("paradoxx").is_none());
}

#[test]
fn the_model_answers_with_the_numbers_of_its_run() {
    let played = played(EXERCISE).unwrap();
    let value = |name: &str, arm: &str| played.run.value(name, arm).unwrap();
    let [curve, order, choice] = played.steps.as_slice() else { panic!("three steps") };
    let Model::Curve(curve) = &curve.model else { panic!("a curve") };
    assert_eq!(curve.values.len(), 11);
    assert_eq!(curve.values[0], value("start(dp_ucmgp)", "k2"));
    assert_eq!(curve.values[10], value("end(dp_ucmgp)", "k2"));
    assert_eq!(curve.values[5], value("at(dp_ucmgp, 1 year)", "k2"));
    let Model::Order(order) = &order.model else { panic!("an order") };
    let ranks: Vec<_> = order.iter().map(|arm| (arm.name.as_str(), arm.rank)).collect();
    assert_eq!(ranks, [("k2", 1), ("usual", 0)]);
    assert!(matches!(choice.model, Model::Choice(_, 0)));
    let end = format!("It ends at {:.0}\u{a0}pmol/L.", value("end(dp_ucmgp)", "k2"));
    assert_eq!(played.steps[0].explanation, end);
    let [k2, usual] = ["k2", "usual"].map(|arm| value("end(dp_ucmgp)", arm));
    let both = format!("{k2:.0} against {usual:.0}");
    assert!(played.situation.contains(&both), "{}", played.situation);
    assert_eq!(curve.draw.compared, Compared::Course);
}

#[test]
fn mistakes_are_told_with_place_and_remedy() {
    let cases = [
        ("[[step]]", "[[stepp]]", "unknown key \"stepp\""),
        ("question = \"How does it go?\"", "question = \" \"", "there is no question here"),
        ("question = \"How does it go?\"\n", "", "there is no question here"),
        ("arm = \"k2\", given", "arm = \"k3\", given", "unknown arm \"k3\""),
        ("readout = \"dp_ucmgp\"", "readout = \"dp_ucmpg\"", "unknown read-out \"dp_ucmpg\""),
        ("[0, 1000]", "[1000, 0]", "limits are two numbers"),
        ("compare = \"course\"", "compare = \"coarse\"", "coarse"),
        ("removes_plaque", "remove_plaque", "no shipped statement is called \"remove_plaque\""),
        ("small.toml", "none.toml", "cannot read \"none.toml\""),
        ("small.toml", "calcium_paradoxx", "no shipped lesson is called \"calcium_paradoxx\""),
        ("{end(dp_ucmgp) in k2}", "{fell}", "no claim is named \"fell\""),
        ("by = \"end(dp_ucmgp)\"", "by = \"ned(dp_ucmgp)\"", "ned"),
        ("[\"k2\", \"usual\"]", "[\"k2\", \"k2\"]", "two arms or more, each once"),
        ("name = \"order\"", "name = \"curve\"", "two steps are named \"curve\""),
        ("name = \"order\"", "name = \"../x\"", "the name holds other signs"),
        ("order = {", "draw = { readout = \"cac\", arm = \"k2\" }\norder = {", "one prediction"),
        ("order = { by = \"end(dp_ucmgp)\", arms = [\"k2\", \"usual\"] }", "", "one prediction"),
        ("idea = \"regulation\"", "idea = \"regulated\"", "regulated"),
        ("scenario = \"small.toml\"", "", "names no scenario"),
    ];
    for (from, to, message) in cases {
        assert!(EXERCISE.contains(from), "{from}");
        let read = read_text(&EXERCISE.replacen(from, to, 1));
        assert!(read.exercise.is_none(), "{to}");
        let found = read.problems.iter().find(|one| one.message.contains(message));
        let found = found.unwrap_or_else(|| panic!("{to}: {:?}", read.problems));
        assert!(!found.help.is_empty() && found.span.is_some(), "{found:?}");
    }
    let silent = "scenario = \"small.toml\"\n";
    let read = read_text(silent);
    assert!(read.problems[0].message.contains("asks nothing"), "{:?}", read.problems);
    assert!(is_exercise(EXERCISE) && !is_exercise(SCENARIO));
    let lesson = read_text(SCENARIO);
    let named = |one: &Problem| one.message.contains("this is a scenario");
    assert!(lesson.problems.iter().any(named), "{:?}", lesson.problems);
}

#[test]
fn options_of_which_not_one_alone_holds_are_refused() {
    let none = EXERCISE.replace("within 1 %", "within 0 %").replace("> 0.1 mmol/L", "> 9 mmol/L");
    let refused = played(&none).map(|_| ()).unwrap_err();
    let line = EXERCISE.lines().position(|line| line == "name = \"choice\"").unwrap();
    let wanted = format!("line {line}: step \"choice\": by the model none of its options holds");
    assert!(refused.contains(&wanted), "{refused}");
    let both = EXERCISE.replace("> 0.1 mmol/L", ">= 0 mmol/L");
    let refused = played(&both).map(|_| ()).unwrap_err();
    let wanted = "more than one of its options holds: “the same” and “another”";
    assert!(refused.contains(wanted), "{refused}");
    let narrow = EXERCISE.replace("[0, 1000]", "[0, 1]");
    let refused = played(&narrow).map(|_| ()).unwrap_err();
    assert!(refused.contains("step \"curve\": the model's curve leaves the limits"), "{refused}");
}

/// A file of answers to the small exercise.
fn saved(played: &Played, name: &str, answers: &str) -> String {
    format!(
        "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"exercise\":\"small_class\",\"digest\":\"{}\",\
         \"name\":\"{name}\",\"answers\":{answers}}}",
        played.digest
    )
}

fn curve(value: f64) -> String {
    format!("{{\"curve\":[{}]}}", vec![value.to_string(); 11].join(","))
}

#[test]
fn answers_of_students_are_read_and_counted() {
    let played = played(EXERCISE).unwrap();
    let Model::Curve(model) = &played.steps[0].model else { panic!("a curve") };
    let near: Vec<String> = model.values.iter().map(|value| (value + 90.0).to_string()).collect();
    let near = format!("{{\"curve\":[{}]}}", near.join(","));
    let whole = |name: &str, curve: &str, order: [&str; 2], choice: usize| {
        let answers = format!(
            "{{\"curve\":{curve},\"order\":{{\"order\":{order:?}}},\"choice\":{{\"choice\":{choice}}}}}"
        );
        saved(&played, name, &answers)
    };
    let texts = [
        whole("Ada", &near, ["usual", "k2"], 0),
        whole("=1+1", &curve(1000.0), ["k2", "usual"], 1),
        saved(&played, "", "{\"choice\":{\"choice\":1}}"),
    ];
    let students: Vec<Student> = texts
        .iter()
        .map(|text| {
            assert_eq!(exercise_of(text), Ok(Some("small_class".to_owned())));
            Student::read("a.json", text, &played).unwrap()
        })
        .collect();
    assert_eq!(students[2].predictions, [None, None, Some(Prediction::Choice(1))]);
    let counts = counts(&played, &students);
    let told: Vec<(usize, usize, bool)> =
        counts.iter().map(|one| (one.all, one.right, one.resists())).collect();
    assert_eq!(told, [(2, 1, false), (2, 1, false), (3, 1, true)]);
    assert!(matches!(&counts[2].kind, Counted::Choices(all) if all == &[1, 2]));
    let rows = rows(&played, &students);
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[3][0], "'=1+1", "no spreadsheet obeys a name");
    let overview = document(&played, &students);
    assert_eq!(overview["steps"][1]["orders"][0]["order"][0], "usual");
    assert_eq!(exercise_of(&overview.to_string()), Ok(None), "an overview is no file of answers");
}

#[test]
fn answers_that_cannot_be_are_refused_with_a_remedy() {
    let played = played(EXERCISE).unwrap();
    let long = "x".repeat(61);
    let cases = [
        ("{\"curve\":{\"curve\":[1]}}", "has 1 point instead of 11"),
        ("{\"curve\":{\"curve\":[]}}", "has 0 points instead of 11"),
        ("{\"curve\":{\"curve\":[null,1,1,1,1,1,1,1,1,1,1]}}", "no number"),
        (&*format!("{{\"curve\":{}}}", curve(1001.0)), "leaves the axis, 0 to 1000"),
        ("{\"curve\":{\"choice\":1}}", "of another kind"),
        ("{\"order\":{\"order\":[\"k2\",\"k2\"]}}", "each of k2, usual once"),
        ("{\"order\":{\"order\":[\"k2\"]}}", "each of k2, usual once"),
        ("{\"choice\":{\"choice\":2}}", "there are 2 options"),
        ("{\"choise\":{\"choice\":1}}", "did you mean \"choice\""),
        ("{}", "no step is answered"),
    ];
    for (answers, message) in cases {
        let text = saved(&played, "Ada", answers);
        let refused = Student::read("a.json", &text, &played).unwrap_err();
        assert!(refused.contains(message), "{answers}: {refused}");
        assert!(refused.contains("page"), "no remedy: {refused}");
    }
    let named = saved(&played, &long, "{\"choice\":{\"choice\":1}}");
    assert!(Student::read("a.json", &named, &played).unwrap_err().contains("longer than 60"));
    let other = saved(&played, "Ada", "{}").replace(&played.digest, "000000000000");
    assert!(Student::read("a.json", &other, &played).unwrap_err().contains("has changed"));
    let format = format!("\"format\":\"{FORMAT}\"");
    let of = |value: &str| saved(&played, "Ada", &format!("{{\"x\":{{\"curve\":[{value}]}}}}"));
    let texts = [
        (String::new(), "no answers can be read"),
        (of("NaN"), "no answers can be read"),
        (of("1e999"), "no answers can be read"),
        ("[".repeat(10_000), "no answers can be read"),
        ("{}".to_owned(), "does not say format"),
        (format!("{{{format},\"version\":2}}"), "version 2, this program reads 1"),
        (format!("{{{format}}}"), "no version"),
        (format!("{{{format},\"version\":1}}"), "names no exercise"),
    ];
    for (text, message) in texts {
        let refused = exercise_of(&text).unwrap_err();
        assert!(refused.contains(message), "{text:.60}: {refused}");
    }
}
