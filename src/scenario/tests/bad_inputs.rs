//! What a person gets to read for a bad file: the whole text.

use super::*;
use crate::error::render::render;

/// The rendered problems of a text.
fn shown(text: &str) -> String {
    let loaded = load_text(text);
    assert!(
        loaded.scenario.is_none()
            || !loaded
                .problems
                .iter()
                .any(|p| p.severity == crate::error::problem::Severity::Error)
    );
    render(&loaded.problems, &loaded.texts, false)
}

/// One line after a sound beginning.
fn after_duration(line: &str) -> String {
    format!("duration = \"2 years\"\n{line}\n")
}

fn all() -> String {
    let cases: &[(&str, String)] = &[
        ("empty file", String::new()),
        ("only a comment", "# later\n".into()),
        ("binary noise", "\u{0}\u{1}\u{fffd}PNG\r\n\u{1a}".into()),
        ("truncated", "duration = \"2 years\"\n[[arm]]\nname = \"usu".into()),
        ("unknown key", after_duration("quesion = \"why?\"")),
        ("key of another section", after_duration("menopause_age = 50")),
        ("key with its unit", after_duration("[habitual]\ncalcium_diet_mg_per_day = 800")),
        ("wrong type", after_duration("title = 3\nperson = 4\n[habitual]\nfoods = \"natto\"")),
        ("missing unit", after_duration("[habitual]\ncalcium_diet = 800")),
        ("missing unit in text", after_duration("[habitual]\ncalcium_diet = \"800\"")),
        ("missing time", after_duration("[habitual]\ncalcium_diet = \"800 mg\"")),
        ("wrong dimension", after_duration("[habitual]\ncalcium_diet = \"800 m/s\"")),
        ("unknown unit", after_duration("[habitual]\nvitamin_d_diet = \"800 ui/day\"")),
        ("negative", after_duration("[habitual]\ncalcium_diet = \"-5 mg/day\"")),
        (
            "NaN and infinity",
            after_duration(
                "[habitual]\nexercise = nan\nunloading = inf\nmk4_food = \"nan ug/day\"",
            ),
        ),
        (
            "1e999",
            after_duration("[habitual]\ncalcium_diet = \"1e999 mg/day\"\n[person]\nage = 1e999"),
        ),
        ("age 5", after_duration("[person]\nage = 5")),
        ("age 200", after_duration("[person]\nage = 200")),
        ("implausible", after_duration("[habitual]\ncalcium_diet = \"4 g/day\"")),
        ("impossible", after_duration("[habitual]\ncalcium_diet = \"6 g/day\"")),
        ("no length", "duration = \"0 days\"\n".into()),
        ("10,000 years", "duration = \"10000 years\"\n".into()),
        ("too old at the end", "duration = \"60 years\"\n[person]\nage = 60\n".into()),
        ("too many rows", "duration = \"20 years\"\noutput_every = \"1 second\"\n".into()),
        ("no duration", "title = \"x\"\n".into()),
        ("meals for long", after_duration("resolution = \"meals\"\noutput_every = \"1 day\"")),
        ("unknown word", after_duration("resolution = \"meal\"\n[person]\nsex = \"woman\"")),
        ("unknown food", after_duration("[habitual.foods]\ngauda = \"30 g/day\"\nnatto = 40")),
        (
            "doubled arms",
            after_duration("[[arm]]\nname = \"a\"\n[[arm]]\nname = \"A\"\n[[arm]]\nlabel = \"x\""),
        ),
        ("unsafe arm names", after_duration("[[arm]]\nname = \"../up\"\n[[arm]]\nname = \"\"")),
        (
            "like a stranger",
            after_duration("[[arm]]\nname = \"usual\"\n[[arm]]\nname = \"b\"\nlike = \"usal\""),
        ),
        (
            "like in a ring",
            after_duration(
                "[[arm]]\nname = \"a\"\nlike = \"b\"\n[[arm]]\nname = \"b\"\nlike = \"a\"",
            ),
        ),
        (
            "phases outside",
            after_duration("[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"3 years\""),
        ),
        (
            "phases unsorted",
            after_duration(
                "[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"1 year\"\n[[arm.phase]]\nfrom = \"1 day\"",
            ),
        ),
        (
            "phases overlap",
            after_duration(
                "[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"1 day\"\nto = \"9 days\"\n[[arm.phase]]\nfrom = \"8 days\"",
            ),
        ),
        (
            "bad regimens",
            after_duration(
                "[[arm]]\nname = \"a\"\ntake = [\"MK-7 180 ug dayly\", \"K2 5 ug daily\", \"calcium 500 mg\", 7]\nstop = [\"mk9\"]",
            ),
        ),
        (
            "a salt's mass",
            after_duration("[[arm]]\nname = \"a\"\ntake = \"calcium carbonate 1250 mg daily\""),
        ),
        (
            "parameters",
            after_duration(
                "[parameters]\npth_steepnes = 3\npth_steepness = -1e9\nregression_switch = nan",
            ),
        ),
        (
            "claims",
            after_duration(
                "[[claim]]\nthat = \"end(cca) < 3\"\n[[claim]]\nsays = \"x\"\n[[claim]]\nthat = 'serum_calcium < 2.6'",
            ),
        ),
        (
            "figures",
            after_duration("[figures]\ndraw = [\"paradx\"]\ntimeline = [\"cac\", \"cca\"]"),
        ),
        (
            "meal shares",
            after_duration("[meals]\n\"07:30\" = 0.5\n\"12:30\" = \"40 %\"\n\"25:00\" = 0.1"),
        ),
        ("given twice", after_duration("[person]\nage = 50\nstart_age = 51")),
    ];
    cases.iter().map(|(name, text)| format!("## {name}\n\n{}\n", shown(text))).collect()
}

#[test]
fn every_bad_input_is_explained() {
    insta::assert_snapshot!(all());
}

#[test]
fn deep_nesting_is_refused() {
    for deep in [
        "[".repeat(50_000),
        format!("a = {}", "[".repeat(50_000)),
        format!("a = {}", "{b = ".repeat(50_000)),
    ] {
        assert!(load_text(&deep).scenario.is_none());
    }
}
