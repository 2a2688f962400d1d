//! What people write and mean: accepted forms with their values, and messages that lead there.

use super::{Arm, Overrides, load_text, load_under, says, scenario, set, shown};
use crate::form::key::{Key, ValueType};
use crate::physiology::person::Sex;
use crate::scenario::keys;
use crate::units::frequency::Frequency;

const PERSON: &str = "[person]\nsex='female'\nage=60\n";

/// The problems of an arm with these lines.
pub(super) fn arm_shown(lines: &str) -> String {
    shown(&format!("duration='2 years'\n{PERSON}[[arm]]\nname='a'\n{lines}\n"))
}

pub(super) fn arm(lines: &str) -> Arm {
    let text = format!("duration='2 years'\n{PERSON}[[arm]]\nname='a'\n{lines}\n");
    scenario(&text).arms.remove(0)
}

/// A scenario without errors: its remarks.
fn remarks(text: &str) -> Vec<String> {
    scenario(text).warnings.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn suggestions_for_numbers_are_readings_of_them() {
    says(&arm_shown("take='MK-7 0,18 mg daily'"), &["write \"0.18\""], &["018"]);
    says(&arm_shown("calcium_diet='1,000 mg/day'"), &["\"1000\"", "1.000"], &[]);
    says(&arm_shown("calcium_diet='1.000,5 mg/day'"), &["write \"1000.5\""], &["1.0005"]);
    says(&arm_shown("calcium_diet='1 500,5 mg/day'"), &["write \"1500.5\""], &["\"500.5"]);
    says(&arm_shown("calcium_diet='1,5e3 mg/day'"), &["such as 1.5e3"], &["\"1.5\""]);
    says(&arm_shown("take='calcium 12 345,6 mg'"), &["write \"12345.6\""], &["\"345.6"]);
    let score = shown("duration='2 years'\n[person]\nlumbar_spine_t_score='-2,5'\n");
    says(&score, &["write \"-2.5\""], &[]);
    let long = shown("duration='1 500 days'\n[person]\nage=60\n");
    says(&long, &["two numbers", "write \"1500\""], &["times a week"]);
    says(&arm_shown("aspirin='100 mg/day'"), &["warfarin only"], &["5 mg/day"]);
    says(&arm_shown("coumadin='5 mg/day'"), &["write warfarin"], &["did you mean"]);
    says(&arm_shown("calcium_diet='1 000 mg/day'"), &["write \"1000\", without a space"], &[]);
}

#[test]
fn a_cause_is_told_without_its_consequences() {
    says(&shown("duration = 10\n"), &["duration needs a length of time", "1 error;"], &[]);
    let phase = shown("duration = 10\n[[arm]]\nname='a'\n[[arm.phase]]\nfrom='10 years'\n");
    says(&phase, &["1 error;"], &["ends before", "how long"]);
    says(&shown("durration = '10 years'\n"), &["did you mean \"duration\"?", "1 error;"], &[]);
    for (meals, parts, not) in [
        ("[meals]\nbreakfast = 1.0", &["not a clock time", "1 error;"][..], "sum to"),
        ("[[meal]]\nat='seven'\nshare=1", &["1 error;"], "sum to"),
        ("[[meal]]\nat=7\nshare=1", &["1 error;"], "needs a time and"),
        ("[meals]\n12.30 = 1.0", &["in quotes: \"12:30\""], "sum to"),
        ("meals = {}", &["sum to 0, not 1"], "-0"),
    ] {
        says(&shown(&format!("duration='2 days'\nresolution='meals'\n{meals}\n")), parts, &[not]);
    }
    says(&shown("duration='2 years'\n[[arm]]\nname=3\n"), &["name needs a text", "1 error;"], &[]);
    says(&arm_shown("[[arm.phase]]\nfrom=3\n"), &["from needs a length", "1 error;"], &[]);
    says(&arm_shown("[[claim]]\nthat=3\n"), &["that needs a text", "1 error;"], &[]);
    says(&shown("duration='2 years'\n[person]\nage=200\n"), &["1 error;"], &["would end"]);
}

#[test]
fn what_only_looks_like_a_sign_is_named() {
    let lines = [
        ("duration = “2 years”\n", "a curly quote “ stands here", "write straight quotes"),
        ("duration = ‘2 years’\n", "a curly quote ‘ stands here", "write straight quotes"),
        ("duration\u{a0}= '2 years'\n", "a no-break space (U+00A0) stands here", "a usual space"),
        (
            "duration = '2\u{200b} years'\n",
            "a zero-width space (U+200B) stands here",
            "take it out",
        ),
        ("duration = '1\u{202f}000 days'\n", "a narrow no-break space (U+202F)", "write \"1000\""),
    ];
    for (text, name, remedy) in lines {
        says(&shown(text), &[name, remedy, "1 error;"], &["unknown key", "how long"]);
    }
    // Between words, a no-break space is a space.
    assert_eq!(scenario("duration = '2\u{a0}years'\n").arms[0].duration_days, 730.5);
}

#[test]
fn no_suggestion_misleads() {
    says(&arm_shown("foods={'cod liver oil'='10 g/day'}"), &["is not in this model"], &["olive"]);
    says(&arm_shown("mk7_food='8 µM'"), &["this unit does not measure"], &["did you mean"]);
    says(&shown("[person]\ncoronary_percentile='p80'\n"), &["Accepted: p50, p75"], &["did you"]);
    says(&arm_shown("take='MK-7 90 ug daily at 8'"), &["write \"08:00\""], &[]);
    let parts = ["IU count vitamin D only", "ug, mcg, mg, g, mmol per day"];
    says(&arm_shown("calcium_diet='800 IU/day'"), &parts, &[]);
}

#[test]
fn the_range_is_named() {
    for (line, range) in [
        ("sun_season=2", "from 0 to 1"),
        ("exercise=2", "Allowed: 0 to 1."),
        ("take='MK-7 9 ug daily missed 200 %'", "from 0 % to 100 %"),
        ("take='MK-7 9 ug every 5000 days'", "from 1 to 3650"),
        ("take='MK-7 9 ug 30 times a day'", "from 1 to 24"),
        ("calcium_pills_per_day=5", "Allowed: 1 to 3."),
        ("warfarin='800 mg/day'", "Allowed: 0 to 20 mg/day."),
    ] {
        says(&arm_shown(line), &[range], &[]);
    }
}

#[test]
fn what_is_not_in_the_model_is_said_so() {
    for line in [
        "pregnancy=true",
        "lactating=true",
        "denosumab='60 mg every 6 months'",
        "take='alendronate 70 mg weekly'",
        "stop='bisphosphonates'",
        "foods={magnesium='1 g/day'}",
        "person.pregnant=true",
        "parameters.denosumab=1",
    ] {
        let text = arm_shown(line);
        says(&text, &["is not in this model", "left out", "adults from 30"], &["Known in"]);
    }
    says(&shown("[person]\nage=18\n"), &["30 to 100 years", "adults from 30"], &[]);
}

#[test]
fn forms_of_people_have_their_value() {
    let person = |line: &str| {
        scenario(&format!("duration='1 year'\n[person]\n{line}\n")).arms.remove(0).person
    };
    for (word, sex) in
        [("woman", Sex::Female), ("F", Sex::Female), ("Male", Sex::Male), ("m", Sex::Male)]
    {
        assert_eq!(person(&format!("sex='{word}'")).sex, sex, "{word}");
    }
    for egfr in ["60 mL/min/1.73m2", "60 ml/min/1.73 m²", "60 mL/min per 1.73 m2", "60 mL/min"] {
        assert_eq!(person(&format!("egfr='{egfr}'")).egfr_ml_per_min, Some(60.0), "{egfr}");
    }
    for (word, therapy) in [("'yes'", 1.0), ("'No'", 0.0), ("true", 1.0), ("1", 1.0)] {
        let inputs = arm(&format!("hormone_therapy={word}")).phases[0].inputs;
        assert_eq!(inputs.hormone_therapy, therapy, "{word}");
    }
    assert_eq!(arm("only_foods='yes'").phases[0].inputs.calcium_diet_mg_per_day, 0.0);
    for (length, days) in
        [("1 year 6 months", 547.875), ("1 year and 6 months", 547.875), ("1 h 30 min", 0.0625)]
    {
        let text = format!("duration='{length}'\n");
        approx::assert_relative_eq!(scenario(&text).arms[0].duration_days, days);
    }
    let hours =
        |line: &str| arm(&format!("take='MK-7 9 ug daily at {line}'")).regimens[0].hours.clone();
    for (time, hour) in [("7:30 am", 7.5), ("12.30", 12.5), ("8 pm", 20.0), ("noon", 12.0)] {
        assert_eq!(hours(time), [hour], "{time}");
    }
    assert_eq!(hours("7:30 am and 6:30 pm"), [7.5, 18.5]);
    let meals = "duration='1 day'\nresolution='meals'\nmeals={'7:30 am'=0.5, '6.30 pm'=0.5}\n";
    let hours: Vec<f64> = scenario(meals).arms[0].meals.iter().map(|meal| meal.hour).collect();
    assert_eq!(hours, [7.5, 18.5]);
    let native = "duration='1 day'\n[[meal]]\nat=07:30:00\nshare=1\n";
    assert_eq!(scenario(native).arms[0].meals[0].hour, 7.5);
}

#[test]
fn dates_count_from_the_start_date() {
    let text = "start_date='2026-01-01'\nduration='2028-01-01'\n[[arm]]\nname='a'\n\
        take='MK-7 9 ug daily from 2026-02-01 to 2026-03-01'\n\
        [[arm.phase]]\nfrom=2027-01-01\nto='2027-07-01'\ncalcium_diet='700 mg/day'\n";
    let arm = scenario(text).arms.remove(0);
    let starts: Vec<f64> = arm.phases.iter().map(|phase| phase.start_day).collect();
    assert_eq!((arm.duration_days, starts), (730.0, vec![0.0, 31.0, 59.0, 365.0, 546.0]));
    let without = text.replace("start_date='2026-01-01'\n", "");
    says(&shown(&without), &["a date, but the scenario has no start_date"], &[]);
    says(&shown("start_date='2026-01-01'\nduration='2025-01-01'\n"), &["before start_date"], &[]);
}

#[test]
fn monthly_is_twelve_times_a_year() {
    let regimen = |line: &str| arm(&format!("take='{line}'")).regimens.remove(0);
    let monthly = regimen("D3 50000 IU monthly");
    assert_eq!(monthly.rhythm, Frequency::PerMonths { times: 1, months: 1 });
    approx::assert_relative_eq!(monthly.mean_per_day(), 1250.0 * 12.0 / 365.25);
    let doses = crate::nutrition::schedule::doses(
        crate::physiology::segment_inputs::Resolution::Pills,
        &[],
        std::slice::from_ref(&monthly),
        10.0 * 365.25,
        1,
    );
    // Dose k falls on day floor(k · 365.25/12): the 121st on day 3652, half a day before the end.
    let days: Vec<f64> = doses.iter().map(|dose| dose.time_days.floor()).collect();
    assert_eq!(days.len(), 121);
    assert_eq!((&days[..4], days[120]), (&[0.0, 30.0, 60.0, 91.0][..], 3652.0));
    for (line, per_year) in [
        ("MK-7 9 ug twice a month", 24.0),
        ("MK-7 9 ug every 6 months", 2.0),
        ("MK-7 9 ug once a year", 1.0),
    ] {
        approx::assert_relative_eq!(regimen(line).mean_per_day(), 9.0 * per_year / 365.25);
    }
    let diet = arm("vitamin_d_diet='1000 IU monthly'").phases[0].inputs.vitamin_d_diet_ug_per_day;
    approx::assert_relative_eq!(diet, 25.0 * 12.0 / 365.25);
}

/// A sweep over `duration` needs phases that its shorter runs do not reach.
#[test]
fn a_phase_at_or_after_the_end_is_a_warning() {
    for from in ["2 years", "3 years"] {
        let lines = format!("[[arm.phase]]\nfrom='{from}'\ntake='MK-7 9 ug daily'");
        says(&arm_shown(&lines), &["the run ends before this phase begins", "1 warning."], &[]);
        let run = arm(&lines);
        assert_eq!((run.phases.len(), run.regimens.len()), (1, 0));
    }
    let over = "[[arm.phase]]\nfrom='1 year'\nto='3 years'\ncalcium_diet='700 mg/day'";
    says(&arm_shown(over), &["the run ends before this phase does", "1 warning."], &[]);
    assert_eq!(arm(over).phases.len(), 2);
    let late = "take='MK-7 9 ug daily from 3 years'";
    says(&arm_shown(late), &["the run ends before this supplement begins", "1 warning."], &[]);
}

#[test]
fn every_remark_is_made_once() {
    let two = |lines: &str, other: &str| {
        format!(
            "duration='60 days'\n{PERSON}[[arm]]\nname='a'\n{lines}\n[[arm]]\nname='b'\n{other}\n"
        )
    };
    let timed = "take='MK-7 90 ug daily at 21:00, missed 10 %'";
    let averaged = "in the resolution \"averaged\" clock times do nothing, and missed doses only \
                    lower the mean";
    assert_eq!(remarks(&two(timed, "take='MK-7 9 ug daily at 08:00'")), [averaged]);
    let pills = format!(
        "resolution='pills'\noutput_every='1 hour'\n{}",
        two(timed, "take='calcium 1 g daily'")
    );
    let spread = "the resolution \"pills\" spreads calcium pills evenly over the day";
    assert_eq!(remarks(&pills), [spread]);
    let both = two("take='MK-7 90 ug daily'\nstop='MK-7'", "");
    assert_eq!(remarks(&both), ["MK-7 is both stopped and taken here"]);
    assert_eq!(remarks(&two("", "")), ["the arms a and b are the same in everything"]);
    let labels = two("label='x'", "label='x'\nmk7_supplement='9 ug/day'");
    assert_eq!(remarks(&labels), ["the arms a and b have the same label"]);
    for (person, remark) in [
        ("sex='male'\nage=60\nmenopause_age=50", "the age at menopause does nothing in a man"),
        ("", "no sex and no age given: a woman of 30 is assumed"),
        ("age=60", "no sex given: a woman is assumed"),
        ("sex='m'", "no age given: 30 years are assumed"),
    ] {
        assert_eq!(remarks(&format!("duration='1 year'\n[person]\n{person}\n")), [remark]);
    }
}

#[test]
fn a_change_of_all_arms_is_remarked() {
    let text = format!(
        "duration='1 year'\n{PERSON}[[arm]]\nname='a'\n[[arm]]\nname='b'\nlike='a'\nk1_oil='9 ug/day'\n"
    );
    let messages = |key: &str, arms: &[&str]| -> Vec<String> {
        let arms = arms.iter().map(|arm| (*arm).to_owned()).collect();
        let loaded = load_under(&text, &Overrides { arms, ..set(&[(key, "9 ug/day")]) });
        loaded.problems.into_iter().map(|problem| problem.message).collect()
    };
    let everywhere = "--set mk7_supplement acts in every arm, also in the one for comparison";
    assert_eq!(messages("mk7_supplement", &[]), [everywhere]);
    for (key, arms) in
        [("b.mk7_supplement", &[][..]), ("habitual.mk7_food", &[]), ("mk7_supplement", &["b"])]
    {
        assert_eq!(messages(key, arms), [""; 0], "{key}");
    }
}

/// Found by fuzzing: the message had no remedy.
#[test]
fn a_phase_that_ends_before_it_begins_is_told_what_to_write() {
    let text = arm_shown("[[arm.phase]]\nfrom = '3 days'\nto = '1 hour'");
    says(&text, &["the phase ends before it begins", "write a later `to`"], &[]);
}

#[test]
fn empty_words_are_refused() {
    for (line, message) in [
        ("label=''", "an arm's label is empty"),
        ("label='  '", "an arm's label is empty"),
        ("[[claim]]\nsays=' '\nthat='cac < 100'", "the words of a claim are empty"),
    ] {
        says(&arm_shown(line), &[message], &[]);
    }
}

/// The schema once proposed `warfarin = "800 mg/day"`.
#[test]
fn every_example_of_the_schema_fits_its_key() {
    let usable = |key: &&Key| {
        let table = matches!(key.value_type, ValueType::Table(_) | ValueType::Tables(_));
        !key.example.is_empty() && !table && !["extends", "like", "stop"].contains(&key.name)
    };
    let mut count = 0;
    for (section, header) in [
        (&keys::ROOT, ""),
        (&keys::PERSON, "[person]\n"),
        (&keys::HABITUAL, "[habitual]\n"),
        (&keys::ARM, "[[arm]]\n"),
        (&keys::PHASE, "[[arm]]\nname='a'\n[[arm.phase]]\n"),
        (&keys::MEAL, "[[meal]]\ntime='07:30'\nshare=1\n"),
        (&keys::FIGURES, "[figures]\n"),
        (&keys::FIGURE, "[[arm]]\nname='usual'\n[[arm]]\nname='k2'\n[[figure]]\nkind='timeline'\n"),
    ] {
        for key in section.keys().iter().filter(usable) {
            let duration = if key.name == "duration" { "" } else { "duration='20 years'\n" };
            let mut rest = header.to_owned();
            for (required, line) in [("name", "name='a'\n"), ("from", "from='10 years'\n")] {
                if section.key(required).is_some() && key.name != required && !header.contains(line)
                {
                    rest += line;
                }
            }
            if key.name != "name" && header.contains(&format!("\n{}=", key.name)) {
                continue; // its example stands in the header
            }
            // Examples at the top speak of these arms.
            let arms = "[[arm]]\nname='usual'\n[[arm]]\nname='k2'\n";
            let arms = if header.is_empty() { arms } else { "" };
            let text = format!("{duration}{rest}{} = {}\n{arms}", key.name, key.example);
            let loaded = load_text(&text);
            let far = |problem: &&crate::error::problem::Problem| {
                problem.is_error() || problem.message.contains("far outside")
            };
            let bad: Vec<_> = loaded.problems.iter().filter(far).collect();
            assert!(bad.is_empty(), "{text}{bad:?}");
            count += 1;
        }
    }
    assert!(count > 80, "{count}");
    let example = |name: &str| keys::HABITUAL.key(name).unwrap().example.clone();
    let examples = ["warfarin", "calcium_diet"].map(example);
    assert_eq!(examples, ["\"5 mg/day\"", "\"1000 mg/day\""]);
}
