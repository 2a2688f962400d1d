//! Changes by `--set`.

use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure};
use crate::fuzz_tests::scenarios::{BASE, MOST_DAYS, loaded, read, run};
use crate::fuzz_tests::words::{HOSTILE, number, scratched};
use crate::scenario::dial::{DialKind, DialValue, ScopedDial, Setting, dials};
use crate::scenario::template::Template;
use crate::scenario::{Arm, Overrides};

/// `KEY=VALUE` lines for the base.
pub(super) fn generate(dice: &mut Dice) -> String {
    let lines = (0..1 + dice.below(3)).map(|_| {
        let (key, value) = setting(dice, &["usual", "k2"]);
        let line = format!("{key}={value}");
        if dice.chance(0.12) { scratched(dice, &line).replace('\n', " ") } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A key and a value as `--set` takes them, for a scenario with these arms.
pub(super) fn setting(dice: &mut Dice, arms: &[&str]) -> (String, String) {
    let dial = dice.pick(dials());
    let spellings: Vec<&str> = dial.aliases.iter().copied().chain([dial.name; 3]).collect();
    let mut key = dice.pick(&spellings).to_string();
    let section = dial.part.section();
    if !section.is_empty() && (section == "habitual" || dice.chance(0.2)) {
        key = format!("{section}.{key}");
    }
    if dice.chance(0.2) && dial.part.section() != "" {
        key = format!("{}.{key}", dice.pick(arms));
    }
    let value = match &dial.kind {
        _ if dice.chance(0.05) => (*dice.pick(HOSTILE)).trim_matches('"').to_owned(),
        DialKind::Word([]) if dial.name == "hypothesis" => "conservative".to_owned(),
        DialKind::Word([]) => "2026-03-01".to_owned(),
        DialKind::Word(words) => (*dice.pick(words)).to_owned(),
        DialKind::Number(found) => {
            let (low, high) = found.plausible;
            let (low, high) =
                (low.max(found.allowed.0).max(-1e6), high.min(found.allowed.1).min(1e6));
            let value = if dial.name == "duration" {
                number(dice, 1.0, MOST_DAYS)
            } else {
                number(dice, low, high)
            };
            found.text(if found.whole { value.round() } else { value })
        }
    };
    (key, value)
}

pub(super) fn execute(text: &str) -> Result<Ending, Broken> {
    let mut overrides = Overrides::default();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else { return Ok(Ending::Refused) };
        overrides.set.push((key.trim().to_owned(), value.trim().to_owned()));
    }
    let loaded = loaded(BASE, &overrides);
    let Some(scenario) = &loaded.scenario else {
        properties::refusal(&loaded.problems, &loaded.texts)?;
        return Ok(Ending::Refused);
    };
    properties::told(&loaded.problems, &loaded.texts)?;
    same_as_dials(&overrides, &scenario.arms)?;
    run(scenario)?;
    Ok(Ending::Ran)
}

/// A number that is set as such, and as the text that is printed for it, gives the same arms.
fn same_as_dials(overrides: &Overrides, arms: &[Arm]) -> Result<(), Broken> {
    let (template, _) = Template::read("lesson.toml", BASE, &read);
    for (key, _) in &overrides.set {
        let Ok(dial) = ScopedDial::find(key, &template.arm_names) else { continue };
        let Some(value) = dial.value(arms) else { continue };
        let setting = Setting { dial, value: DialValue::Number(value) };
        let printed =
            Overrides { set: vec![setting.text()], beyond_range: true, ..Overrides::default() };
        let direct = Overrides { dials: vec![setting], beyond_range: true, ..Overrides::default() };
        let (printed, direct) = (template.arms(&printed), template.arms(&direct));
        let same = format!("{printed:?}") == format!("{direct:?}");
        ensure(same || printed.is_err(), || {
            format!("{key}: printed and read it is another value")
        })?;
    }
    Ok(())
}
