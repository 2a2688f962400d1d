//! `like`: the layers that arms inherit from each other, each applied once however many arms are
//! like it.

use crate::error::suggest::unknown_arm;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, get, table, tables, text};
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::scenario::extend::merge;
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::overrides::Changes;
use crate::scenario::parameter_values::parameter_values;
use crate::scenario::scenario_settings::{ArmSettings, ScenarioSettings};
use std::collections::HashMap;

/// More supplements, phases and habits than these the arms of a file do not inherit in all.
const INHERITED_LIMIT: usize = 1_000_000;

/// An arm with all that it inherits, before the changes from day 0.
pub(crate) struct Inherited<'a> {
    pub tables: ArmTables<'a>,
    /// Life before day 0, without changes.
    pub habitual: Lifestyle,
    /// Life from day 0, upon the habitual one under the changes.
    pub from_start: Lifestyle,
}

/// The table of an arm and those that it is `like`, all as one.
pub(crate) struct ArmTables<'a> {
    pub node: &'a Node,
    /// Index of the arm that it is `like`.
    like: Option<usize>,
    pub settings: ArmSettings,
    /// Entries of `[parameters]`, each once.
    given: Vec<&'a Entry>,
    pub person: Vec<Entry>,
    /// Indices of the arms with phases, the farthest first.
    phased: Vec<usize>,
}

/// The arms of a file on their way to be resolved.
pub(crate) struct Inheritance<'a> {
    root: &'a Entries,
    nodes: &'a [Node],
    settings: &'a ScenarioSettings,
    changes: &'a Changes,
    by_name: HashMap<&'a str, usize>,
    resolved: Vec<Option<Inherited<'a>>>,
    /// Number of layers, supplements and phases so far.
    size: usize,
}

impl<'a> Inheritance<'a> {
    pub(crate) fn new(
        root: &'a Entries,
        nodes: &'a [Node],
        settings: &'a ScenarioSettings,
        changes: &'a Changes,
    ) -> Self {
        // Of equal names, which are an error, the first counts.
        let named = nodes.iter().enumerate().rev();
        let by_name =
            named.filter_map(|(at, arm)| Some((text(arm.entries(), "name")?, at))).collect();
        let resolved = nodes.iter().map(|_| None).collect();
        Self { root, nodes, settings, changes, by_name, resolved, size: 0 }
    }

    /// The arm with this index, and the tables with phases of its chain, the farthest first; `None`,
    /// reported, once the arms inherit too much.
    pub(crate) fn arm(
        &mut self,
        index: usize,
        problems: &mut Problems,
    ) -> Option<(&Inherited<'a>, Vec<&'a Node>)> {
        for (index, like) in self.unresolved(index, problems).into_iter().rev() {
            let node = self.nodes.get(index)?;
            if self.size > INHERITED_LIMIT {
                let message = format!(
                    "the arms inherit more than {INHERITED_LIMIT} supplements, phases and habits \
                     by `like`"
                );
                let help = "take out some of the `like`, or write fewer arms into one file";
                problems.error(&node.span, message, "", help);
                return None;
            }
            let tables = self.tables(index, node, like, problems);
            let inherited = self.live(tables, problems);
            let Inherited { tables, habitual, from_start } = &inherited;
            self.size += habitual.regimens.len() + from_start.regimens.len() + tables.phased.len();
            if let Some(place) = self.resolved.get_mut(index) {
                *place = Some(inherited);
            }
        }
        let inherited = self.resolved.get(index)?.as_ref()?;
        let phased = inherited.tables.phased.iter().filter_map(|at| self.nodes.get(*at));
        Some((inherited, phased.collect()))
    }

    /// The arms that must be resolved for this one, the nearest first, each with the one that it is
    /// `like`; reports unknown ones and rings.
    fn unresolved(&self, index: usize, problems: &mut Problems) -> Vec<(usize, Option<usize>)> {
        let mut way: Vec<(usize, Option<usize>)> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let mut current = Some(index);
        while let Some(at) =
            current.filter(|at| self.resolved.get(*at).is_some_and(Option::is_none))
        {
            let next = self.nodes.get(at).and_then(|node| self.like(node, problems));
            places.insert(at, way.len());
            let ring = next.is_some_and(|(next, _)| places.contains_key(&next));
            if let Some((_, node)) = next.filter(|_| ring) {
                let wanted = node.text().unwrap_or_default();
                let message = format!("the arms are like each other in a ring, at \"{wanted}\"");
                problems.error(&node.span, message, "", "take out one of the `like`");
            }
            let next = next.map(|(next, _)| next).filter(|_| !ring);
            way.push((at, next));
            current = next;
        }
        way
    }

    /// The index of the arm that a table is `like`, and the node that says so.
    fn like(&self, arm: &'a Node, problems: &mut Problems) -> Option<(usize, &'a Node)> {
        let node = get(arm.entries(), "like")?;
        let wanted = node.text().unwrap_or_default();
        let found = self.by_name.get(wanted);
        if found.is_none() {
            let names = self.nodes.iter().filter_map(|arm| text(arm.entries(), "name"));
            problems.misread_at(&node.span, unknown_arm(wanted, names, 0..0));
        }
        Some((*found?, node))
    }

    fn resolved(&self, arm: Option<usize>) -> Option<&Inherited<'a>> {
        self.resolved.get(arm?)?.as_ref()
    }

    /// Adds a table to those of the arm that it is `like`.
    fn tables(
        &self,
        index: usize,
        node: &'a Node,
        like: Option<usize>,
        problems: &mut Problems,
    ) -> ArmTables<'a> {
        let base = self.resolved(like).map(|base| &base.tables);
        let entries = node.entries();
        let mut settings = base.map_or(&self.settings.usual, |base| &base.settings).clone();
        settings.add(entries, &self.settings.sets, problems);
        let of_file = table(self.root, "parameters");
        let given = base.map_or_else(|| of_file.iter().collect(), |base| base.given.clone());
        let given = layered(given.into_iter().chain(table(entries, "parameters")));
        let person = base.map_or_else(|| table(self.root, "person"), |base| &base.person);
        let person = merge(person.to_vec(), table(entries, "person").to_vec());
        let mut phased = base.map_or_else(Vec::new, |base| base.phased.clone());
        phased.extend(tables(entries, "phase").next().map(|_| index));
        ArmTables { node, like, settings, given, person, phased }
    }

    /// Applies the layers of the life of an arm, upon those of the arm that it is `like` where
    /// these are the same for both.
    fn live(&mut self, tables: ArmTables<'a>, problems: &mut Problems) -> Inherited<'a> {
        let node = tables.node;
        // The values are checked, and reported, when the arm is resolved.
        let (parameters, _) =
            tables.parameters(self.settings, self.changes, &mut Problems::default());
        let fresh = Lifestyle::new(Inputs::reference(&parameters), self.settings.start_date);
        let same = self.resolved(tables.like).filter(|base| base.habitual.usual == fresh.usual);
        let habits = |node: &'a Node| table(node.entries(), "habitual");
        let mut applied = 0;
        let mut habitual = match same {
            Some(base) => base.habitual.clone(),
            None => {
                let mut life = fresh;
                life.apply(LifestyleLayer::Habitual, table(self.root, "habitual"), problems);
                for node in self.chain(tables.like) {
                    life.apply(LifestyleLayer::Habitual, habits(node), problems);
                    applied += 1;
                }
                life
            }
        };
        habitual.apply(LifestyleLayer::Habitual, habits(node), problems);
        let changed = |node: &Node| {
            let own = text(node.entries(), "name").and_then(|name| self.changes.of_arms.get(name));
            own.is_some_and(|changes| !changes.habitual.is_empty())
        };
        let same = same
            .filter(|base| habits(node).is_empty() && !changed(node) && !changed(base.tables.node));
        let mut from_start = match same {
            Some(base) => base.from_start.clone(),
            None => {
                let mut life = changed_habitual(&habitual, tables.name(), self.changes, problems);
                for node in self.chain(tables.like) {
                    life.apply(LifestyleLayer::Arm, node.entries(), problems);
                    applied += 1;
                }
                life
            }
        };
        from_start.apply(LifestyleLayer::Arm, node.entries(), problems);
        self.size += applied;
        Inherited { tables, habitual, from_start }
    }

    /// The tables of an arm and those that it is `like`, the farthest first.
    fn chain(&self, arm: Option<usize>) -> impl Iterator<Item = &'a Node> + use<'a> {
        let next = |arm: &&Inherited<'a>| self.resolved(arm.tables.like);
        let nearest_first = std::iter::successors(self.resolved(arm), next);
        let nodes: Vec<&'a Node> = nearest_first.map(|arm| arm.tables.node).collect();
        nodes.into_iter().rev()
    }
}

/// Life before day 0 under the changes.
pub(super) fn changed_habitual(
    habitual: &Lifestyle,
    arm: &str,
    changes: &Changes,
    problems: &mut Problems,
) -> Lifestyle {
    let mut life = habitual.clone();
    for changes in changes.of(arm) {
        life.apply(LifestyleLayer::Dialed, &changes.habitual, problems);
    }
    life
}

impl ArmTables<'_> {
    /// The parameters under the changes, and which of them differ from the hypothesis set.
    pub(crate) fn parameters(
        &self,
        settings: &ScenarioSettings,
        changes: &Changes,
        problems: &mut Problems,
    ) -> (Parameters<f64>, Vec<(String, f64)>) {
        let hypothesis = settings.hypothesis_of(&self.settings);
        let changed = changes.of(self.name()).flat_map(|changes| &changes.parameters);
        let given = layered(self.given.iter().copied().chain(changed));
        parameter_values(hypothesis.parameters(), &given, settings.beyond_range, problems)
    }

    pub(crate) fn name(&self) -> &str {
        text(self.node.entries(), "name").unwrap_or_default()
    }
}

/// The entries of layers, each key once: at its first place, with its last value.
fn layered<'a>(layers: impl Iterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for entry in layers {
        let position = *positions.entry(&entry.key).or_insert(entries.len());
        match entries.get_mut(position) {
            Some(earlier) => *earlier = entry,
            None => entries.push(entry),
        }
    }
    entries
}
