//! The figures that a scenario asks for: `[figures]` and `[[figure]]`.

use crate::error::problem::SourceSpan;
use crate::error::suggest::unknown_arm;
use crate::figure_kinds::{FigureLook, FigureSize};
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, is_on, list, table, tables, text, texts};
use crate::scenario::Arm;
use crate::scenario::claims::sentence::{Part, RunNumber, Sentence};
use crate::scenario::claims::{self, Scope};
use crate::scenario::observations::{Observation, Observations};
use crate::scenario::quantity_names::known_quantity;
use crate::scenario::safe_name::unsafe_name;
use crate::units::number::rounded;

/// Kinds whose value axes are those of read-outs.
const OF_READ_OUTS: [&str; 2] = ["timeline", "kinetics"];

/// Largest number at the end of an axis; beyond it, the widths of its numbers tell nothing.
const LARGEST: f64 = 1e9;

/// Smallest length of an axis against its ends: numbers nearer to each other look the same.
const NARROWEST: f64 = 1e-6;

/// The figures that a scenario asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FigurePlan {
    /// Names of figure kinds, in order; the usual ones if nothing at all is asked for.
    pub draw: Vec<String>,
    /// Quantities of the time courses (full names); empty for the usual ones.
    pub timeline: Vec<&'static str>,
    /// Figures with wishes of their own.
    pub figures: Vec<FigureRequest>,
}

/// One figure, as a file wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FigureRequest {
    /// Stem of its files.
    pub name: String,
    pub kind: String,
    /// Names of the arms that it shows; empty for all.
    pub arms: Vec<String>,
    /// Quantities of the time courses (full names); empty for those of the plan.
    pub readouts: Vec<&'static str>,
    /// Ends of axes: `x`, `y` or the full name of a quantity.
    pub limits: Vec<(&'static str, (f64, f64))>,
    pub limits_span: Option<SourceSpan>,
    /// First and last day that it shows.
    pub period: Option<(f64, f64)>,
    pub headline: Option<Sentence<RunNumber>>,
    pub look: FigureLook,
}

impl FigureRequest {
    /// A figure of this kind as it is drawn without wishes.
    pub(crate) fn plain(kind: &str) -> Self {
        Self { name: kind.to_owned(), kind: kind.to_owned(), ..Self::default() }
    }
}

impl FigurePlan {
    /// Adds observed quantities to the time courses that a file names, so that each is seen.
    pub(super) fn show(&mut self, observations: &Observations) {
        if self.timeline.is_empty() {
            return;
        }
        for Observation { quantity, .. } in &observations.shown {
            if !self.timeline.contains(quantity) {
                self.timeline.push(quantity);
            }
        }
    }
}

/// Reads what the top level says about figures of these arms.
pub(super) fn read(
    root: &Entries,
    scope: Scope<'_>,
    arms: &[Arm],
    problems: &mut Problems,
) -> FigurePlan {
    let figures = table(root, "figures");
    let timeline = quantities(list(figures, "timeline"), problems);
    let mut plan = FigurePlan { draw: texts(figures, "draw"), timeline, figures: Vec::new() };
    let end = arms.iter().map(|arm| arm.duration_days).fold(0.0, f64::max);
    for (entries, plain) in plain_requests(root, problems) {
        for key in ["arms", "readouts"] {
            if let Some(node) = get(entries, key).filter(|node| node.list().is_empty()) {
                let help = format!("name some, or take {key} out: then the usual ones are drawn");
                problems.error(&node.span, format!("{key} of a figure is empty"), "", help);
            }
        }
        let kind = plain.kind.as_str();
        plan.figures.push(FigureRequest {
            arms: known_arms(list(entries, "arms"), scope.arms, problems),
            readouts: readouts(entries, kind, problems),
            limits: limits(entries, kind, problems),
            limits_span: get(entries, "limits").map(|node| node.span.clone()),
            period: get(entries, "period").and_then(|node| period(node, end, scope, problems)),
            headline: Sentence::at(entries, "headline", root, scope, problems),
            ..plain.clone()
        });
    }
    plan
}

/// Reads what a sweep file says about figures: those of `[figures] draw` first.
pub(crate) fn of_sweep(root: &Entries, problems: &mut Problems) -> Vec<FigureRequest> {
    let drawn = texts(table(root, "figures"), "draw");
    let mut all: Vec<FigureRequest> = drawn.iter().map(|kind| FigureRequest::plain(kind)).collect();
    all.extend(plain_requests(root, problems).into_iter().map(|(entries, plain)| {
        let words = text(entries, "headline").filter(|words| !words.trim().is_empty());
        let headline = words.map(|words| Sentence { parts: vec![Part::Text(words.to_owned())] });
        FigureRequest { headline, ..plain }
    }));
    all
}

/// Name, kind and look of each `[[figure]]`.
fn plain_requests<'a>(
    root: &'a Entries,
    problems: &mut Problems,
) -> Vec<(&'a Entries, FigureRequest)> {
    let mut taken = texts(table(root, "figures"), "draw");
    let mut all = Vec::new();
    for node in tables(root, "figure") {
        let entries = node.entries();
        let Some(kind) = text(entries, "kind") else {
            let help = "write kind = \"…\" below [[figure]]; `calcifate list figures` shows all";
            if !problems.was_refused(&node.span, "kind") {
                problems.error(&node.span, "a figure does not say of which kind it is", "", help);
            }
            continue;
        };
        let name = name(entries, kind, &taken, problems);
        taken.push(name.clone());
        let plain = FigureRequest { name, look: look(entries), ..FigureRequest::plain(kind) };
        all.push((entries, plain));
    }
    all
}

fn look(entries: &Entries) -> FigureLook {
    FigureLook {
        size: text(entries, "size").and_then(FigureSize::by_name).unwrap_or_default(),
        greyscale: is_on(entries, "greyscale"),
    }
}

/// The stem of its files: as the file says, else its kind, with a number where that is taken.
fn name(entries: &Entries, kind: &str, others: &[String], problems: &mut Problems) -> String {
    let taken = |name: &str| others.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if let Some(node) = get(entries, "name") {
        let name = node.text().unwrap_or_default();
        if let Some(reason) = unsafe_name(name) {
            let help = "names of figures have letters, digits, _ and -, such as \"first_years\"";
            problems.error(&node.span, format!("the figure name \"{name}\" {reason}"), "", help);
        } else if taken(name) {
            let message = format!("two figures are named \"{name}\"");
            problems.error(&node.span, message, "the second one", "give each its own name");
        }
        return name.to_owned();
    }
    let numbered = (2..).map(|number| format!("{kind}_{number}"));
    let mut names = std::iter::once(kind.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default()
}

fn known_arms(nodes: &[Node], names: &[String], problems: &mut Problems) -> Vec<String> {
    let mut known = Vec::new();
    for node in nodes {
        let name = node.text().unwrap_or_default();
        if names.iter().any(|known| known == name) {
            known.push(name.to_owned());
        } else {
            let arms = names.iter().map(String::as_str);
            problems.misread_at(&node.span, unknown_arm(name, arms, 0..0));
        }
    }
    known
}

/// The quantities of these names; reports the unknown ones.
fn quantities(nodes: &[Node], problems: &mut Problems) -> Vec<&'static str> {
    let found = nodes.iter().filter_map(|node| {
        let found = known_quantity(node.text().unwrap_or_default(), 0..0);
        found.map_err(|misread| problems.misread_at(&node.span, misread)).ok()
    });
    found.map(|quantity| quantity.name).collect()
}

fn readouts(entries: &Entries, kind: &str, problems: &mut Problems) -> Vec<&'static str> {
    if let Some(node) = get(entries, "readouts").filter(|_| kind != "timeline") {
        let message = format!("a {kind} figure does not choose its read-outs");
        let help = "take readouts out, or write kind = \"timeline\"";
        problems.error(&node.span, message, "", help);
        return Vec::new();
    }
    quantities(list(entries, "readouts"), problems)
}

/// Limits of axes that the kind has, each below its upper end.
fn limits(
    entries: &Entries,
    kind: &str,
    problems: &mut Problems,
) -> Vec<(&'static str, (f64, f64))> {
    let mut found = Vec::new();
    for entry in table(entries, "limits") {
        let axis = match entry.key.as_str() {
            "x" if kind == "paradox" => "x",
            "y" if kind == "paradox" => "y",
            key if OF_READ_OUTS.contains(&kind) => match known_quantity(key, 0..0) {
                Ok(quantity) => quantity.name,
                Err(misread) => {
                    problems.misread_at(&entry.span, misread);
                    continue;
                }
            },
            key => {
                let help = match kind {
                    "paradox" => "its axes are x (change of bone in %) and y (of the artery in AU)",
                    _ => "only timeline and kinetics (a read-out) and paradox (x, y) have limits",
                };
                let message = format!("a {kind} figure has no axis \"{key}\" to limit");
                problems.error(&entry.span, message, "", help);
                continue;
            }
        };
        let ends: Vec<Option<f64>> = entry.node.list().iter().map(Node::number).collect();
        match ends.as_slice() {
            [Some(low), Some(high)] if low.max(-low).max(high.max(-high)) > LARGEST => {
                let message = format!("limits of \"{}\" beyond what can be drawn", entry.key);
                let help = "an axis goes from -1e9 to 1e9 at most; write such as [2.1, 2.6]";
                problems.error(&entry.node.span, message, "", help);
            }
            [Some(low), Some(high)] if high - low > NARROWEST * low.abs().max(high.abs()) => {
                found.push((axis, (*low, *high)));
            }
            _ => {
                let message = format!("impossible limits of \"{}\"", entry.key);
                let help = "write the lower and the upper end as numbers, such as [2.1, 2.6]";
                problems.error(&entry.node.span, message, "", help);
            }
        }
    }
    found
}

/// First and last day of a period of a run that ends on the day `end`.
fn period(node: &Node, end: f64, scope: Scope<'_>, problems: &mut Problems) -> Option<(f64, f64)> {
    let read = claims::period(node.text().unwrap_or_default(), scope.start_date);
    let (from, to) = problems.value(node, read)?;
    let (from, to) = (from.unwrap_or(0.0), to.unwrap_or(end));
    // A length that cannot be read is reported elsewhere.
    if end > 0.0 && (from >= end || to > end * (1.0 + 1e-9)) {
        let label = format!("day {} to day {}", rounded(from), rounded(to));
        let help = format!("the run lasts {} days", rounded(end));
        problems.error(&node.span, "the period lies outside the run", label, help);
        return None;
    }
    Some((from, to))
}
