//! Class exercises and the answers of students.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use crate::class::answers::{FORMAT, Student, VERSION, exercise_of};
use crate::class::keys::EXERCISE;
use crate::class::played::{Played, play};
use crate::class::reading::read as read_exercise;
use crate::class::tally::{document, rows};
use crate::form::key::{Key, Section};
use crate::fuzz_tests::claims::ClaimWriter;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::document::{Author, Entries, Value, change, list, table, text, written};
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure, failure, harmless};
use crate::fuzz_tests::scenarios::read;
use crate::fuzz_tests::words::{free_text, quoted, scratched};
use crate::physiology::quantities::QUANTITIES;
use crate::report::exercise::{ExercisePages, page};
use crate::report::html;
use crate::report::teacher;
use crate::verdicts::VERDICTS;

const ARMS: [&str; 2] = ["usual", "k2"];
/// Days of `base.toml`.
const DAYS: f64 = 2.0;

struct ExerciseAuthor {
    /// Steps and claims that were written so far.
    written: usize,
}

impl Author for ExerciseAuthor {
    fn value(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        key: &Key,
    ) -> ControlFlow<Option<Value>> {
        let arms = ARMS.map(str::to_owned);
        let own = [(*dice.pick(&ARMS)).to_owned()];
        ControlFlow::Break(match (section.written, key.name) {
            ("the top level", "scenario") => text("base.toml"),
            ("[[claim]]" | "[[step]]", "name") => {
                self.written += 1;
                text(format!("part{}", self.written))
            }
            (_, "that") => text(ClaimWriter { dice, arms: &arms, days: DAYS }.claim()),
            (_, "by") => text(ClaimWriter { dice, arms: &own, days: DAYS }.value()),
            (_, "outcomes") => list([ClaimWriter { dice, arms: &own, days: DAYS }.value()]),
            (_, "readout") => text(dice.pick(&QUANTITIES).name),
            (_, "arm") => text(&own[0]),
            (_, "given") => list(own),
            ("[step.order]", "arms") => list(arms),
            ("[why]", "from") => text(ARMS[0]),
            ("[why]", "to") => text(ARMS[1]),
            (_, "limits") => {
                Some(Value::Plain((*dice.pick(&["[0, 1e9]", "[-1e6, 1e6]", "[0, 1]"])).to_owned()))
            }
            (_, "verdict") => text(dice.pick(&VERDICTS).name),
            (_, "minutes") => Some(Value::Plain((*dice.pick(&["1", "45", "1000"])).to_owned())),
            (_, "question" | "explanation" | "situation") => {
                let words = free_text(dice).replace(['{', '}'], "");
                let value = ClaimWriter { dice, arms: &own, days: DAYS }.value();
                text(format!("x {words} {{({value}) in {}}}", own[0]))
            }
            ("[[step]]", "draw" | "order" | "option") => None,
            _ => return ControlFlow::Continue(()),
        })
    }

    fn free_entry(&mut self, _: &mut Dice, _: &Section, _: &Entries) -> Option<(String, String)> {
        None
    }

    fn share(&self, _: &Section, key: &Key) -> f64 {
        match key.name {
            "verdict" | "why" => 0.1,
            _ => 0.5,
        }
    }
}

pub(super) fn generate(dice: &mut Dice) -> String {
    let mut author = ExerciseAuthor { written: 0 };
    let mut root = table(dice, &mut author, EXERCISE.root);
    for (_, value) in &mut root {
        let Value::Tables(steps) = value else { continue };
        for step in steps.iter_mut().filter(|step| step.iter().any(|(key, _)| key == "question")) {
            step.push(task(dice, &mut author));
        }
    }
    let keys: Vec<&'static str> =
        EXERCISE.sections().iter().flat_map(|section| section.keys()).map(|key| key.name).collect();
    for _ in 0..[0, 0, 0, 1, 2][dice.below(5)] {
        change(dice, &mut root, &keys);
    }
    let text = written(dice, &root);
    if dice.chance(0.05) { scratched(dice, &text) } else { text }
}

/// One of the three forms of a prediction.
fn task(dice: &mut Dice, author: &mut ExerciseAuthor) -> (String, Value) {
    let of = |written: &str| {
        let sections = EXERCISE.sections();
        *sections.iter().find(|section| section.written == written).unwrap()
    };
    match dice.below(3) {
        0 => ("draw".to_owned(), Value::Table(table(dice, author, of("[step.draw]")))),
        1 => ("order".to_owned(), Value::Table(table(dice, author, of("[step.order]")))),
        _ => {
            let option = |dice: &mut Dice, that: &str| {
                vec![
                    (
                        "says".to_owned(),
                        Value::Plain(quoted(&format!("x{}", free_text(dice).replace('\n', " ")))),
                    ),
                    ("that".to_owned(), Value::Plain(quoted(that))),
                ]
            };
            let options = [
                option(dice, "end(cac) in usual >= 0 AU"),
                option(dice, "end(cac) in usual < 0 AU"),
            ];
            ("option".to_owned(), Value::Tables(options.to_vec()))
        }
    }
}

pub(super) fn execute(text: &str) -> Result<Ending, Broken> {
    let loaded = read_exercise("small.toml", text, &read);
    let Some(exercise) = loaded.exercise else {
        properties::refusal(&loaded.problems, &loaded.texts)?;
        return Ok(Ending::Refused);
    };
    properties::told(&loaded.problems, &loaded.texts)?;
    let played = match play(exercise, &loaded.texts, &|_| true) {
        Ok(played) => played,
        // The file is sound; what the model says to it is another matter.
        Err(why) => return failure(&why).map(|_| Ending::Accepted),
    };
    let pages = ExercisePages { played: &played, judged: &[], why: None, explorer: None };
    let told = |error: crate::plots::FigureError| error.to_string();
    let of_students = page(&pages).map_err(told)?;
    let of_teacher = html::page(&teacher::document(&pages, "small.toml")).map_err(told)?;
    for page in [of_students, of_teacher] {
        harmless(&page)?;
        // Policy and program are the only scripts.
        ensure(page.matches("<script").count() == 2, || "a script of a stranger".to_owned())?;
    }
    Ok(Ending::Ran)
}

/// An exercise with a step of each form.
static PLAYED: LazyLock<Played> = LazyLock::new(|| {
    let text = "scenario = \"base.toml\"\n\
        [[step]]\nname = \"curve\"\nquestion = \"?\"\nexplanation = \"!\"\n\
        draw = { readout = \"cac\", arm = \"k2\", limits = [0, 100] }\n\
        [[step]]\nname = \"order\"\nquestion = \"?\"\nexplanation = \"!\"\norder = { by = \"end(mk7_plasma_ug)\" }\n\
        [[step]]\nname = \"choice\"\nquestion = \"?\"\nexplanation = \"!\"\n\
        [[step.option]]\nsays = \"yes\"\nthat = \"end(cac) in k2 >= 0 AU\"\n\
        [[step.option]]\nsays = \"no\"\nthat = \"end(cac) in k2 < 0 AU\"\n";
    let read = read_exercise("small.toml", text, &read);
    play(read.exercise.unwrap(), &read.texts, &|_| true).unwrap()
});

pub(super) fn generate_answers(dice: &mut Dice) -> String {
    let strange = ["-1", "1e999", "null", "\"50\"", "100.1", "NaN", "[]", "1e-320"];
    let number = |dice: &mut Dice| match dice.chance(0.004) {
        true => (*dice.pick(&strange)).to_owned(),
        false => (100.0 * dice.share()).to_string(),
    };
    let count = if dice.chance(0.05) { dice.below(20) } else { 11 };
    let curve: Vec<String> = (0..count).map(|_| number(dice)).collect();
    let orders =
        ["\"usual\",\"k2\"", "\"k2\",\"usual\"", "\"k2\",\"usual\"", "\"k2\"", "\"k2\",\"k2\""];
    let order = orders[if dice.chance(0.1) { dice.below(5) } else { dice.below(3) }];
    let choice = if dice.chance(0.05) { dice.below(9) } else { dice.below(2) };
    let name = serde_json::Value::String(free_text(dice).chars().take(60).collect());
    let version = if dice.chance(0.03) { 2 } else { VERSION };
    let digest = if dice.chance(0.03) { "0" } else { PLAYED.digest.as_str() };
    let text = format!(
        "{{\"format\":\"{FORMAT}\",\"version\":{version},\"exercise\":\"small\",\"digest\":\"{digest}\",\"name\":{name},\
         \"answers\":{{\"curve\":{{\"curve\":[{}]}},\"order\":{{\"order\":[{order}]}},\"choice\":{{\"choice\":{choice}}}}}}}",
        curve.join(",")
    );
    if dice.chance(0.1) { scratched(dice, &text) } else { text }
}

pub(super) fn execute_answers(text: &str) -> Result<Ending, Broken> {
    let read = exercise_of(text).and_then(|_| Student::read("a.json", text, &PLAYED));
    let student = match read {
        Ok(student) => student,
        Err(why) => return failure(&why),
    };
    let students = [student];
    for cell in rows(&PLAYED, &students).iter().flatten() {
        ensure(!cell.starts_with(['=', '+', '@']), || format!("a formula: {cell}"))?;
    }
    let overview = document(&PLAYED, &students);
    ensure(overview["students"] == 1, || "a student is lost".to_owned())?;
    let page = html::page(&crate::report::class::document(&PLAYED, &students));
    harmless(&page.map_err(|error| error.to_string())?)?;
    Ok(Ending::Ran)
}
