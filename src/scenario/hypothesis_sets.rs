//! Hypothesis sets of a scenario: the shipped ones and those of its file, which differ from a
//! shipped one in some parameters.

use crate::error::problem::Misread;
use crate::error::suggest::known_words;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, get, table, text};
use crate::parameters::{Hypothesis, Parameters};
use crate::scenario::parameter_values::parameter_values;
use crate::scenario::safe_name::unsafe_name;
use std::sync::Arc;

/// A set of contested effects: a shipped one, or one of the file's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HypothesisSet {
    /// The set, or the one that the file's own differs from.
    pub(crate) shipped: Hypothesis,
    own: Option<Arc<OwnSet>>,
}

#[derive(Debug, PartialEq)]
struct OwnSet {
    name: String,
    parameters: Parameters<f64>,
    differences: Vec<(String, f64)>,
}

impl From<Hypothesis> for HypothesisSet {
    fn from(shipped: Hypothesis) -> Self {
        Self { shipped, own: None }
    }
}

impl HypothesisSet {
    /// The word used in files and tables.
    pub(crate) fn name(&self) -> &str {
        self.own.as_ref().map_or(self.shipped.name(), |own| &own.name)
    }

    /// The values of this set.
    pub(crate) fn parameters(&self) -> Parameters<f64> {
        self.own.as_ref().map_or_else(|| self.shipped.parameters(), |own| own.parameters)
    }

    /// Names and values of the parameters in which a file's own set differs from the shipped one;
    /// `None` of a shipped one.
    pub(crate) fn differences(&self) -> Option<&[(String, f64)]> {
        self.own.as_ref().map(|own| own.differences.as_slice())
    }

    /// The set that an answer is also asked of: the other shipped one, or the one it differs from.
    pub(crate) fn other(&self) -> Option<Hypothesis> {
        match &self.own {
            Some(_) => Some(self.shipped),
            None => Hypothesis::ALL.into_iter().find(|other| *other != self.shipped),
        }
    }
}

/// All sets that a file can choose from.
#[derive(Clone, Debug)]
pub(crate) struct HypothesisSets(Vec<HypothesisSet>);

impl HypothesisSets {
    /// The shipped sets and those of `[hypotheses]`; reports bad names and parameters.
    pub(crate) fn read(root: &Entries, beyond_range: bool, problems: &mut Problems) -> Self {
        let mut sets: Vec<HypothesisSet> = Hypothesis::ALL.map(HypothesisSet::from).to_vec();
        for entry in table(root, "hypotheses") {
            let shipped = Hypothesis::by_name(&entry.key).map(|_| "is that of a shipped set");
            if let Some(reason) = unsafe_name(&entry.key).or(shipped) {
                let help = "names of sets have letters, digits, _ and -, such as \"mine\"";
                let message = format!("the name \"{}\" of a hypothesis set {reason}", entry.key);
                problems.error(&entry.span, message, "", help);
            } else {
                sets.push(own_set(entry, beyond_range, problems));
            }
        }
        Self(sets)
    }

    pub(crate) fn named(&self, name: &str) -> Result<HypothesisSet, Misread> {
        self.0.iter().find(|set| set.name() == name).cloned().ok_or_else(|| {
            let known = known_words("Known", name, self.0.iter().map(HypothesisSet::name));
            let help = format!("{known} Sets of your own are written [hypotheses.NAME].");
            Misread::new(format!("unknown hypothesis set \"{name}\""), 0..0).help(help)
        })
    }

    /// The set that a key `hypothesis` chooses; reports an unknown one.
    pub(crate) fn chosen(
        &self,
        entries: &Entries,
        problems: &mut Problems,
    ) -> Option<HypothesisSet> {
        let node = get(entries, "hypothesis")?;
        let found = self.named(node.text()?);
        found.map_err(|misread| problems.misread_at(&node.span, misread)).ok()
    }

    /// The set that holds whatever the file says, if there is one of this name; reports an unknown
    /// one.
    pub(crate) fn forced(&self, name: &str, problems: &mut Problems) -> Option<HypothesisSet> {
        let unknown = |misread: Misread| problems.without_span(misread.message, misread.help);
        self.named(name).map_err(unknown).ok()
    }
}

fn own_set(entry: &Entry, beyond_range: bool, problems: &mut Problems) -> HypothesisSet {
    let entries = entry.node.entries();
    let shipped = text(entries, "like").and_then(Hypothesis::by_name).unwrap_or_default();
    let given: Vec<&Entry> = entries.iter().collect();
    let (parameters, differences) =
        parameter_values(shipped.parameters(), &given, beyond_range, problems);
    if differences.is_empty() && !problems.has_errors() {
        let message = format!("the hypothesis set {} is {}", entry.key, shipped.name());
        let help =
            "write the parameters in which it differs, such as osteocalcin_accretion_gain = 0.1";
        problems.warning(&entry.span, message, "", help);
    }
    let own = OwnSet { name: entry.key.clone(), parameters, differences };
    HypothesisSet { shipped, own: Some(Arc::new(own)) }
}
