//! From text to a resolved scenario, with all problems at once.

use crate::error::suggest::{did_you_mean, did_you_mean_arm};
use crate::form::problems::Problems;
use crate::form::tree::{Entries, get, list, table, tables, text, texts};
use crate::form::{Read, stem, title};
use crate::physiology::quantities::{QUANTITIES, quantity};
use crate::scenario::claims::Claim;
use crate::scenario::remarks;
use crate::scenario::template::{Template, named};
use crate::scenario::{FigurePlan, Loaded, Overrides, Scenario};

/// Decodes, checks and resolves the scenario called `name` with text `text`.
///
/// `name` is the file as people call it; the scenario's name is its stem. `read` gives the text of
/// a file that is extended: its path as written and the name of the file that mentions it in,
/// (full name, text) out, or why it cannot be read. Reports every problem; without errors there
/// is a scenario.
pub(crate) fn load(name: &str, text: &str, overrides: &Overrides, read: Read<'_>) -> Loaded {
    let mut problems = Problems::default();
    let template = Template::parse(name, text, read, &mut problems);
    let scenario =
        (!template.root.is_empty()).then(|| resolve(&template, overrides, &mut problems));
    let mut scenario = scenario.filter(|_| !problems.has_errors());
    let problems = named(problems, overrides);
    if let Some(scenario) = &mut scenario {
        scenario.warnings.clone_from(&problems);
    }
    Loaded { scenario, texts: template.texts, problems }
}

fn resolve(template: &Template, overrides: &Overrides, problems: &mut Problems) -> Scenario {
    let arms = template.resolve(overrides, problems);
    if !problems.has_errors() {
        remarks::on_person(template, overrides, problems);
        remarks::on_menopause(template, &arms, problems);
        remarks::on_changes(overrides, &template.arm_names, arms.len(), problems);
        remarks::on_equal_arms(&arms, problems);
    }
    report_unknown_arms(overrides, &template.arm_names, problems);
    let name = stem(&template.name);
    let root = &template.root;
    let words = |key: &str| text(root, key).unwrap_or_default().trim().to_owned();
    Scenario {
        title: title(root, &name),
        question: words("question"),
        lesson: words("lesson"),
        texts: template.texts.clone(),
        claims: claims(root, &template.arm_names, problems),
        figures: figures(root, problems),
        warnings: Vec::new(),
        arms,
        name,
    }
}

fn report_unknown_arms(overrides: &Overrides, names: &[String], problems: &mut Problems) {
    for wanted in &overrides.arms {
        if !names.contains(wanted) {
            let meant = did_you_mean_arm(wanted, names);
            let help = format!("{meant}Arms: {}.", names.join(", "));
            problems.without_span(format!("--arm {wanted}: unknown arm"), help);
        }
    }
}

fn claims(root: &Entries, arms: &[String], problems: &mut Problems) -> Vec<Claim> {
    let mut claims = Vec::new();
    for node in tables(root, "claim") {
        let Some(that) = get(node.entries(), "that") else {
            let help = "write that = \"end(cac) in a < end(cac) in b\" below [[claim]]";
            if !problems.was_refused(&node.span, "that") {
                problems.error(&node.span, "a claim says not what must hold", "", help);
            }
            continue;
        };
        if let Some(says) = get(node.entries(), "says")
            && says.text().is_some_and(|text| text.trim().is_empty())
        {
            let help = "write the claim in words, or take `says` out";
            problems.error(&says.span, "the words of a claim are empty", "", help);
        }
        let condition = that.text().unwrap_or_default();
        let says = text(node.entries(), "says").unwrap_or(condition).to_owned();
        claims.extend(problems.value(that, Claim::read(&says, condition, arms)));
    }
    claims
}

fn figures(root: &Entries, problems: &mut Problems) -> FigurePlan {
    let figures = table(root, "figures");
    let mut timeline = Vec::new();
    for node in list(figures, "timeline") {
        let name = node.text().unwrap_or_default();
        match quantity(name) {
            Some(found) => timeline.push(found.name),
            None => {
                let names =
                    QUANTITIES.iter().flat_map(|q| q.aliases.iter().copied().chain([q.name]));
                let meant = did_you_mean(name, names);
                let help = format!("{meant}`calcifate list quantities` shows all.");
                problems.error(&node.span, format!("unknown quantity \"{name}\""), "", help);
            }
        }
    }
    FigurePlan { draw: texts(figures, "draw"), timeline }
}
