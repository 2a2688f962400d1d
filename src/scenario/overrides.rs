//! Changes after everything that files say: texts of `--set KEY=VALUE`, then dials that are turned.

use crate::error::problem::SourceSpan;
use crate::form::check::check;
use crate::form::problems::{FIRST_SET_TEXT, Problems};
use crate::form::tree::{Entry, Node, Value};
use crate::parameters::renamed;
use crate::scenario::Overrides;
use crate::scenario::dial::{DialValue, ScenarioPart, ScopedDial, split_arm};
use crate::scenario::extend::merge;
use crate::scenario::keys::{HABITUAL, PERSON, ROOT, SCENARIO};
use crate::units::written_number::as_thousands;
use std::collections::BTreeMap;

/// Changes by `--set`, after all layers of the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Keys at the top of the file.
    pub root: Vec<Entry>,
    pub person: Vec<Entry>,
    /// Intakes and conditions for life.
    pub habitual: Vec<Entry>,
    /// Intakes and conditions from day 0.
    pub from_start: Vec<Entry>,
    /// Parameters; the last of the same name holds.
    pub parameters: Vec<Entry>,
    /// Changes of one arm only, by its name.
    pub of_arms: BTreeMap<String, Changes>,
}

impl Changes {
    /// The changes of every arm, then those of the arm of this name.
    pub(crate) fn of(&self, arm: &str) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.of_arms.get(arm))
    }

    /// The changes of one arm, or of every arm.
    fn part(&mut self, arm: Option<&str>) -> &mut Self {
        match arm {
            Some(arm) => self.of_arms.entry(arm.to_owned()).or_default(),
            None => self,
        }
    }
}

/// Sorts the changes by the part of the scenario in which they act.
///
/// Parameters and keys of `[person]` act for life, intakes, foods and conditions from day 0, or
/// for life as `habitual.calcium_diet`. `ARM.KEY` acts on that arm only, else on every arm.
pub(crate) fn read(overrides: &Overrides, arms: &[String], problems: &mut Problems) -> Changes {
    let mut changes = Changes::default();
    let span = |index: usize| SourceSpan { text: FIRST_SET_TEXT + index, bytes: 0..0 };
    for (index, (spelling, value)) in overrides.set.iter().enumerate() {
        let spelling = spelling.trim();
        match ScopedDial::find(spelling, arms) {
            Ok(dial) => put(&mut changes, &dial, node_of(value.trim(), span(index)), problems),
            Err(unknown) => {
                let (arm, key) = split_arm(spelling, arms);
                let key = key.trim_start_matches("parameters.").to_owned();
                if renamed(&key).is_some() {
                    // The check of parameters converts the value by the exponents in force.
                    let node = node_of(value.trim(), span(index));
                    changes.part(arm).parameters.push(Entry { key, span: span(index), node });
                    continue;
                }
                let message =
                    unknown.reason.unwrap_or_else(|| format!("unknown name \"{spelling}\""));
                problems.error(&span(index), message, "", unknown.help);
            }
        }
    }
    for (index, setting) in (overrides.set.len()..).zip(&overrides.dials) {
        let value = match &setting.value {
            DialValue::Number(number) => Value::Measured(*number),
            DialValue::Word(word) => Value::Text(word.clone(), None),
        };
        put(&mut changes, &setting.dial, Node::new(value, span(index)), problems);
    }
    changes
}

/// Puts a value where its dial acts.
fn put(changes: &mut Changes, scoped: &ScopedDial, node: Node, problems: &mut Problems) {
    let changes = changes.part(scoped.arm.as_deref());
    let key = scoped.dial.name.to_owned();
    let span = node.span.clone();
    let mut given = vec![Entry { key, span: span.clone(), node }];
    let (section, list) = match scoped.dial.part {
        // A later change of the same parameter stands behind the earlier one and wins.
        ScenarioPart::Parameter(_) => return changes.parameters.append(&mut given),
        ScenarioPart::Person(_) => (&PERSON, &mut changes.person),
        ScenarioPart::FromStart(_) => (&HABITUAL, &mut changes.from_start),
        ScenarioPart::Habitual(_) => (&HABITUAL, &mut changes.habitual),
        ScenarioPart::Root => (&ROOT, &mut changes.root),
        ScenarioPart::Food => {
            let node = Node::new(Value::Table(given), span.clone());
            given = vec![Entry { key: "foods".to_owned(), span: span.clone(), node }];
            (&HABITUAL, &mut changes.from_start)
        }
    };
    check(&SCENARIO, section, &span, &mut given, problems);
    *list = merge(std::mem::take(list), given);
}

fn node_of(value: &str, span: SourceSpan) -> Node {
    Node { thousands: as_thousands(value), ..Node::new(Value::of_setting(value), span) }
}
