//! A class exercise, checked and resolved against its scenario.

use crate::error::problem::SourceSpan;
use crate::form::vocabulary::vocabulary;
use crate::physiology::quantities::Quantity;
use crate::scenario::Scenario;
use crate::scenario::claims::Expression;
use crate::scenario::claims::sentence::{RunNumber, Sentence};

/// Questions about a scenario, each predicted, answered by the model and explained.
#[derive(Clone, Debug)]
pub(crate) struct Exercise {
    /// The file's stem.
    pub id: String,
    pub title: String,
    pub situation: Option<Sentence<RunNumber>>,
    /// The scenario that answers, with the claims of the exercise instead of its own.
    pub scenario: Scenario,
    pub steps: Vec<Step>,
    pub why: Option<WhyPair>,
    pub teacher: Teacher,
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub name: String,
    /// Its place in the texts of the exercise.
    pub span: SourceSpan,
    pub question: Sentence<RunNumber>,
    pub idea: Option<Idea>,
    pub task: Task,
    pub explanation: Sentence<RunNumber>,
    /// Id of a shipped statement.
    pub verdict: Option<String>,
    /// What students usually predict; may be empty.
    pub expected: String,
}

/// The form of a prediction.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Draw(Draw),
    Order(Order),
    /// One of at least two options is right.
    Choose(Vec<Choice>),
}

/// A curve of a read-out over time.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    pub quantity: &'static Quantity,
    /// Name of the arm.
    pub arm: String,
    /// Names of arms that are shown beforehand.
    pub given: Vec<String>,
    pub limits: Option<(f64, f64)>,
    pub compared: Compared,
}

/// An order of arms, the highest value first.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The value as written.
    pub by: String,
    /// Name of each arm with its value.
    pub arms: Vec<(String, Expression)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub says: String,
    /// Position of its condition among the claims.
    pub claim: usize,
}

/// Two arms whose difference is explained.
#[derive(Clone, Debug)]
pub(crate) struct WhyPair {
    pub from: String,
    pub to: String,
    pub outcomes: Vec<String>,
}

/// For the teacher; texts may be empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Teacher {
    pub age: String,
    pub minutes: Option<u64>,
    pub prior_knowledge: String,
    /// Minutes and what happens in them.
    pub plan: Vec<(u64, String)>,
}

vocabulary! {
    /// An idea that is known to resist teaching.
    Idea {
        /// What is regulated hardly changes.
        Regulation: "regulation",
        /// Less growth is not removal.
        Removal: "removal",
        /// Milligrams of the artery against grams of the skeleton.
        Scale: "scale",
        /// An effect against a correlation.
        Correlation: "correlation",
    }
}

vocabulary! {
    /// The part of two curves that is compared.
    #[derive(Default)]
    Compared {
        #[default]
        End: "end",
        Highest: "highest",
        Lowest: "lowest",
        /// Every time; the farthest counts.
        Course: "course",
    }
}
