//! Answers that students saved: files of strangers, of which nothing is believed.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::class::played::{Answered, Model, Played, Prediction};
use crate::error::suggest::did_you_mean;

/// What a file of answers says of itself.
pub(crate) const FORMAT: &str = "calcifate class answers";
/// What an overview of a class says of itself.
pub(crate) const OVERVIEW: &str = "calcifate class overview";
/// The version of the format that the pages of this program write.
pub(crate) const VERSION: u64 = 1;
/// Largest file of answers \[bytes\].
pub(crate) const LARGEST: u64 = 100_000;
/// Longest name \[letters\]; the pages allow no longer one.
pub(crate) const LONGEST_NAME: usize = 60;

/// The answers of one student, checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Student {
    /// Name of the file.
    pub file: String,
    /// As the student wrote it; may be empty.
    pub name: String,
    /// One for each step, where there is an answer.
    pub predictions: Vec<Option<Prediction>>,
}

/// A file as it is read; what is not named here is not looked at.
#[derive(Debug, Deserialize)]
struct Saved {
    format: Option<String>,
    version: Option<u64>,
    exercise: Option<String>,
    digest: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    answers: BTreeMap<String, SavedAnswer>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SavedAnswer {
    Curve(Vec<Option<f64>>),
    Order(Vec<String>),
    Choice(u64),
}

/// The exercise that a file of answers names; `None` of a file of another kind of ours.
/// Errors: What is wrong with it and what to do, in one line.
pub(crate) fn exercise_of(text: &str) -> Result<Option<String>, String> {
    let saved = saved(text)?;
    match (saved.format.as_deref(), saved.version, saved.exercise) {
        (Some(OVERVIEW), ..) => Ok(None),
        (Some(FORMAT), Some(VERSION), Some(exercise)) => Ok(Some(exercise)),
        (Some(FORMAT), Some(VERSION), None) => {
            Err("it names no exercise; save it again from the page".to_owned())
        }
        (Some(FORMAT), Some(other), _) => Err(format!(
            "its format has version {other}, this program reads {VERSION}; use the program that made the page, or make the page again"
        )),
        (Some(FORMAT), None, _) => {
            Err("it says no version; save it again from the page of the exercise".to_owned())
        }
        _ => Err(format!(
            "it does not say format \"{FORMAT}\"; it was not saved by the page of an exercise: take it out of the folder"
        )),
    }
}

fn saved(text: &str) -> Result<Saved, String> {
    serde_json::from_str(text).map_err(|error| {
        format!("no answers can be read: {error}; save them again from the page of the exercise")
    })
}

impl Student {
    /// Reads the answers to an exercise.
    /// Errors: What is wrong with them and what to do, in one line.
    pub(crate) fn read(file: &str, text: &str, played: &Played) -> Result<Self, String> {
        let saved = saved(text)?;
        if saved.digest.as_deref() != Some(&played.digest) {
            return Err("the exercise, its scenario or the model has changed since the page was made; collect with the files that made the page".to_owned());
        }
        let name = saved.name.trim();
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "the name is longer than {LONGEST_NAME} letters; shorten it on the page and save again"
            ));
        }
        let names = || played.exercise.steps.iter().map(|step| step.name.as_str());
        if let Some(unknown) = saved.answers.keys().find(|key| !names().any(|name| name == *key)) {
            let meant = did_you_mean(unknown, names());
            return Err(format!(
                "the exercise has no step \"{unknown}\"; {meant}save it again from the page"
            ));
        }
        let mut predictions = Vec::new();
        for Answered { step, model, .. } in &played.steps {
            let read = saved.answers.get(&step.name).map(|own| prediction(own, model));
            let read = read.transpose().map_err(|why| format!("step \"{}\": {why}", step.name))?;
            predictions.push(read);
        }
        if predictions.iter().all(Option::is_none) {
            return Err("no step is answered; predict on the page, then save again".to_owned());
        }
        Ok(Self { file: file.to_owned(), name: name.to_owned(), predictions })
    }
}

fn prediction(saved: &SavedAnswer, model: &Model) -> Result<Prediction, String> {
    const AGAIN: &str = "draw it again on the page and save";
    match (saved, model) {
        (SavedAnswer::Curve(own), Model::Curve(model)) => {
            let (wanted, count) = (model.values.len(), own.len());
            if count != wanted {
                let points = if count == 1 { "point" } else { "points" };
                return Err(format!("the curve has {count} {points} instead of {wanted}; {AGAIN}"));
            }
            let values: Option<Vec<f64>> = own.iter().copied().collect();
            let values =
                values.ok_or_else(|| format!("a value of the curve is no number; {AGAIN}"))?;
            let (low, high) = model.limits;
            // The page saves six digits.
            let beyond = 1e-5 * low.abs().max(high.abs());
            if !values.iter().all(|value| (low - beyond..=high + beyond).contains(value)) {
                return Err(format!("the curve leaves the axis, {low} to {high}; {AGAIN}"));
            }
            Ok(Prediction::Curve(values.iter().map(|value| value.clamp(low, high)).collect()))
        }
        (SavedAnswer::Order(own), Model::Order(arms)) => {
            let known: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
            let is_there = |name: &&str| own.iter().any(|one| one == name);
            if own.len() == known.len() && known.iter().all(is_there) {
                return Ok(Prediction::Order(own.clone()));
            }
            let known = known.join(", ");
            Err(format!(
                "the order does not hold each of {known} once; order them again on the page"
            ))
        }
        (SavedAnswer::Choice(own), Model::Choice(options, _)) => {
            let own = usize::try_from(*own).ok().filter(|own| *own < options.len());
            let count = options.len();
            own.map(Prediction::Choice).ok_or_else(|| {
                format!("there are {count} options, counted from 0; choose again on the page")
            })
        }
        _ => Err("the answer is of another kind than the question; save it again from the page"
            .to_owned()),
    }
}
