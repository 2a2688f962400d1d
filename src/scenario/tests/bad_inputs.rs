//! Messages for bad files: the whole text.

use super::load_text;
use crate::error::render::render;
use crate::scenario::keys;

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

const SOUND: &str = "duration = \"2 years\"\n";

/// Name, beginning and rest of each bad file.
const CASES: &[(&str, &str, &str)] = &[
    ("empty file", "", ""),
    ("only a comment", "", "# later\n"),
    ("binary noise", "", "\u{0}\u{1}\u{fffd}PNG\r\n\u{1a}"),
    ("truncated before the length", "", "title = \"x\"\nlesson = \"\"\"\nIt begins"),
    (
        "as the sketch of the project shows it",
        SOUND,
        "[habitual]\nvitamin_d = \"800 ui/day\"\nfoods.gauda = \"30 g/day\"\ncalcium = \"5 g/day\"",
    ),
    ("truncated", "", "duration = \"2 years\"\n[[arm]]\nname = \"usu"),
    ("unknown key", SOUND, "quesion = \"why?\""),
    ("key of another section", SOUND, "menopause_age = 50"),
    ("key with its unit", SOUND, "[habitual]\ncalcium_diet_mg_per_day = 800"),
    ("wrong type", SOUND, "title = 3\nperson = 4\n[habitual]\nfoods = \"natto\""),
    ("missing unit", SOUND, "[habitual]\ncalcium_diet = 800"),
    ("missing unit in text", SOUND, "[habitual]\ncalcium_diet = \"800\""),
    ("missing time", SOUND, "[habitual]\ncalcium_diet = \"800 mg\""),
    ("wrong dimension", SOUND, "[habitual]\ncalcium_diet = \"800 m/s\""),
    ("unknown unit", SOUND, "[habitual]\nvitamin_d_diet = \"800 ui/day\""),
    ("negative", SOUND, "[habitual]\ncalcium_diet = \"-5 mg/day\""),
    (
        "NaN and infinity",
        SOUND,
        "[habitual]\nexercise = nan\nunloading = inf\nmk4_food = \"nan ug/day\"",
    ),
    ("1e999", SOUND, "[habitual]\ncalcium_diet = \"1e999 mg/day\"\n[person]\nage = 1e999"),
    ("age 5", SOUND, "[person]\nage = 5"),
    ("age 200", SOUND, "[person]\nage = 200"),
    ("implausible", SOUND, "[habitual]\ncalcium_diet = \"4 g/day\""),
    ("impossible", SOUND, "[habitual]\ncalcium_diet = \"6 g/day\""),
    ("no length", "", "duration = \"0 days\"\n"),
    ("hardly any length", "", "duration = \"31e-320 years\"\n"),
    ("10,000 years", "", "duration = \"10000 years\"\n"),
    ("too old at the end", "", "duration = \"60 years\"\n[person]\nage = 60\n"),
    ("too many rows", "", "duration = \"20 years\"\noutput_every = \"1 second\"\n"),
    ("no duration", "", "title = \"x\"\n"),
    ("meals for long", SOUND, "resolution = \"meals\"\noutput_every = \"1 day\""),
    ("unknown word", SOUND, "resolution = \"meal\"\n[person]\nsex = \"woman\""),
    ("unknown food", SOUND, "[habitual.foods]\ngauda = \"30 g/day\"\nnatto = 40"),
    ("doubled arms", SOUND, "[[arm]]\nname = \"a\"\n[[arm]]\nname = \"A\"\n[[arm]]\nlabel = \"x\""),
    ("unsafe arm names", SOUND, "[[arm]]\nname = \"../up\"\n[[arm]]\nname = \"\""),
    ("like a stranger", SOUND, "[[arm]]\nname = \"usual\"\n[[arm]]\nname = \"b\"\nlike = \"usal\""),
    (
        "like in a ring",
        SOUND,
        "[[arm]]\nname = \"a\"\nlike = \"b\"\n[[arm]]\nname = \"b\"\nlike = \"a\"",
    ),
    ("phases outside", SOUND, "[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"3 years\""),
    (
        "phases unsorted",
        SOUND,
        "[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"1 year\"\n[[arm.phase]]\nfrom = \"1 day\"",
    ),
    (
        "phases overlap",
        SOUND,
        "[[arm]]\nname = \"a\"\n[[arm.phase]]\nfrom = \"1 day\"\nto = \"9 days\"\n[[arm.phase]]\nfrom = \"8 days\"",
    ),
    (
        "bad regimens",
        SOUND,
        "[[arm]]\nname = \"a\"\ntake = [\"MK-7 180 ug dayly\", \"K2 5 ug daily\", \"calcium 500 mg\", 7]\nstop = [\"mk9\"]",
    ),
    (
        "days of the week",
        SOUND,
        "[[arm]]\nname = \"a\"\nfoods.natto = \"100 g on Mondays\"\ntake = \"MK-7 90 ug Monday and Friday\"",
    ),
    ("a salt's mass", SOUND, "[[arm]]\nname = \"a\"\ntake = \"calcium carbonate 1250 mg daily\""),
    (
        "parameters",
        SOUND,
        "[parameters]\npth_steepnes = 3\npth_steepness = -1e9\nregression_switch = nan",
    ),
    (
        "answer, headline and names of claims",
        SOUND,
        "answer = \"\"\"\nIt ends at {end(cac)},\nnot {end(cca)} or {sofer}.\n\"\"\"\nheadline = 'Up {'\n[[claim]]\nname = \"softer\"\nthat = 'cac < 3'\n[[claim]]\nname = \"softer\"\nthat = 'cac < 2 by 5 mg'\n[[claim]]\nname = \"cac\"\nthat = 'cac < 2'\n[[claim]]\nname = \"a b\"\nthat = 'cac < 2'",
    ),
    (
        "compare",
        SOUND,
        "compare = [\"usual\", \"k3\"]\n[[arm]]\nname = \"usual\"\n[[arm]]\nname = \"k2\"",
    ),
    ("compare one", SOUND, "compare = [\"usual\"]"),
    ("compare with itself", SOUND, "compare = [\"usual\", \"usual\"]"),
    (
        "compare two hypotheses",
        SOUND,
        "compare = [\"usual\", \"null\"]\n[[arm]]\nname = \"usual\"\n[[arm]]\nname = \"null\"\nhypothesis = \"conservative\"",
    ),
    (
        "claims",
        SOUND,
        "[[claim]]\nthat = \"end(cca) < 3\"\n[[claim]]\nsays = \"x\"\n[[claim]]\nthat = 'serum_calcium < 2.6'\n[[claim]]\nthat = '1 < cac < 3'",
    ),
    ("figures", SOUND, "[figures]\ndraw = [\"paradx\"]\ntimeline = [\"cac\", \"cca\"]"),
    (
        "a figure of its own",
        SOUND,
        "[[figure]]\nkind = \"timelin\"\n[[figure]]\nkind = \"body\"\narms = [\"usul\"]\nreadouts = [\"cac\"]\nlimits = { cac = [0, 10] }\nperiod = \"30 to 50 years\"\nsize = \"fone\"\n[[figure]]\nkind = \"timeline\"\nreadouts = [\"cca\"]\nlimits = { pth = [10, 5], x = [1, 2] }\nperiod = \"5 years to 2 years\"\nheadline = \"{cca}\"\n[[figure]]\nname = \"a\"\n[[figure]]\nkind = \"paradox\"\nname = \"b/c\"\nlimits = { x = [-20], y = [0, nan], z = [0, 1] }\n[[figure]]\nkind = \"fate\"\n[[figure]]\nkind = \"day\"\nname = \"fate\"",
    ),
    ("meal shares", SOUND, "[meals]\n\"07:30\" = 0.5\n\"12:30\" = \"40 %\"\n\"25:00\" = 0.1"),
    ("given twice", SOUND, "[person]\nage = 50\nstart_age = 51"),
];

fn all() -> String {
    let cases = CASES.iter();
    cases
        .map(|(name, start, rest)| format!("## {name}\n\n{}\n", shown(&format!("{start}{rest}\n"))))
        .collect()
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

/// "such as 500 mg/day" was told of ages, and of warfarin it is a poisoning.
#[test]
fn the_example_of_a_message_fits_its_key() {
    let with = |section: &str, key: &str, value: &str| {
        let person = "[person]\nsex = 'female'\nage = 45\n";
        let base =
            if section == "person" && matches!(key, "age" | "sex") { "[person]\n" } else { person };
        let own = format!("{key} = {value}\n");
        match section {
            "person" => format!("duration = '2 days'\n{base}{own}[[arm]]\nname = 'a'\n"),
            _ => format!("duration = '2 days'\n{base}[habitual]\n{own}[[arm]]\nname = 'a'\n"),
        }
    };
    let mut count = 0;
    for (section, table) in [("person", &keys::PERSON), ("habitual", &keys::HABITUAL)] {
        for key in table.keys().iter().filter(|key| keys::input_of(key).is_some()) {
            for wrong in ["'much'", "'many 5'", "[1]", "-1"] {
                let loaded = load_text(&with(section, key.name, wrong));
                let told = loaded.problems.iter().find(|problem| problem.is_error());
                let Some((_, after)) = told.and_then(|told| told.help.split_once("such as "))
                else {
                    assert!(
                        !matches!(wrong, "'much'" | "'many 5'"),
                        "{} = {wrong}: {told:?}",
                        key.name
                    );
                    continue;
                };
                let example = after.rsplit(" = ").next().unwrap().trim_end_matches('.');
                let again = load_text(&with(section, key.name, example));
                let errors = || again.problems.iter().filter(|problem| problem.is_error());
                assert!(
                    errors().next().is_none(),
                    "{} = {example}: {:?}",
                    key.name,
                    errors().next()
                );
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
    let parameter = load_text("duration = '2 days'\n[parameters]\npth_steepness = 'steep'\n");
    assert!(parameter.problems[0].help.contains("its usual value is"), "{:?}", parameter.problems);
}
