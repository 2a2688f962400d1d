//! The answers of a class, counted.

use serde_json::{Value, json};

use crate::about::PROGRAM;
use crate::class::answers::{OVERVIEW, Student, VERSION};
use crate::class::exercise::{Idea, Step, Task};
use crate::class::played::{Answered, Model, Played, Prediction};
use crate::printed::cell;
use crate::units::number::exact;

/// Headings of [`rows`].
pub(crate) const HEADINGS: [&str; 6] = ["student", "file", "step", "kind", "prediction", "right"];
/// Share of right predictions below which an idea resists.
const RESISTS: f64 = 0.5;

/// The predictions of a step.
#[derive(Debug)]
pub(crate) struct Count<'a> {
    pub step: &'a Step,
    pub answered: &'a Answered,
    /// Predictions that are there, and right ones among them.
    pub all: usize,
    pub right: usize,
    pub kind: Counted,
}

/// Predictions by their form.
#[derive(Debug)]
pub(crate) enum Counted {
    Curves(Vec<Vec<f64>>),
    /// Every order that was given, the most frequent first.
    Orders(Vec<(Vec<usize>, usize)>),
    /// One number for each option.
    Choices(Vec<usize>),
}

impl Count<'_> {
    /// True if fewer than half of the predictions are right.
    #[allow(clippy::cast_precision_loss)] // counts of students
    pub(crate) fn resists(&self) -> bool {
        self.all > 0 && (self.right as f64) < RESISTS * self.all as f64
    }
}

/// The predictions of each step.
pub(crate) fn counts<'a>(played: &'a Played, students: &[Student]) -> Vec<Count<'a>> {
    let of_step = |(position, (step, answered)): (usize, (&'a Step, &'a Answered))| {
        let own: Vec<&Prediction> =
            students.iter().filter_map(|one| one.predictions.get(position)?.as_ref()).collect();
        let right = own.iter().filter(|one| answered.is_right(step, one) == Some(true)).count();
        Count { step, answered, all: own.len(), right, kind: counted(step, &own) }
    };
    played.steps().enumerate().map(of_step).collect()
}

fn counted(step: &Step, own: &[&Prediction]) -> Counted {
    match &step.task {
        Task::Draw(_) => {
            let curves = own.iter().filter_map(|one| match one {
                Prediction::Curve(values) => Some(values.clone()),
                _ => None,
            });
            Counted::Curves(curves.collect())
        }
        Task::Order(_) => {
            let mut orders: Vec<(Vec<usize>, usize)> = Vec::new();
            for one in own {
                let Prediction::Order(order) = one else { continue };
                match orders.iter_mut().find(|(known, _)| known == order) {
                    Some((_, count)) => *count += 1,
                    None => orders.push((order.clone(), 1)),
                }
            }
            orders.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            Counted::Orders(orders)
        }
        Task::Choose(options) => {
            let is = |at: usize| own.iter().filter(|one| ***one == Prediction::Choice(at)).count();
            Counted::Choices((0..options.len()).map(is).collect())
        }
    }
}

/// One row for each prediction.
pub(crate) fn rows(played: &Played, students: &[Student]) -> Vec<Vec<String>> {
    let of_student = |student: &Student| {
        let steps = played.steps().zip(&student.predictions);
        let row = |((step, answered), prediction): ((&Step, &Answered), &Option<Prediction>)| {
            let prediction = prediction.as_ref()?;
            let (kind, words) = in_words(answered, prediction);
            let right = answered.is_right(step, prediction)?.to_string();
            let cells = [&*student.name, &student.file, &step.name, kind, &words, &right];
            Some(cells.map(|words| cell(words).into_owned()).to_vec())
        };
        steps.filter_map(row).collect::<Vec<_>>()
    };
    students.iter().flat_map(of_student).collect()
}

fn in_words(answered: &Answered, prediction: &Prediction) -> (&'static str, String) {
    match (prediction, &answered.model) {
        (Prediction::Curve(values), _) => {
            ("curve", values.iter().map(|value| exact(*value)).collect::<Vec<_>>().join(" "))
        }
        (Prediction::Order(order), Model::Order(model)) => (
            "order",
            order
                .iter()
                .filter_map(|at| model.names.get(*at).cloned())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        (Prediction::Order(_), _) => ("order", String::new()),
        (Prediction::Choice(own), _) => ("choice", own.to_string()),
    }
}

/// The same as one document.
pub(crate) fn document(played: &Played, students: &[Student]) -> Value {
    let steps = counts(played, students).into_iter().map(|count| {
        let (kind, told) = match (&count.kind, &count.answered.model) {
            (Counted::Curves(curves), _) => ("curves", json!(curves)),
            (Counted::Choices(choices), _) => ("choices", json!(choices)),
            (Counted::Orders(orders), Model::Order(model)) => {
                let names = |order: &[usize]| {
                    order
                        .iter()
                        .filter_map(|at| model.names.get(*at))
                        .collect::<Vec<_>>()
                        .into_iter()
                        .cloned()
                        .collect::<Vec<_>>()
                };
                let told = orders
                    .iter()
                    .map(|(order, count)| json!({ "order": names(order), "count": count }));
                ("orders", told.collect())
            }
            (Counted::Orders(_), _) => ("orders", json!([])),
        };
        let mut step = json!({
            "name": count.step.name,
            "idea": count.step.idea.map(Idea::name),
            "answered": count.all,
            "right": count.right,
            "resists": count.resists(),
        });
        if let Some(step) = step.as_object_mut() {
            step.insert(kind.to_owned(), told);
        }
        step
    });
    json!({
        "format": OVERVIEW,
        "version": VERSION,
        "program": PROGRAM,
        "exercise": played.exercise.id,
        "digest": played.digest,
        "students": students.len(),
        "steps": steps.collect::<Vec<_>>(),
    })
}
