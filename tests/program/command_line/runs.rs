//! Runs: what is answered, written and refused.

use super::{FALSE_CLAIM, LESSON, folder_with, names, run};
use std::fs;

#[test]
fn a_run_answers_on_the_standard_output_and_writes_the_folder() {
    let folder = folder_with("two.toml", LESSON);
    let (code, out, err) = run(&folder, &["run", "two.toml"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("Two arms · woman 50 → 52 · hypothesis: paradox\n\n"), "{out}");
    assert!(out.contains("Claims   ✓ Blood calcium stays where it is ("), "{out}");
    assert!(out.contains("Balance  ✓ usual "), "{out}");
    assert!(out.contains("Figures  output/two/figures/"), "{out}");
    assert!(out.contains("\nRead on  output/two/report.html\n"), "{out}");
    assert!(out.ends_with("Educational model, population average, not medical advice.\n"));
    assert!(!out.contains('\u{1b}'), "color in a pipe: {out}");
    let written = names(&folder.path().join("output/two"));
    assert_eq!(
        written,
        [
            "README.txt",
            "balance.csv",
            "claims.csv",
            "figures",
            "k2",
            "manifest.toml",
            "report.html",
            "summary.csv",
            "timing.toml",
            "usual"
        ]
    );
    assert_eq!(names(&folder.path().join("output/two/k2")), ["flows.csv", "trajectory.csv"]);
    assert_eq!(names(&folder.path().join("output")), ["two"]);
}

/// Question first, answer last, with numbers of both hypothesis sets; the same in README.txt.
#[test]
fn a_lesson_begins_with_its_question_and_ends_with_its_answer() {
    let keys = "question = \"Does K2 keep blood calcium where it is?\"\n\
                lesson = \"\"\"\nFirst part.\n\nSecond\npart.\n\"\"\"\n\
                answer = \"MK-7 is at {mk7}; calcium at {serum_calcium in k2}.\"\n\
                compare = [\"usual\", \"k2\"]\nduration";
    let claims = r#"
[[claim]]
name = "mk7"
says = "MK-7 in plasma rises"
that = "mk7_plasma in k2 > mk7_plasma in usual by 10 %"
[[claim]]
says = "Calcium differs"
that = "serum_calcium in k2 > serum_calcium in usual by 1 %"
[[claim]]
says = "Bone is denser"
that = "lumbar_spine_bmd in k2 > lumbar_spine_bmd in usual by 0.3 %"
"#;
    let text = LESSON.replace("duration", keys) + claims;
    let folder = folder_with("two.toml", &text);
    let (code, out, err) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let out = out.replace('\u{A0}', " ");
    let head = "Does K2 keep blood calcium where it is?\n  Two arms · woman 50 → 52 · hypothesis: \
                paradox\n\nFirst part.\n\nSecond part.\n\n";
    assert!(out.starts_with(head), "{out}");
    assert!(out.contains("         ≈ Calcium differs (no difference: 2."), "{out}");
    let (_, answer) = out.split_once("\nAnswer   MK-7 is at ").unwrap();
    let answer: Vec<_> = answer.lines().collect();
    assert!(answer[0].contains(" nM; calcium at 2.") && answer[0].ends_with(" mmol/L."), "{out}");
    assert_eq!(answer[1], "         Under conservative: the same.");
    assert!(
        answer[2]
            .starts_with("         Not so under conservative: “Bone is denser” (no difference: "),
        "{out}"
    );
    assert!(answer[3].starts_with("         ") && answer[3].ends_with("apart)"), "wrapped: {out}");
    assert!(answer[4].starts_with("Tables   output/two · "), "{out}");
    let readme = fs::read_to_string(folder.path().join("output/two/README.txt")).unwrap();
    let begins = "Two arms\nDoes K2 keep blood calcium where it is?\n\nFirst part.\n\nSecond part.\n\n\
                  Answer: MK-7 is at ";
    let readme = readme.replace('\u{A0}', " ");
    assert!(readme.starts_with(begins), "{readme}");
    assert!(readme.contains("with model 3.1.\n"), "{readme}");
    let manifest = fs::read_to_string(folder.path().join("output/two/manifest.toml")).unwrap();
    assert!(manifest.contains("\nmodel = \"3.1\"\n"), "{manifest}");
    assert!(readme.contains("\n\nUnder conservative: the same.\n\nNot so under "), "{readme}");

    let (_, out, _) = run(&folder, &["run", "two.toml", "--no-figures", "--arm", "k2"]);
    assert!(out.contains("\nAnswer   cannot be told: an arm was left out"), "{out}");
    assert!(!out.contains("Under conservative"), "{out}");
    let (code, out, _) = run(&folder, &["run", "two.toml", "--no-figures", "--json", "--strict"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let scenario = &document["scenarios"][0];
    assert_eq!(
        (code, scenario["claims"][2]["judgement"].as_str()),
        (Some(3), Some("no difference"))
    );
    assert_eq!(scenario["answer"], scenario["under_other_set"]["answer"]);
    assert_eq!(scenario["under_other_set"]["hypothesis"], "conservative");
    assert_eq!(scenario["under_other_set"]["claims"][3]["judgement"], "no difference");
}

#[test]
fn json_has_the_same_content() {
    let folder = folder_with("two.toml", LESSON);
    let (code, out, err) = run(&folder, &["run", "two.toml", "--json", "--no-figures"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let scenario = &document["scenarios"][0];
    assert_eq!(scenario["name"], "two");
    assert_eq!(scenario["arms"][1]["balance"]["holds"], true);
    assert_eq!(scenario["claims"][0]["holds"], true);
    let (code, out, _) = run(&folder, &["run", "two.toml", "absent.toml", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &document["exit_code"]), (Some(2), &2.into()));
    let (code, out, err) = run(&folder, &["run", "two.toml", "--json", "-o", "two.toml"]);
    let failed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &failed["exit_code"]), (Some(1), &1.into()));
    assert_eq!(format!("error: {}\n", failed["errors"][0].as_str().unwrap()), err);
    let message = document["problems"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("absent.toml: there is no such file"), "{message}");
}

#[test]
fn a_claim_that_fails_is_shown_and_counts_only_if_strict() {
    let folder = folder_with("two.toml", &format!("{LESSON}{FALSE_CLAIM}"));
    let (code, out, _) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("         ✗ There is no calcium in the blood ("), "{out}");
    let (code, ..) = run(&folder, &["run", "two.toml", "--no-figures", "--strict"]);
    assert_eq!(code, Some(3));
    assert!(folder.path().join("output/two/claims.csv").exists());
}

#[test]
fn a_wrong_command_line_is_refused_with_what_is_accepted() {
    let folder = folder_with("two.toml", LESSON);
    for tolerance in ["0", "NaN", "1", "1e-20", "-1", "much"] {
        let (code, out, err) = run(&folder, &["run", "two.toml", "--rtol", tolerance]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("a number from 1e-12 to 1e-2 is accepted"), "{err}");
    }
    let wrong: [&[&str]; 8] = [
        &[],
        &["run"],
        &["run", "two.toml", "-j", "0"],
        &["run", "two.toml", "--set", "age"],
        &["run", "two.toml", "--method", "euler"],
        &["run", "two.toml", "--hypothesis", "mouse"],
        &["fly"],
        &["list", "planets"],
    ];
    for arguments in wrong {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
    let (_, _, err) = run(&folder, &["rnu", "two.toml"]);
    assert!(err.contains("tip: a similar subcommand exists: 'run'"), "{err}");
    assert_eq!(names(folder.path()), ["two.toml"]);
}

#[test]
fn files_that_are_no_scenario_are_all_told_and_nothing_is_run() {
    let folder = folder_with("two.toml", LESSON);
    let path = folder.path();
    fs::create_dir_all(path.join("lessons/deeper")).unwrap();
    fs::write(path.join("lessons/two.toml"), LESSON).unwrap();
    fs::write(path.join("noise.toml"), b"title\xff\xfe\x00").unwrap();
    fs::write(path.join("empty.toml"), " \n").unwrap();
    fs::write(path.join("huge.toml"), vec![b'#'; 1_000_001]).unwrap();
    fs::write(path.join(".hidden.toml"), LESSON).unwrap();
    let files = [
        "absent.toml",
        "lessons",
        "noise.toml",
        "empty.toml",
        "huge.toml",
        ".hidden.toml",
        "two.toml",
        "lessons/two.toml",
        "..",
    ];
    let (code, out, err) = run(&folder, &[&["run"], &files[..]].concat());
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let err: Vec<_> = err.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        err.join("\n"),
        "error: absent.toml: there is no such file; `calcifate new NAME` writes a starter\n\
         error: lessons: this is a folder; name the scenario files in it, such as lessons/*.toml\n\
         error: noise.toml: not a text file: byte 5 is not UTF-8; save it as plain UTF-8 text\n\
         error: empty.toml: the file is empty; `calcifate new NAME` writes a starter\n\
         error: huge.toml: larger than 1000000 bytes; such a file is text of a few kilobytes\n\
         error: .hidden.toml: the file's name would name the output folder, but it starts with a \
         dot; rename the file\n\
         error: two.toml and lessons/two.toml would both write the output folder \"two\"; rename \
         one, or run them apart with different -o\n\
         error: ..: this is a folder; name the scenario files in it, such as ../*.toml\n\
         8 errors; nothing was run."
    );
    assert!(!path.join("output").exists());
}

#[test]
fn an_unknown_figure_is_bad_input() {
    let folder = folder_with("two.toml", &format!("{LESSON}[figures]\ndraw = [\"paradocks\"]\n"));
    let (code, out, err) = run(&folder, &["run", "two.toml"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("\"paradocks\"") && err.contains("did you mean \"paradox\"?"), "{err}");
}

/// `check` and `run` say for how long a habit acts before day 0, and what a set of the file is.
#[test]
fn habits_and_own_hypothesis_sets_are_told() {
    let text = "duration = \"10 days\"\nhypothesis = \"mine\"\n[person]\nsex = \"male\"\nage = 60\n\
        [hypotheses.mine]\nlike = \"conservative\"\nosteocalcin_accretion_gain = 0.1\n\
        [habitual]\nexercise = 0.3\nwarfarin = { dose = \"5 mg/day\", since = \"2 years\" }\n";
    let folder = folder_with("w.toml", text);
    let set = "Hypothesis mine: conservative, but osteocalcin_accretion_gain 0.1 instead of 0\n";
    let habits = "Before day 0: warfarin 5 mg/day for 2 years; exercise 0.3 for life (30 years, since the age of 30)";
    let on_one_line = |text: &str| text.replace('\n', " ");
    for arguments in [&["check", "w.toml"][..], &["run", "w.toml", "--no-figures"]] {
        let (code, out, _) = run(&folder, arguments);
        assert!(code == Some(0) && out.contains(set), "{out}");
        assert!(on_one_line(&out).contains(habits), "{out}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join("output/w").join(name)).unwrap();
    assert!(read("README.txt").contains(set) && on_one_line(&read("README.txt")).contains(habits));
    let manifest: toml::Table = read("manifest.toml").parse().unwrap();
    let arm = &manifest["arm"][0];
    assert_eq!(
        (arm["hypothesis"].as_str(), arm["hypothesis_like"].as_str()),
        (Some("mine"), Some("conservative"))
    );
    let (_, out, _) = run(&folder, &["check", "w.toml", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let arm = &document["scenarios"][0]["arms"][0];
    assert_eq!(
        (&arm["hypothesis"], &arm["before_day_0"][0]["days"]),
        (&"mine".into(), &730.5.into())
    );
    // The manifest repeats it, its own set included.
    let before = read("usual/trajectory.csv");
    let (code, ..) = run(&folder, &["run", "output/w/manifest.toml", "--no-figures"]);
    assert_eq!((code, read("usual/trajectory.csv")), (Some(0), before.clone()));
    // So it does after a program changed the ends of its lines.
    let manifest = folder.path().join("output/w/manifest.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace('\n', "\r\n")).unwrap();
    let (code, _, err) = run(&folder, &["run", "output/w/manifest.toml", "--no-figures"]);
    assert_eq!((code, read("usual/trajectory.csv")), (Some(0), before), "{err}");
    // A damaged one is a failure, as it is of a sweep.
    for damaged in [text.replace("exercise = 0.3", "exercise = 0.4"), text[..300].to_owned()] {
        fs::write(&manifest, damaged).unwrap();
        for command in ["run", "report"] {
            let (code, _, err) = run(&folder, &[command, "output/w/manifest.toml"]);
            assert_eq!(code, Some(1), "{command}: {err}");
            let told = "output/w/manifest.toml: this manifest is damaged, ";
            assert!(err.contains(told) && err.contains("run the scenario itself"), "{err}");
        }
    }
}
