//! A scenario file that is parsed and checked once and resolved again and again, each time with
//! other changes: what a sweep does for every run.

use crate::error::problem::{Problem, SourceSpan};
use crate::form::Read;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node};
use crate::scenario::arms::{arm, arm_tables, names};
use crate::scenario::extend::{merge, read_all};
use crate::scenario::hypothesis_sets::HypothesisSets;
use crate::scenario::inheritance::Inheritance;
use crate::scenario::observations::{self, Source};
use crate::scenario::overrides::Changes;
use crate::scenario::scenario_settings::{ScenarioSettings, start_date};
use crate::scenario::{Arm, Overrides, overrides};
use crate::units::date::Date;
use std::borrow::Cow;

/// A scenario file and all that it extends, before any change.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// The file as people call it.
    pub name: String,
    /// The texts that were read, with their names, the file's own first.
    pub texts: Vec<(String, String)>,
    pub arm_names: Vec<String>,
    /// The tables of the file and of all that it extends, as one file.
    pub root: Vec<Entry>,
    pub(super) nodes: Vec<Node>,
    /// Tables of observations.
    pub(super) data: Vec<Source>,
}

impl Template {
    /// Parses and checks a file; see [`crate::scenario::load`] for `read`.
    ///
    /// The template is of use only if there are no errors among the problems.
    pub(crate) fn read(name: &str, text: &str, read: Read<'_>) -> (Self, Vec<Problem>) {
        let mut problems = Problems::default();
        let template = Self::parse(name, text, read, &mut problems);
        (template, problems.sorted())
    }

    pub(super) fn parse(name: &str, text: &str, read: Read<'_>, problems: &mut Problems) -> Self {
        let mut texts = Vec::new();
        let mut chain = Vec::new();
        let file = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root = read_all(name, file, &mut texts, &mut chain, read, problems);
        if root.is_empty() && !problems.has_errors() {
            let span = SourceSpan { text: 0, bytes: 0..0 };
            let help = "`calcifate new NAME` writes a file to start from";
            problems.error(&span, "nothing stands in this file", "", help);
        }
        let data = observations::sources(&root, &mut texts, read, problems);
        let nodes = arm_tables(&root);
        let arm_names = if root.is_empty() { Vec::new() } else { names(&nodes, problems) };
        Self { name: name.to_owned(), texts, arm_names, root, nodes, data }
    }

    /// The arms under some changes, without claims and figures: quick.
    /// Errors: All problems, if there is an error among them.
    pub(crate) fn arms(&self, overrides: &Overrides) -> Result<Vec<Arm>, Vec<Problem>> {
        let mut problems = Problems::default();
        let arms = self.resolve(overrides, &mut problems);
        if problems.has_errors() { Err(named(problems, overrides)) } else { Ok(arms) }
    }

    /// The hypothesis sets that the file can choose from.
    pub(crate) fn hypothesis_sets(&self) -> HypothesisSets {
        HypothesisSets::read(&self.root, true, &mut Problems::default())
    }

    /// The date of day 0 under some changes, if it has one.
    pub(crate) fn start_date(&self, overrides: &Overrides) -> Option<Date> {
        let told_elsewhere = &mut Problems::default();
        let changes = overrides::read(overrides, &self.arm_names, told_elsewhere);
        start_date(&self.changed_root(&changes), told_elsewhere)
    }

    /// The tables of the file with the changes of keys at its top.
    fn changed_root(&self, changes: &Changes) -> Cow<'_, Entries> {
        if changes.root.is_empty() {
            return Cow::Borrowed(self.root.as_slice());
        }
        Cow::Owned(merge(self.root.clone(), changes.root.clone()))
    }

    /// Problems of the arms under some changes.
    pub(crate) fn problems(&self, overrides: &Overrides) -> Vec<Problem> {
        let mut problems = Problems::default();
        self.resolve(overrides, &mut problems);
        named(problems, overrides)
    }

    /// Resolves the arms that `--arm` names; all without it.
    pub(super) fn resolve(&self, overrides: &Overrides, problems: &mut Problems) -> Vec<Arm> {
        let changes = &overrides::read(overrides, &self.arm_names, problems);
        let root = self.changed_root(changes);
        let settings = ScenarioSettings::read(
            &root,
            overrides.hypothesis.as_deref(),
            overrides.beyond_range,
            problems,
        );
        let wanted = self.arm_names.iter().enumerate().filter(|(_, name)| {
            overrides.arms.is_empty() || overrides.arms.iter().any(|arm| arm == *name)
        });
        let mut inheritance = Inheritance::new(&root, &self.nodes, &settings, changes);
        let resolved = wanted.map_while(|(index, _)| {
            let (inherited, chain) = inheritance.arm(index, problems)?;
            Some(arm(inherited, &chain, &settings, changes, problems))
        });
        resolved.collect()
    }
}

/// The problems in order, those of changes with the name of the change.
pub(super) fn named(problems: Problems, overrides: &Overrides) -> Vec<Problem> {
    problems.named(&|index| overrides.texts().nth(index)).sorted()
}
