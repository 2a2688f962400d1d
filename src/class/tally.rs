//! The answers of a class, counted.

use serde_json::{Value, json};

use crate::about::PROGRAM;
use crate::class::answers::{OVERVIEW, Student, VERSION};
use crate::class::exercise::Idea;
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
    Orders(Vec<(Vec<String>, usize)>),
    /// One number for each option.
    Choices(Vec<usize>),
}

impl Count<'_> {
    /// True if fewer than half of the predictions are right.
    pub(crate) fn resists(&self) -> bool {
        self.all > 0 && (self.right as f64) < RESISTS * self.all as f64
    }
}

/// The predictions of each step.
pub(crate) fn counts<'a>(played: &'a Played, students: &[Student]) -> Vec<Count<'a>> {
    let of_step = |(position, answered): (usize, &'a Answered)| {
        let own: Vec<&Prediction> =
            students.iter().filter_map(|one| one.predictions.get(position)?.as_ref()).collect();
        let right = own.iter().filter(|one| answered.is_right(one) == Some(true)).count();
        Count { answered, all: own.len(), right, kind: counted(&answered.model, &own) }
    };
    played.steps.iter().enumerate().map(of_step).collect()
}

fn counted(model: &Model, own: &[&Prediction]) -> Counted {
    match model {
        Model::Curve(_) => {
            let curves = own.iter().filter_map(|one| match one {
                Prediction::Curve(values) => Some(values.clone()),
                _ => None,
            });
            Counted::Curves(curves.collect())
        }
        Model::Order(_) => {
            let mut orders: Vec<(Vec<String>, usize)> = Vec::new();
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
        Model::Choice(options, _) => {
            let is = |at: usize| own.iter().filter(|one| ***one == Prediction::Choice(at)).count();
            Counted::Choices((0..options.len()).map(is).collect())
        }
    }
}

/// One row for each prediction.
pub(crate) fn rows(played: &Played, students: &[Student]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for student in students {
        for (answered, prediction) in played.steps.iter().zip(&student.predictions) {
            let Some(prediction) = prediction else { continue };
            let (kind, words) = match prediction {
                Prediction::Curve(values) => {
                    let values: Vec<String> = values.iter().map(|value| exact(*value)).collect();
                    ("curve", values.join(" "))
                }
                Prediction::Order(names) => ("order", names.join(" ")),
                Prediction::Choice(own) => ("choice", own.to_string()),
            };
            let right = (answered.is_right(prediction) == Some(true)).to_string();
            let step = &answered.step.name;
            let cells = [&*student.name, &student.file, step, kind, &words, &right];
            rows.push(cells.map(|words| cell(words).into_owned()).to_vec());
        }
    }
    rows
}

/// The same as one document.
pub(crate) fn document(played: &Played, students: &[Student]) -> Value {
    let steps = counts(played, students).into_iter().map(|count| {
        let (kind, told) = match &count.kind {
            Counted::Curves(curves) => ("curves", json!(curves)),
            Counted::Choices(choices) => ("choices", json!(choices)),
            Counted::Orders(orders) => {
                let told = orders.iter();
                let told = told.map(|(order, count)| json!({ "order": order, "count": count }));
                ("orders", told.collect())
            }
        };
        json!({
            "name": count.answered.step.name,
            "idea": count.answered.step.idea.map(Idea::name),
            "answered": count.all,
            "right": count.right,
            "resists": count.resists(),
            (kind): told,
        })
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
