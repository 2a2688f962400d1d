//! The form of a question.

use serde::Deserialize;

use crate::library::builder::Value;

#[derive(Clone, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub(super) enum Request {
    /// Lessons, dials, foods, read-outs and words that there are.
    Catalogue {
        /// Scenarios of the page, in place of the shipped ones.
        #[serde(default)]
        scenarios: Vec<Named>,
    },
    Person(State),
    Run(Comparison),
    Curve(Curve),
    Why(Why),
    Scenario {
        arms: Vec<State>,
    },
    Csv {
        arms: Vec<State>,
    },
}

/// A scenario text with its name.
#[derive(Clone, Deserialize)]
pub(super) struct Named {
    pub name: String,
    pub text: String,
}

/// An arm: the text of a scenario, an arm of it, and the dials that were turned.
#[derive(Clone, Default, Deserialize)]
pub(super) struct State {
    /// Name in the comparison; that of the arm if left out.
    #[serde(default)]
    pub name: String,
    /// Words for tables and figures; those of the arm if left out.
    #[serde(default)]
    pub label: String,
    /// Text of the scenario.
    pub scenario: String,
    /// Name of the arm in the text; the first if left out.
    #[serde(default)]
    pub arm: String,
    /// Dials with their values, in order.
    #[serde(default)]
    pub settings: Vec<(String, Value)>,
    /// The set of contested effects, in place of that of the text.
    #[serde(default)]
    pub hypothesis: String,
}

/// Arms side by side, with the figures that are wanted.
#[derive(Clone, Deserialize)]
pub(super) struct Comparison {
    pub arms: Vec<State>,
    #[serde(default)]
    pub figures: Vec<String>,
    /// Words for what the last step turned, where many inputs follow from it, as from a food.
    #[serde(default)]
    pub what: String,
    /// Names of the arms that the figures show; all if left out.
    #[serde(default)]
    pub shown: Vec<String>,
    /// `wide` or `narrow` for the page, `svg` or `png` for a file.
    #[serde(default)]
    pub form: String,
}

/// Outcomes over one dial.
#[derive(Clone, Deserialize)]
pub(super) struct Curve {
    #[serde(flatten)]
    pub state: State,
    pub dial: String,
    /// Values of the dial; evenly spaced ones over its plausible range if left out.
    #[serde(default)]
    pub values: Vec<f64>,
    #[serde(default)]
    pub points: Option<usize>,
    /// The present value, which is marked.
    #[serde(default)]
    pub now: Option<f64>,
    /// The look of the arm in its comparison.
    #[serde(default)]
    pub look: usize,
    /// Values in the grammar of claims; the ends of bone and artery if left out.
    #[serde(default)]
    pub outcomes: Vec<String>,
    #[serde(default)]
    pub form: String,
}

/// The causes of the difference between two arms.
#[derive(Clone, Deserialize)]
pub(super) struct Why {
    pub arms: Vec<State>,
    #[serde(default)]
    pub outcomes: Vec<String>,
    #[serde(default)]
    pub form: String,
}
