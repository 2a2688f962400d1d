//! The model's answers to an exercise, and what a prediction is worth beside them.

use sha2::{Digest as _, Sha256};

use crate::about::MODEL_VERSION;
use crate::charts::chart::Chart;
use crate::charts::drawn_curve::{self, DrawnCurve};
use crate::checks::claims::value;
use crate::class::exercise::{Choice, Compared, Draw, Exercise, Order, Step, Task};
use crate::error::problem::SourceSpan;
use crate::library::run::Run;
use crate::plots::span::Clock;
use crate::scenario::claims::sentence::{RunNumber, Sentence};
use crate::scenario::figures::FigureRequest;
use crate::simulation::Options;
use crate::words::values;

/// Intervals between the times at which a curve is drawn.
const INTERVALS: u32 = 10;
/// Share of the axis by which a predicted curve may miss and is still near.
pub(crate) const NEAR: f64 = 0.1;
/// Digits of the hash of an exercise that are kept.
const SHOWN: usize = 6;

/// An exercise that the model has answered.
#[derive(Debug)]
pub(crate) struct Played {
    pub exercise: Exercise,
    pub run: Run,
    /// Stands for the texts of exercise and scenario and for the version of the model.
    pub digest: String,
    pub situation: String,
    /// One for each step.
    pub steps: Vec<Answered>,
}

/// A step with the model's answer and its texts with their numbers.
#[derive(Debug)]
pub(crate) struct Answered {
    pub step: Step,
    pub question: String,
    pub explanation: String,
    pub model: Model,
}

/// The task of a step with the model's answer.
#[derive(Debug)]
pub(crate) enum Model {
    Curve(Curve),
    /// The arms in the order of the step's list.
    Order(Vec<RankedArm>),
    /// The options in words, and the position of the one that holds.
    Choice(Vec<String>, usize),
}

#[derive(Debug)]
pub(crate) struct Curve {
    pub draw: Draw,
    /// Times at which it is drawn \[d\], the start among them, and their values.
    pub days: Vec<f64>,
    pub values: Vec<f64>,
    /// Ends of the value axis.
    pub limits: (f64, f64),
    pub clock: Clock,
}

#[derive(Debug)]
pub(crate) struct RankedArm {
    pub name: String,
    pub label: String,
    /// Its value as it is written: arms that read alike are alike.
    pub text: String,
    /// Number of arms with a higher value.
    pub rank: usize,
}

/// What a student predicts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Prediction {
    /// Values at the times of the curve.
    Curve(Vec<f64>),
    /// Names of the step's arms, the highest value first.
    Order(Vec<String>),
    /// Position of an option.
    Choice(usize),
}

/// Lets the model answer an exercise; `watch` as of a run.
/// Errors: Why it cannot, in one line with the step that asks.
pub(crate) fn play(
    mut exercise: Exercise,
    texts: &[(String, String)],
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Result<Played, String> {
    let run = exercise.scenario.run_with(&Options::default(), watch);
    let run = run.map_err(|incomplete| incomplete.to_string())?;
    exercise.scenario.clone_from(&run.scenario);
    let told = |what: &str, sentence: &Sentence<RunNumber>| {
        let untold =
            || format!("{what} names a number that cannot be told: a time lies outside the run");
        run.told(sentence).ok_or_else(untold)
    };
    let situation =
        exercise.situation.as_ref().map_or(Ok(String::new()), |text| told("situation", text))?;
    let answered = |step: &Step| {
        let of_step = |what: &str| format!("the {what} of step \"{}\"", step.name);
        Ok(Answered {
            step: step.clone(),
            question: told(&of_step("question"), &step.question)?,
            explanation: told(&of_step("explanation"), &step.explanation)?,
            model: model(step, &run).map_err(|why| {
                format!("line {}: step \"{}\": {why}", line(texts, &step.span), step.name)
            })?,
        })
    };
    let steps = exercise.steps.iter().map(answered).collect::<Result<_, String>>()?;
    let digest = digest(texts);
    Ok(Played { exercise, run, digest, situation, steps })
}

/// The line in which a part of the texts begins.
fn line(texts: &[(String, String)], span: &SourceSpan) -> usize {
    let before = texts.get(span.text).and_then(|(_, text)| text.get(..span.bytes.start));
    before.unwrap_or_default().matches('\n').count() + 1
}

fn digest(texts: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    hash.update(MODEL_VERSION);
    for (_, text) in texts {
        hash.update([0]);
        hash.update(text);
    }
    hash.finalize().iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect()
}

fn model(step: &Step, run: &Run) -> Result<Model, String> {
    match &step.task {
        Task::Draw(draw) => curve(draw, run).map(Model::Curve),
        Task::Order(order) => ranked(order, run).map(Model::Order),
        Task::Choose(options) => {
            let says = options.iter().map(|option| option.says.clone()).collect();
            choice(options, run).map(|right| Model::Choice(says, right))
        }
    }
}

fn curve(draw: &Draw, run: &Run) -> Result<Curve, String> {
    let own = run.arm(&draw.arm).ok_or("its arm did not run")?;
    let length = own.times_days().last().copied().unwrap_or(0.0);
    let share = |step: u32| length * f64::from(step) / f64::from(INTERVALS);
    let days: Vec<f64> = (0..=INTERVALS).map(share).collect();
    let values = days.iter().map(|day| own.trajectory.at(draw.quantity, *day));
    let values =
        values.collect::<Option<Vec<f64>>>().filter(|all| all.iter().all(|one| one.is_finite()));
    let values =
        values.ok_or_else(|| format!("{} has no value at some time", draw.quantity.label))?;
    let limits = draw.limits.unwrap_or_else(|| usual_limits(draw, run));
    let outside = values.iter().any(|value| !(limits.0..=limits.1).contains(value));
    if outside {
        return Err("the model's curve leaves the limits; make them wider".to_owned());
    }
    let clock = run.with_subject(&FigureRequest::default(), Clock::of);
    Ok(Curve { draw: draw.clone(), days, values, limits, clock })
}

/// Wide enough that the axis does not tell the answer: the values of all arms and the usual range,
/// and as much again.
fn usual_limits(draw: &Draw, run: &Run) -> (f64, f64) {
    let series = run.arms().flat_map(|(_, run)| run.trajectory.series(draw.quantity));
    let normal = draw.quantity.normal.into_iter().flat_map(|(low, high)| [low, high]);
    let all = series.chain(normal).filter(|value| value.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
    let room = 0.5 * (high - low).max(0.1 * high.abs()).max(1e-6);
    let below = low - room;
    (if low >= 0.0 { below.max(0.0) } else { below }, high + room)
}

fn ranked(order: &Order, run: &Run) -> Result<Vec<RankedArm>, String> {
    let find = |name: &str| run.arm(name).map(|run| &run.trajectory);
    let mut values = Vec::new();
    for (name, expression) in &order.arms {
        let arm = run.scenario.arms.iter().find(|arm| arm.name == *name);
        let number = value(expression, &find).filter(|number| number.is_finite());
        let (arm, number) =
            arm.zip(number).ok_or_else(|| format!("{} cannot be told of every arm", order.by))?;
        values.push((arm, number, values::value(expression, number)));
    }
    let ranked = values.iter().map(|(arm, number, text)| RankedArm {
        name: arm.name.clone(),
        label: arm.label.clone(),
        text: text.clone(),
        rank: values.iter().filter(|other| other.2 != *text && other.1 > *number).count(),
    });
    Ok(ranked.collect())
}

/// The one option whose condition holds.
fn choice(options: &[Choice], run: &Run) -> Result<usize, String> {
    let holds = |option: &Choice| {
        run.verdicts.get(option.claim).and_then(|verdict| verdict.holds()) == Some(true)
    };
    let right: Vec<usize> =
        options.iter().enumerate().filter(|(_, option)| holds(option)).map(|(at, _)| at).collect();
    match right.as_slice() {
        [only] => Ok(*only),
        [] => Err("by the model none of its options holds; add one that does".to_owned()),
        several => {
            let says = several.iter().filter_map(|at| options.get(*at));
            let says = says.map(|option| format!("“{}”", option.says));
            let says = says.collect::<Vec<_>>().join(" and ");
            Err(format!(
                "by the model more than one of its options holds: {says}; narrow their conditions"
            ))
        }
    }
}

impl Played {
    /// The chart on which a curve is drawn: with the given arms, and with the model's own curve and
    /// other people's if they are wanted.
    pub(crate) fn chart(&self, curve: &Curve, with_model: bool, drawn: &[Vec<f64>]) -> Chart {
        let Curve { draw, days, values, limits, clock } = curve;
        let mut arms = draw.given.clone();
        arms.extend(with_model.then(|| draw.arm.clone()));
        // An empty list would stand for all arms.
        let none = arms.is_empty();
        let wanted = FigureRequest { arms, ..FigureRequest::default() };
        self.run.with_subject(&wanted, |subject| {
            let mut subject = subject.clone();
            if none {
                subject.arms.clear();
            }
            let drawn = DrawnCurve {
                quantity: draw.quantity,
                arm: self.label(&draw.arm),
                model: with_model.then_some(values.as_slice()),
                days,
                drawn,
                limits: *limits,
                clock,
            };
            drawn_curve::chart(&subject, &drawn)
        })
    }

    /// The words of an arm.
    pub(crate) fn label(&self, name: &str) -> &str {
        let found = self.exercise.scenario.arms.iter().find(|arm| arm.name == name);
        found.map_or("", |arm| arm.label.as_str())
    }
}

impl Answered {
    /// Whether a prediction is right, of a curve: near; `None` if it is one of another kind.
    pub(crate) fn is_right(&self, prediction: &Prediction) -> Option<bool> {
        match (&self.model, prediction) {
            (Model::Curve(model), Prediction::Curve(own)) => {
                let near = NEAR * (model.limits.1 - model.limits.0);
                Some(distance(model.draw.compared, own, &model.values)? <= near)
            }
            (Model::Order(arms), Prediction::Order(own)) => {
                let rank = |name: &String| Some(arms.iter().find(|arm| arm.name == *name)?.rank);
                Some(own.iter().map(rank).collect::<Option<Vec<_>>>()?.is_sorted())
            }
            (Model::Choice(_, right), Prediction::Choice(own)) => Some(right == own),
            _ => None,
        }
    }
}

/// The distance of two curves in what is compared; `None` if they have other times.
fn distance(compared: Compared, own: &[f64], model: &[f64]) -> Option<f64> {
    let extreme = |all: &[f64], pick: fn(f64, f64) -> f64| all.iter().copied().reduce(pick);
    let [a, b] = match compared {
        _ if own.len() != model.len() => return None,
        Compared::End => [own.last().copied()?, model.last().copied()?],
        Compared::Highest => [extreme(own, f64::max)?, extreme(model, f64::max)?],
        Compared::Lowest => [extreme(own, f64::min)?, extreme(model, f64::min)?],
        Compared::Course => {
            return Some(own.iter().zip(model).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max));
        }
    };
    Some((a - b).abs())
}
