//! Sweep and sensitivity files.

use std::ops::ControlFlow;

use clap::Parser as _;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::sweep::command;
use crate::form::key::{Key, Section};
use crate::fuzz_tests::claims::ClaimWriter;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::document::{Author, Entries, Value, change, list, table, text, written};
use crate::fuzz_tests::grammars::variation;
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure, harmless};
use crate::fuzz_tests::scenarios::{MOST_DAYS, read, setting};
use crate::fuzz_tests::words::{quoted, scratched};
use crate::parameters::PARAMETER_TABLE;
use crate::scenario::dial::{Dial, DialKind, Owner, ScenarioPart, dials};
use crate::scenario::template::Template;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::file::{SWEEP, load, load_sensitivity};
use crate::sweep::run_record::RunRow;

/// Runs of each accepted sweep.
const TRIED_RUNS: u64 = 3;

#[derive(Clone, Copy, PartialEq)]
enum Question {
    Grid,
    Samples,
    People,
    Search,
    Sensitivity,
}

struct SweepAuthor {
    question: Question,
    arms: Vec<String>,
    /// What is looked for.
    sought: Option<&'static Dial>,
}

/// A dial that is a number of the arm or the person, quick to vary.
fn varied(dice: &mut Dice, question: Question) -> &'static Dial {
    let suits = |dial: &&Dial| {
        let part = matches!(
            dial.part,
            ScenarioPart::FromStart(_) | ScenarioPart::Person(_) | ScenarioPart::Parameter(_)
        );
        let range = match &dial.kind {
            DialKind::Number(number) => number.plausible.0 < number.plausible.1,
            DialKind::Word(words) => question != Question::Sensitivity && !words.is_empty(),
        };
        part && range
    };
    let all: Vec<&'static Dial> = dials().iter().filter(suits).collect();
    // There are many more parameters than anything else.
    let few: Vec<&'static Dial> =
        all.iter().copied().filter(|dial| dial.owner() != Owner::Model).collect();
    let from = if dice.chance(0.2) { all } else { few };
    from[dice.below(from.len())]
}

impl SweepAuthor {
    fn groups(dice: &mut Dice) -> Vec<String> {
        let one = |dice: &mut Dice| {
            let entry = loop {
                let entry = dice.pick(&PARAMETER_TABLE);
                if entry.low < entry.high || dice.chance(0.02) {
                    break entry;
                }
            };
            // Groups are large, and every end of every parameter is tried.
            if dice.chance(0.03) { entry.group.to_owned() } else { entry.name.to_owned() }
        };
        (0..1 + dice.below(2)).map(|_| one(dice)).collect()
    }

    const fn drawn(&self) -> bool {
        matches!(self.question, Question::Samples | Question::People | Question::Sensitivity)
    }

    fn condition(&self, dice: &mut Dice) -> String {
        ClaimWriter { dice, arms: &self.arms, days: 2.0 }.claim()
    }
}

impl Author for SweepAuthor {
    fn value(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        key: &Key,
    ) -> ControlFlow<Option<Value>> {
        let whole = |number: &str| Some(Value::Plain(number.to_owned()));
        let one_of = |dice: &mut Dice, of: &[&str]| whole(dice.pick::<&str>(of));
        ControlFlow::Break(match (section.written, key.name) {
            ("the top level", "scenario") => text("base.toml"),
            // Words, values and kinds of figures fit few sweeps.
            ("the top level", "answer" | "figure") if !dice.chance(0.1) => None,
            ("the top level", "arms") => {
                self.arms = vec![(*dice.pick(&["usual", "k2"])).to_owned()];
                list(self.arms.clone())
            }
            (_, "beyond_range") => whole("false"),
            (_, "seed") => one_of(dice, &["0", "7", "9007199254740992"]),
            (_, "runs_per_chunk") => one_of(dice, &["1", "2", "16", "1000000"]),
            ("[sample]", "runs") | ("[population]", "people") => {
                one_of(dice, &["1", "2", "5", "1000"])
            }
            (_, "find") => {
                let numbers = |dial: &&Dial| {
                    matches!(dial.part, ScenarioPart::FromStart(_))
                        && !matches!(&dial.kind, DialKind::Number(number) if number.whole)
                };
                let dial = *dice.pick(&dials().iter().filter(numbers).collect::<Vec<_>>());
                self.sought = Some(dial);
                text(format!(
                    "{} {}",
                    dice.pick(&["lowest", "highest", "least", "most"]),
                    dial.name
                ))
            }
            (_, "such_that") => text(self.condition(dice)),
            (_, "within" | "tolerance") => return ControlFlow::Break(None),
            ("[vary]", "parameters") if self.question != Question::Samples => None,
            ("[vary]" | "[sensitivity]", "parameters") => list(Self::groups(dice)),
            ("[sensitivity]", "except") if !dice.chance(0.1) => None,
            (_, "except" | "spread_parameters") => list(Self::groups(dice)),
            (_, "parameter_spread") => text(*dice.pick(&["10 %", "0.05", "1 %"])),
            ("[sensitivity]", "methods") => {
                let methods = ["local", "morris", "sobol", "grades"];
                let chosen: Vec<String> =
                    dice.some(&methods, 0.5).into_iter().map(|&word| word.to_owned()).collect();
                list(if chosen.is_empty() { vec!["local".to_owned()] } else { chosen })
            }
            ("[sensitivity]", "trajectories") => one_of(dice, &["2", "40"]),
            ("[sensitivity]", "samples" | "grade_samples") => one_of(dice, &["8", "64"]),
            ("[sensitivity]", "bootstrap") => one_of(dice, &["50", "200"]),
            ("[sensitivity]", "levels") => one_of(dice, &["2", "4", "8"]),
            _ => return ControlFlow::Continue(()),
        })
    }

    fn free_entry(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        entries: &Entries,
    ) -> Option<(String, String)> {
        match section.written {
            "[set]" => {
                let arms: Vec<&str> = self.arms.iter().map(String::as_str).collect();
                let (key, value) = setting(dice, &arms);
                let used = key == "output_every"
                    || key == "hypothesis"
                    || key.contains('"')
                    || value.contains('"');
                (!used).then(|| (key, quoted(&value)))
            }
            "[outcomes]" => {
                let name = format!("{}{}", dice.pick(&["x", "bone_", "Y2"]), entries.len());
                Some((name, quoted(&ClaimWriter { dice, arms: &self.arms, days: 2.0 }.value())))
            }
            "[conditions]" => {
                Some((format!("holds{}", entries.len()), quoted(&self.condition(dice))))
            }
            _ => {
                let dial = varied(dice, self.question);
                if self.sought.is_some_and(|sought| std::ptr::eq(sought, dial)) {
                    return None;
                }
                let value = match &dial.kind {
                    DialKind::Word(words) if !self.drawn() => {
                        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                        format!("[{}]", words.join(", "))
                    }
                    DialKind::Word(words) => {
                        let share = 1.0 / words.len() as f64;
                        let shares: Vec<String> =
                            words.iter().map(|word| format!("{word} = {share}")).collect();
                        format!("{{ {} }}", shares.join(", "))
                    }
                    DialKind::Number(number) if !self.drawn() && dice.chance(0.2) => {
                        let values = [number.plausible.0, number.plausible.1]
                            .map(|value| quoted(&number.text(value)));
                        format!("[{}]", values.join(", "))
                    }
                    DialKind::Number(_) => quoted(&variation(dice, dial, self.drawn())),
                };
                Some((dial.name.to_owned(), value))
            }
        }
    }

    fn share(&self, section: &Section, key: &Key) -> f64 {
        let asked = |question: Question| if self.question == question { 1.0 } else { 0.0 };
        match (section.written, key.name) {
            (_, "outcomes") => 0.95,
            (_, "vary") => {
                if self.question == Question::People {
                    0.4
                } else {
                    0.9
                }
            }
            (_, "sample") => asked(Question::Samples),
            ("[sample]", "runs") | ("[population]", "people") => 1.0,
            (_, "population") => asked(Question::People),
            (_, "find" | "such_that") => asked(Question::Search),
            (_, "sensitivity") => asked(Question::Sensitivity),
            (_, "figures" | "keep") if self.question == Question::Sensitivity => 0.0,
            ("[sensitivity]", "parameters") => 0.98,
            ("[population]", "parameter_spread") => 0.2,
            _ => 0.3,
        }
    }
}

fn generated(dice: &mut Dice, question: Question) -> String {
    let arms = ["usual", "k2"].map(str::to_owned).to_vec();
    let mut author = SweepAuthor { question, arms, sought: None };
    let mut root = table(dice, &mut author, SWEEP.root);
    let sections = SWEEP.sections();
    let keys: Vec<&'static str> =
        sections.iter().flat_map(|section| section.keys()).map(|key| key.name).collect();
    for _ in 0..[0, 0, 0, 0, 0, 1, 1, 2][dice.below(8)] {
        change(dice, &mut root, &keys);
    }
    let text = written(dice, &root);
    if dice.chance(0.05) { scratched(dice, &text) } else { text }
}

pub(super) fn generate(dice: &mut Dice) -> String {
    let question = *dice.pick(&[
        Question::Grid,
        Question::Grid,
        Question::Samples,
        Question::People,
        Question::Search,
    ]);
    generated(dice, question)
}

pub(super) fn generate_sensitivity(dice: &mut Dice) -> String {
    generated(dice, Question::Sensitivity)
}

pub(super) fn execute(text: &str) -> Result<Ending, Broken> {
    let loaded = load("doses.toml", text, Options::default(), &read);
    let Some(sweep) = &loaded.content else {
        properties::refusal(&loaded.problems, &loaded.texts)?;
        return Ok(Ending::Refused);
    };
    properties::told(&loaded.problems, &loaded.texts)?;
    loaded.remarks.iter().try_for_each(|remark| harmless(remark))?;
    try_runs(sweep)
}

pub(super) fn execute_sensitivity(text: &str) -> Result<Ending, Broken> {
    let loaded = load_sensitivity(None, "matters.toml", text, Options::default(), None, &read);
    let Some(sensitivity) = &loaded.content else {
        properties::refusal(&loaded.problems, &loaded.texts)?;
        return Ok(Ending::Refused);
    };
    properties::told(&loaded.problems, &loaded.texts)?;
    ensure(!sensitivity.analyses.is_empty(), || "an analysis without a method".to_owned())?;
    for factor in &sensitivity.factors {
        let words = factor.deviation.is_nan();
        ensure(words || factor.range.0 <= factor.range.1, || {
            format!("{}: {:?}", factor.name, factor.range)
        })?;
    }
    let mut ended = Ending::Accepted;
    for analysis in &sensitivity.analyses {
        ended = try_runs(&analysis.sweep)?;
    }
    Ok(ended)
}

/// The first and the last runs of a sweep, if they are short.
fn try_runs(sweep: &Sweep) -> Result<Ending, Broken> {
    let runs = sweep.plan.runs();
    ensure(runs > 0, || "a sweep without runs".to_owned())?;
    let first = 0..TRIED_RUNS.min(runs);
    let last = runs - 1..runs;
    if [0, runs - 1].into_iter().any(|run| !is_short(sweep, run)) {
        return Ok(Ending::Accepted);
    }
    sweep.integrate_pasts()?;
    let mut rows = sweep.rows(first, &|| true).map_err(|_| "interrupted".to_owned())?;
    rows.extend(sweep.rows(last, &|| true).map_err(|_| "interrupted".to_owned())?);
    for row in &rows {
        balanced(row)?;
        let text: String = row.cells.iter().map(|cell| cell.text() + ",").collect();
        harmless(&text)?;
        ensure(!text.contains("NaN") && !text.contains("inf,"), || {
            format!("run {}: {text}", row.run)
        })?;
    }
    let alone = sweep.rows(runs - 1..runs, &|| true).map_err(|_| "interrupted".to_owned())?;
    ensure(rows.last() == alone.first(), || {
        "the last run is another one the second time".to_owned()
    })?;
    repeats(sweep, runs - 1)?;
    Ok(Ending::Ran)
}

fn is_short(sweep: &Sweep, run: u64) -> bool {
    let arms = sweep.arms(&sweep.overrides(&sweep.plan.values(run)));
    arms.map_or(true, |arms| arms.iter().all(|arm| arm.duration_days <= MOST_DAYS))
}

fn balanced(row: &RunRow) -> Result<(), Broken> {
    // At most 30 days with at most 10 g/day.
    let residual_mg = row.residual_mg.unwrap_or_default(); // a run that failed has none
    ensure(residual_mg <= 1e-9 * 300_000.0, || {
        format!("run {}: {residual_mg:e} mg lost or made", row.run)
    })?;
    let failure = row.failure.as_deref().unwrap_or_default();
    harmless(failure)?;
    ensure(!failure.contains("does not hold"), || failure.to_owned())
}

/// The printed command gives the arms of the run, to the last bit.
fn repeats(sweep: &Sweep, run: u64) -> Result<(), Broken> {
    let printed = command(sweep, run);
    harmless(&printed)?;
    let words = shell_words(&printed);
    let parsed =
        Arguments::try_parse_from(&words).map_err(|error| format!("{printed}: {error}"))?;
    let Command::Run(arguments) = parsed.command else {
        return Err(format!("{printed} does not run"));
    };
    let overrides = arguments.changes.overrides(arguments.arm.clone());
    let name = arguments
        .scenarios
        .files
        .first()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    let (_, base) = read(&name, "")?;
    let (template, _) = Template::read(&name, &base, &read);
    let (again, own) =
        (template.arms(&overrides), sweep.arms(&sweep.overrides(&sweep.plan.values(run))));
    match (again, own) {
        (Ok(again), Ok(own)) => {
            ensure(format!("{again:?}") == format!("{own:?}"), || format!("other arms: {printed}"))
        }
        (Err(_), Err(_)) => Ok(()),
        (again, own) => Err(format!("{printed}: {:?}, here {:?}", again.err(), own.err())),
    }
}

/// The words of a command of a POSIX shell, in which quotes are '…' and $'…' with octal digits.
fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut letters) =
        (Vec::new(), None::<Vec<u8>>, command.chars().peekable());
    let push =
        |word: &mut Vec<u8>, letter: char| word.extend(letter.encode_utf8(&mut [0; 4]).bytes());
    while let Some(letter) = letters.next() {
        let inner = word.get_or_insert_default();
        match letter {
            '\'' => letters
                .by_ref()
                .take_while(|&letter| letter != '\'')
                .for_each(|letter| push(inner, letter)),
            '$' if letters.next_if_eq(&'\'').is_some() => {
                while let Some(letter) = letters.next().filter(|&letter| letter != '\'') {
                    let escaped = if letter == '\\' { letters.next() } else { None };
                    let octal = |letter: Option<char>| {
                        letter.and_then(|letter| letter.to_digit(8)).unwrap_or(0)
                    };
                    match escaped {
                        Some(first) if first.is_digit(8) => {
                            let (first, second) = (octal(Some(first)), octal(letters.next()));
                            inner.push((first * 64 + second * 8 + octal(letters.next())) as u8);
                        }
                        other => push(inner, other.unwrap_or(letter)),
                    }
                }
            }
            '\\' => letters.next().into_iter().for_each(|letter| push(inner, letter)),
            ' ' => words.extend(word.take()),
            letter => push(inner, letter),
        }
    }
    words.extend(word);
    words.into_iter().map(|word| String::from_utf8_lossy(&word).into_owned()).collect()
}

#[test]
fn a_command_is_taken_apart_as_a_shell_does() {
    let words = shell_words(r"calcifate run 'it'\''s a' $'\033[31m\303\244' x=1");
    assert_eq!(words, ["calcifate", "run", "it's a", "\u{1b}[31mä", "x=1"]);
}
