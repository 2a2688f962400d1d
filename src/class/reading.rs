//! Reads a class exercise and its scenario, with all problems at once.

use crate::class::exercise::{Exercise, Idea, Step, Teacher, WhyPair};
use crate::class::keys::EXERCISE;
use crate::error::problem::{Problem, SourceSpan};
use crate::error::suggest::{did_you_mean, known_words};
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, list, table, tables, text, texts};
use crate::form::{self, Read, named_file, stem};
use crate::library::lessons::{LESSONS, lesson};
use crate::scenario::claims::sentence::{RunNumber, Sentence};
use crate::scenario::claims::{Claim, Expression, Scope};
use crate::scenario::safe_name::unsafe_name;
use crate::scenario::{Overrides, Scenario, load};
use crate::units::date::Date;
use crate::verdicts::VERDICTS;

/// Most steps, options, and minutes of anything.
pub(super) const MOST: usize = 30;

/// An exercise after reading, unless there were errors.
#[derive(Debug)]
pub(crate) struct ReadExercise {
    pub exercise: Option<Exercise>,
    /// The texts that were read, with their names.
    pub texts: Vec<(String, String)>,
    pub problems: Vec<Problem>,
}

/// True if a text has the keys of an exercise.
pub(crate) fn is_exercise(text: &str) -> bool {
    form::top_keys(text).iter().any(|key| key == "step" || key == "teacher")
}

/// Reads the file `name` with text `text`; `read` as of [`load`].
pub(crate) fn read(name: &str, text: &str, read: Read<'_>) -> ReadExercise {
    let mut problems = Problems::default();
    let root = form::read(&EXERCISE, text, 0, &mut problems);
    let mut texts = vec![(name.to_owned(), text.to_owned())];
    let scenario = scenario(&root, name, read, &mut texts, &mut problems);
    let exercise = scenario.map(|scenario| {
        let arms = scenario.arm_names().map(str::to_owned).collect();
        let mut reader = Reader {
            root: &root,
            arms,
            start_date: scenario.start_date,
            claims: Vec::new(),
            names: Vec::new(),
            problems: &mut problems,
        };
        reader.exercise(stem(name), scenario)
    });
    let sound = !problems.has_errors();
    ReadExercise { exercise: exercise.filter(|_| sound), texts, problems: problems.sorted() }
}

/// The scenario that the file names.
fn scenario(
    root: &Entries,
    name: &str,
    read: Read<'_>,
    texts: &mut Vec<(String, String)>,
    problems: &mut Problems,
) -> Option<Scenario> {
    let Some(node) = get(root, "scenario") else {
        if !problems.was_refused_at_top("scenario") && !problems.has_unreadable_part() {
            let file = SourceSpan { text: 0, bytes: 0..0 };
            let help = "write such as scenario = \"calcium_paradox\" (calcifate list lessons), or the path of a file";
            let has_arms =
                |(_, text): &(String, String)| form::top_keys(text).iter().any(|key| key == "arm");
            let message = match texts.first().is_some_and(has_arms) {
                true => "this is a scenario; an exercise names one and asks about it",
                false => "the exercise names no scenario",
            };
            problems.error(&file, message, "", help);
        }
        return None;
    };
    let wanted = node.text().unwrap_or_default();
    let (file, content) = if wanted.ends_with(".toml") {
        named_file(node, name, read, problems)?
    } else if let Some(lesson) = lesson(wanted) {
        (format!("scenarios/{wanted}.toml"), lesson.text.to_owned())
    } else {
        let meant = did_you_mean(wanted, LESSONS.iter().map(|lesson| lesson.name));
        let help =
            format!("{meant}`calcifate list lessons` shows all; a file of your own ends in .toml");
        problems.error(&node.span, format!("no shipped lesson is called \"{wanted}\""), "", help);
        return None;
    };
    let loaded = load(&file, &content, &Overrides::default(), read);
    let errors = loaded.problems.into_iter().filter(Problem::is_error);
    problems.shifted(errors.collect(), texts.len());
    texts.extend(loaded.texts);
    loaded.scenario
}

/// Reads an exercise about these arms.
pub(super) struct Reader<'a> {
    root: &'a Entries,
    pub(super) arms: Vec<String>,
    start_date: Option<Date>,
    claims: Vec<Claim>,
    /// Names of the claims; empty of conditions of options.
    names: Vec<String>,
    pub(super) problems: &'a mut Problems,
}

impl Reader<'_> {
    /// Reports what is wrong with a node.
    pub(super) fn wrong(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.error(&node.span, message, "", help);
    }

    /// The arms and dates that the exercise may name.
    pub(super) fn scope(&self) -> Scope<'_> {
        Scope { arms: &self.arms, start_date: self.start_date }
    }

    fn exercise(&mut self, id: String, scenario: Scenario) -> Exercise {
        for claim in tables(self.root, "claim") {
            let name = text(claim.entries(), "name").unwrap_or_default();
            if self.names.iter().any(|known| known == name) {
                let message = format!("two claims are named \"{name}\"");
                self.wrong(claim, message, "give each its own name");
            }
            self.claim(claim, name);
        }
        let steps = self.steps();
        Exercise {
            title: form::title(self.root, &id),
            situation: self.sentence(self.root, "situation"),
            steps,
            why: self.why(),
            teacher: self.teacher(),
            scenario: Scenario {
                claims: std::mem::take(&mut self.claims),
                statement: None,
                ..scenario
            },
            id,
        }
    }

    /// The position of the condition of a table among the claims.
    pub(super) fn claim(&mut self, own: &Node, name: &str) -> Option<usize> {
        self.required(own, &["that"]);
        let node = get(own.entries(), "that")?;
        let claim = Claim::read("", node.text().unwrap_or_default(), self.scope());
        self.claims.push(self.problems.value(node, claim)?);
        self.names.push(name.to_owned());
        Some(self.claims.len() - 1)
    }

    fn sentence(&mut self, entries: &Entries, key: &str) -> Option<Sentence<RunNumber>> {
        let node = get(entries, key)?;
        let words = node.text().map(str::trim_end).filter(|words| !words.trim().is_empty())?;
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let read = Sentence::of_run(words, self.scope(), &names);
        read.map_err(|misreads| {
            misreads.into_iter().for_each(|misread| self.problems.misread(node, misread));
        })
        .ok()
    }

    /// Reports keys of a table that are missing or have no words.
    pub(super) fn required(&mut self, own: &Node, keys: &[&str]) {
        for key in keys {
            let words = get(own.entries(), key).map(|node| node.text_or_number().into_owned());
            let is_there = words.is_some_and(|words| !words.trim().is_empty());
            if !is_there && !self.problems.was_refused(&own.span, key) {
                let help =
                    format!("write {key} = \"…\" in it; `calcifate schema exercise` has all keys");
                self.wrong(own, format!("there is no {key} here"), help);
            }
        }
    }

    fn steps(&mut self) -> Vec<Step> {
        let nodes: Vec<&Node> = tables(self.root, "step").collect();
        let file = SourceSpan { text: 0, bytes: 0..0 };
        let unreadable =
            self.problems.was_refused_at_top("step") || self.problems.has_unreadable_part();
        if nodes.is_empty() && !unreadable {
            let help = "write [[step]] with name, question, explanation and draw, order or option";
            self.problems.error(&file, "the exercise asks nothing: it has no step", "", help);
        }
        if nodes.len() > MOST {
            let message = format!("more than {MOST} steps");
            self.problems.error(&file, message, "", "a lesson has three to six");
        }
        let mut steps: Vec<Step> = Vec::new();
        for node in nodes.into_iter().take(MOST) {
            let Some(step) = self.step(node) else { continue };
            if steps.iter().any(|other| other.name == step.name) {
                let message = format!("two steps are named \"{}\"", step.name);
                self.wrong(node, message, "give each its own name: answers are kept by it");
            }
            steps.push(step);
        }
        steps
    }

    fn step(&mut self, node: &Node) -> Option<Step> {
        let own = node.entries();
        self.required(node, &["name", "question", "explanation"]);
        let name = get(own, "name");
        if let Some((name, reason)) = name.and_then(|name| Some((name, unsafe_name(name.text()?)?)))
        {
            let help = "a name has letters, digits, _ and -, such as \"artery\"";
            self.wrong(name, format!("the name {reason}"), help);
        }
        let verdict = get(own, "verdict").and_then(|node| self.verdict(node));
        let (question, explanation) =
            (self.sentence(own, "question"), self.sentence(own, "explanation"));
        let task = self.task(node);
        Some(Step {
            name: name?.text()?.to_owned(),
            span: node.span.clone(),
            question: question?,
            idea: text(own, "idea").and_then(Idea::by_name),
            task: task?,
            explanation: explanation?,
            verdict,
            expected: text(own, "expected").unwrap_or_default().trim().to_owned(),
        })
    }

    fn verdict(&mut self, node: &Node) -> Option<String> {
        let id = node.text().unwrap_or_default();
        let known = VERDICTS.iter().map(|file| file.name);
        if known.clone().any(|name| name == id) {
            return Some(id.to_owned());
        }
        let help = format!("{}`calcifate verdicts` shows all.", did_you_mean(id, known));
        self.wrong(node, format!("no shipped statement is called \"{id}\""), help);
        None
    }

    /// The name of an arm.
    pub(super) fn arm(&mut self, node: &Node) -> Option<String> {
        let name = node.text().unwrap_or_default();
        if self.arms.iter().any(|arm| arm == name) {
            return Some(name.to_owned());
        }
        let help = known_words("Arms", name, self.arms.iter().map(String::as_str));
        self.wrong(node, format!("unknown arm \"{name}\""), help);
        None
    }

    fn why(&mut self) -> Option<WhyPair> {
        let node = get(self.root, "why")?;
        let own = node.entries();
        self.required(node, &["from", "to"]);
        let [from, to] = ["from", "to"].map(|key| self.arm(get(own, key)?));
        let (from, to) = (from?, to?);
        for outcome in list(own, "outcomes") {
            let scope = Scope { arms: std::slice::from_ref(&from), ..self.scope() };
            let read = Expression::read(outcome.text().unwrap_or_default(), scope);
            self.problems.value(outcome, read);
        }
        if from == to {
            self.wrong(node, "both arms are the same", "name two arms that differ");
        }
        Some(WhyPair { from, to, outcomes: texts(own, "outcomes") })
    }

    fn teacher(&mut self) -> Teacher {
        let own = table(self.root, "teacher");
        let words = |own: &Entries, key: &str| text(own, key).unwrap_or_default().trim().to_owned();
        let minutes = self.minutes(own);
        let mut plan = Vec::new();
        for part in tables(own, "plan") {
            self.required(part, &["minutes", "does"]);
            let does = words(part.entries(), "does");
            plan.extend(self.minutes(part.entries()).map(|minutes| (minutes, does)));
        }
        let (age, prior_knowledge) = (words(own, "age"), words(own, "prior_knowledge"));
        Teacher { age, minutes, prior_knowledge, plan }
    }

    fn minutes(&mut self, own: &Entries) -> Option<u64> {
        self.problems.whole(get(own, "minutes")?, "minutes", 1, 1000)
    }
}
