//! Arms as one scenario file that the program runs to the same numbers.

use serde_json::json;
use toml::Value as TomlValue;

use crate::error::problem::{Problem, Problems, SourceSpan};
use crate::explorer::Answer;
use crate::explorer::request::State;
use crate::explorer::states::{States, Text};
use crate::form::tree::{Entries, Entry, Node, Value, get, list, tables, text};
use crate::library::builder::setting_text;
use crate::library::sweep::reader_of;
use crate::nutrition::foods::food;
use crate::nutrition::regimen::Substance;
use crate::nutrition::take;
use crate::physiology::inputs::{INPUTS, InputInfo};
use crate::scenario::dial::{ScenarioPart, ScopedDial};
use crate::scenario::extend::merge;
use crate::scenario::template::Template;
use crate::scenario::{Arm, Scenario};
use crate::units::number::exact_decimal;

/// Keys at the top of a file that an arm may have, too.
const OF_ARMS: [&str; 8] =
    ["person", "habitual", "meals", "meal", "parameters", "resolution", "hypothesis", "sun_season"];
/// Other keys at the top that the numbers depend on.
const OF_RUNS: [&str; 5] = ["duration", "output_every", "start_date", "seed", "hypotheses"];
/// Keys that only tell.
const WORDS: [&str; 3] = ["title", "question", "lesson"];

/// The tables of an arm, all that it inherits and all settings in one, and those at the top.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub root: Vec<Entry>,
    pub arm: Vec<Entry>,
}

pub(super) fn told(states: &mut States, wanted: &[State]) -> Answer {
    let toml = of(states, wanted)?;
    let shown = states.together(wanted)?.scenario;
    let written = Scenario { arms: Scenario::parse(&toml)?.arms, ..shown.clone() };
    let [shown, written] = [shown, written].map(|scenario| states.run(&scenario));
    if shown.fingerprint() == written.fingerprint() {
        return Ok(json!({ "toml": toml, "fingerprint": shown.fingerprint() }));
    }
    let message = "these arms cannot stand in one file with the same numbers";
    let help = "arms of one file have one duration, one start date and one distance of rows; save \
                them one by one";
    Err(Problem::without_span(message, help).into())
}

/// The text of a file with these arms, and with no others.
/// Errors: Every problem of texts and settings.
pub(super) fn of(states: &mut States, wanted: &[State]) -> Result<String, Problems> {
    let one_text = wanted.windows(2).all(|pair| match pair {
        [one, other] => one.scenario == other.scenario,
        _ => true,
    });
    let kept = if one_text { OF_ARMS.as_slice() } else { &[] };
    let kept = [kept, &OF_RUNS, &WORDS].concat();
    let (mut root, mut arms) = (Vec::new(), Vec::new());
    for state in wanted {
        let (arm, _) = states.arm(state)?;
        let mut tables = Tables::of(states.text(&state.scenario)?, state)?;
        if !one_text {
            tables.arm = layered(with_keys(&tables.root, &OF_ARMS), tables.arm);
        }
        named(&mut tables.arm, &arm);
        arms.push(node(Value::Table(tables.arm)));
        root = merge(root, with_keys(&tables.root, &kept));
    }
    root.push(entry("arm", Value::List(arms)));
    Ok(lines_of(&root))
}

/// A scenario and all that it extends as one text.
pub(crate) fn one_text(scenario: &Scenario) -> String {
    if scenario.texts.len() < 2 {
        return scenario.text().to_owned();
    }
    let (name, text) = scenario.texts.first().cloned().unwrap_or_default();
    let (template, _) = Template::read(&name, &text, &reader_of(scenario));
    lines_of(&template.root)
}

impl Tables {
    /// The tables of the arm of a state.
    /// Errors: A dial that is unknown.
    pub(super) fn of(text: &Text, state: &State) -> Result<Self, Problem> {
        let all = &text.template.root;
        let arm = chain(all, &state.arm).into_iter().fold(Vec::new(), layered);
        let mut tables = Self { root: all.to_vec(), arm };
        tables.root.retain(|entry| entry.key != "arm");
        for (dial, value) in &state.settings {
            tables.set(dial, &setting_text(dial, value.clone()))?;
        }
        if !state.hypothesis.is_empty() {
            tables.set("hypothesis", &state.hypothesis)?;
        }
        Ok(tables)
    }

    /// Puts a setting where its dial acts.
    fn set(&mut self, spelling: &str, value: &str) -> Result<(), Problem> {
        let spelling = spelling.strip_prefix("foods.").unwrap_or(spelling);
        let found = ScopedDial::find(spelling, &[]);
        let dial = found.map_err(|unknown| Problem::without_span(spelling, unknown.help))?.dial;
        let own = entry(dial.name, Value::of_setting(value));
        let section = match dial.part {
            ScenarioPart::Root if !OF_ARMS.contains(&dial.name) => {
                self.root = merge(std::mem::take(&mut self.root), vec![own]);
                return Ok(());
            }
            part => part.section(),
        };
        let over = match dial.part {
            ScenarioPart::Habitual(info) => self.habit(info, own),
            _ if section.is_empty() => own,
            _ => entry(section, Value::Table(vec![own])),
        };
        self.arm = layered(std::mem::take(&mut self.arm), vec![over]);
        Ok(())
    }

    /// A habit with another amount; what began during life keeps its beginning.
    fn habit(&self, info: &InputInfo, own: Entry) -> Entry {
        let in_table = |entries: &Entries| {
            get(entries, "habitual").and_then(|node| get(node.entries(), info.key)).cloned()
        };
        let began = in_table(&self.arm).or_else(|| in_table(&self.root));
        let value = match began.map(|node| node.value) {
            Some(Value::Table(mut began)) => {
                began.retain(|entry| entry.key != "amount");
                began.push(Entry { key: "amount".to_owned(), ..own.clone() });
                Value::Table(began)
            }
            _ => own.node.value,
        };
        entry("habitual", Value::Table(vec![entry(&own.key, value)]))
    }
}

/// The tables of an arm and of those that it is `like`, the farthest first.
fn chain(root: &Entries, arm: &str) -> Vec<Vec<Entry>> {
    let all: Vec<&Node> = tables(root, "arm").collect();
    let by_name = |name: &str| all.iter().find(|node| text(node.entries(), "name") == Some(name));
    let mut next = if arm.is_empty() { all.first() } else { by_name(arm) };
    let mut chain = Vec::new();
    // A ring is refused with the text.
    while let Some(node) = next.filter(|_| chain.len() <= all.len()) {
        chain.push(node.entries().to_vec());
        next = text(node.entries(), "like").and_then(by_name);
    }
    for tables in &mut chain {
        tables.retain(|entry| !["name", "label", "like"].contains(&entry.key.as_str()));
    }
    chain.reverse();
    chain
}

/// A table with a later one on top, as lives are layered: amounts replace pills of their substance,
/// `take`, `stop` and phases add.
fn layered(mut base: Vec<Entry>, over: Vec<Entry>) -> Vec<Entry> {
    for stopped in list(&over, "stop").iter().filter_map(Node::text) {
        end(&mut base, stopped);
    }
    for substance in substances().filter(|(info, _)| get(&over, info.key).is_some()) {
        untake(&mut base, substance.1);
    }
    let mut over = over;
    for entry in
        over.iter_mut().filter(|entry| ["take", "stop", "phase"].contains(&entry.key.as_str()))
    {
        let before = list(&base, &entry.key).to_vec();
        let own = entry.node.list().to_vec();
        entry.node.value = Value::List([before, own].concat());
    }
    merge(base, over)
}

fn substances() -> impl Iterator<Item = (&'static InputInfo, Substance)> {
    INPUTS.iter().filter_map(|info| Some((info, Substance::of_input(info.name)?)))
}

/// Takes out what a table says of something that ends.
fn end(base: &mut Vec<Entry>, name: &str) {
    if let Some(substance) = take::substance(name) {
        untake(base, substance);
        base.retain(|entry| {
            !substances().any(|(info, own)| own == substance && info.key == entry.key)
        });
    }
    base.retain(|entry| entry.key != name);
    if let Some(food) = food(name) {
        for foods in base.iter_mut().filter(|entry| entry.key == "foods") {
            if let Value::Table(eaten) = &mut foods.node.value {
                eaten.retain(|entry| entry.key != food.name);
            }
        }
    }
}

/// Takes out the lines of `take` that name a substance.
fn untake(base: &mut Vec<Entry>, substance: Substance) {
    for entry in base.iter_mut().filter(|entry| entry.key == "take") {
        if let Value::List(lines) = &mut entry.node.value {
            lines.retain(|line| !line.text().is_some_and(|line| take::names(line, substance)));
        }
    }
    base.retain(|entry| entry.key != "take" || !entry.node.list().is_empty());
}

/// Name and words of an arm, in front.
fn named(tables: &mut Vec<Entry>, arm: &Arm) {
    let words = [("name", &arm.name), ("label", &arm.label)];
    let words = words.map(|(key, text)| entry(key, Value::Text(text.clone(), None)));
    tables.splice(0..0, words);
}

/// The entries with these keys.
fn with_keys(root: &Entries, keys: &[&str]) -> Vec<Entry> {
    root.iter().filter(|entry| keys.contains(&entry.key.as_str())).cloned().collect()
}

fn node(value: Value) -> Node {
    Node::new(value, SourceSpan { text: 0, bytes: 0..0 })
}

fn entry(key: &str, value: Value) -> Entry {
    Entry { key: key.to_owned(), span: SourceSpan { text: 0, bytes: 0..0 }, node: node(value) }
}

/// An amount as a file writes it.
pub(super) fn written(node: &Node) -> String {
    node.text().map_or_else(|| node.number().map_or_else(String::new, exact_decimal), str::to_owned)
}

/// The text of a file, keys in their order: the last bit of a sum of foods depends on it.
fn lines_of(root: &Entries) -> String {
    let is_table = |entry: &&Entry| matches!(entry.node.value, Value::Table(_));
    let (sections, rest): (Vec<&Entry>, Vec<&Entry>) = root.iter().partition(is_table);
    let (arms, plain): (Vec<&Entry>, Vec<&Entry>) =
        rest.into_iter().partition(|entry| entry.key == "arm");
    let mut text: String = plain.into_iter().map(line).collect();
    for section in sections {
        let lines: String = section.node.entries().iter().map(line).collect();
        text.push_str(&format!("\n[{}]\n{lines}", key(&section.key)));
    }
    for arm in arms.into_iter().flat_map(|entry| entry.node.list()) {
        let lines: String = arm.entries().iter().map(line).collect();
        text.push_str(&format!("\n[[arm]]\n{lines}"));
    }
    text
}

fn line(entry: &Entry) -> String {
    format!("{} = {}\n", key(&entry.key), value(&entry.node))
}

/// A key as a file writes it.
fn key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    if !name.is_empty() && name.chars().all(is_bare) {
        return name.to_owned();
    }
    TomlValue::String(name.to_owned()).to_string()
}

/// A value on one line, but for texts with several.
fn value(node: &Node) -> String {
    let listed = |parts: Vec<String>| parts.join(", ");
    match &node.value {
        Value::Text(text, _) | Value::Date(text) => TomlValue::String(text.clone()).to_string(),
        Value::Number(number) | Value::Measured(number) => TomlValue::Float(*number).to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(nodes) => format!("[{}]", listed(nodes.iter().map(value).collect())),
        Value::Table(entries) => {
            let parts = entries.iter().map(|entry| line(entry).trim_end().to_owned());
            format!("{{ {} }}", listed(parts.collect()))
        }
    }
}
