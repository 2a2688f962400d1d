//! From text to a resolved scenario, with all problems at once.

use crate::error::problem::Problem;
use crate::error::suggest::{known_words, unknown_arm};
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, is_on, tables, text};
use crate::form::{Read, stem, title};
use crate::physiology::quantities::quantity;
use crate::printed::visible_line;
use crate::scenario::claims::sentence::Sentence;
use crate::scenario::claims::{Claim, Scope};
use crate::scenario::safe_name::unsafe_name;
use crate::scenario::statement::Statement;
use crate::scenario::template::{Template, named};
use crate::scenario::{Arm, Loaded, Overrides, Scenario};
use crate::scenario::{figures, observations, remarks};

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

/// The arms of a template under some changes, with all remarks on them.
/// Errors: All problems, if there is an error among them.
pub(crate) fn arms_with_remarks(
    template: &Template,
    overrides: &Overrides,
) -> Result<(Vec<Arm>, Vec<Problem>), Vec<Problem>> {
    let mut problems = Problems::default();
    let arms = template.resolve(overrides, &mut problems);
    if problems.has_errors() {
        return Err(named(problems, overrides));
    }
    remarks::on_scenario(template, overrides, &arms, &mut problems);
    Ok((arms, named(problems, overrides)))
}

fn resolve(template: &Template, overrides: &Overrides, problems: &mut Problems) -> Scenario {
    let arms = template.resolve(overrides, problems);
    report_unknown_arms(overrides, &template.arm_names, problems);
    let name = stem(&template.name);
    let root = &template.root;
    let words = |key: &str| text(root, key).unwrap_or_default().trim().to_owned();
    let start_date = template.start_date(overrides);
    let scope = Scope { arms: &template.arm_names, start_date };
    let answer = Sentence::at(root, "answer", root, scope, problems);
    let claims = claims(root, scope, problems);
    let observations = observations::read(&template.data, &template.texts, scope, &arms, problems);
    let mut figures = figures::read(root, scope, &arms, problems);
    figures.show(&observations);
    let scenario = Scenario {
        arms_under_other_set: answer
            .as_ref()
            .and_then(|_| arms_under_other_set(template, overrides, &arms)),
        answer,
        headline: Sentence::at(root, "headline", root, scope, problems),
        compare: compare(root, &template.arm_names, &arms, problems),
        title: title(root, &name),
        question: words("question"),
        lesson: words("lesson"),
        texts: template.texts.clone(),
        statement: Statement::read(root, &claims, scope, problems),
        claims,
        figures,
        observations,
        warnings: Vec::new(),
        arms,
        start_date,
        name,
    };
    if !problems.has_errors() {
        remarks::on_scenario(template, overrides, &scenario.arms, problems);
        remarks::on_times(&scenario, root, problems);
    }
    scenario
}

/// The arms under the other hypothesis set; `None` if they live under several or some are left out.
fn arms_under_other_set(
    template: &Template,
    overrides: &Overrides,
    arms: &[Arm],
) -> Option<Vec<Arm>> {
    let set = &arms.first()?.hypothesis;
    let other = set.other()?.name().to_owned();
    if !overrides.arms.is_empty() || arms.iter().any(|arm| arm.hypothesis != *set) {
        return None;
    }
    template.arms(&Overrides { hypothesis: Some(other), ..overrides.clone() }).ok()
}

/// Positions of the arms that titles compare; none of two hypothesis sets, nor of arms left out.
fn compare(
    root: &Entries,
    names: &[String],
    arms: &[Arm],
    problems: &mut Problems,
) -> Option<[usize; 2]> {
    let node = get(root, "compare")?;
    let list = node.list();
    for wanted in
        list.iter().filter(|wanted| !names.iter().any(|n| Some(n.as_str()) == wanted.text()))
    {
        let arms = names.iter().map(String::as_str);
        let unknown = unknown_arm(wanted.text().unwrap_or_default(), arms, 0..0);
        problems.misread_at(&wanted.span, unknown);
    }
    let [one, other] = list else {
        problems.error(&node.span, "compare needs the names of two arms", "", COMPARE);
        return None;
    };
    if one.text() == other.text() {
        problems.error(&other.span, "an arm cannot be compared with itself", "", COMPARE);
    }
    let position = |node: &Node| arms.iter().position(|arm| Some(arm.name.as_str()) == node.text());
    let pair = [position(one)?, position(other)?];
    let [a, b] = pair.map(|position| arms.get(position).map(|arm| &arm.hypothesis));
    if a != b {
        let message = "the arms of compare live under different hypothesis sets";
        let help = "figures will not speak of the two as if a treatment stood between them; compare \
                    two arms of one set";
        problems.warning(&node.span, message, "", help);
        return None;
    }
    Some(pair)
}

const COMPARE: &str = "write such as compare = [\"usual\", \"k2\"]";

fn report_unknown_arms(overrides: &Overrides, names: &[String], problems: &mut Problems) {
    for wanted in &overrides.arms {
        if !names.contains(wanted) {
            let help = known_words("Arms", wanted, names.iter().map(String::as_str));
            problems.without_span(format!("--arm {wanted}: unknown arm"), help);
        }
    }
}

fn claims(root: &Entries, scope: Scope<'_>, problems: &mut Problems) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut names = Vec::new();
    for node in tables(root, "claim") {
        let Some(that) = get(node.entries(), "that") else {
            let help = "write that = \"end(cac) in a < end(cac) in b\" below [[claim]]";
            if !problems.was_refused(&node.span, "that") {
                problems.error(&node.span, "a claim says not what must hold", "", help);
            }
            continue;
        };
        let condition = that.text().unwrap_or_default();
        let mut words = visible_line(condition.trim());
        if let Some(says) = get(node.entries(), "says") {
            words = says.text().unwrap_or_default().into();
            if words.trim().is_empty() {
                let help = "write the claim in words, or take `says` out";
                problems.error(&says.span, "the words of a claim are empty", "", help);
            }
        }
        let name = claim_name(node, &names, problems);
        names.extend(Some(name).filter(|name| !name.is_empty()));
        let read = Claim::read(&words, condition, scope).map(|read| Claim {
            case: text(node.entries(), "case").unwrap_or_default().to_owned(),
            // Claims of a file that is extended stand beside.
            decides: node.span.text == 0 && !is_on(node.entries(), "beside"),
            ..read
        });
        claims.extend(problems.value(that, read));
    }
    claims
}

/// The name of a claim; reports one that is no name, or is another's already.
fn claim_name<'a>(claim: &'a Node, taken: &[&str], problems: &mut Problems) -> &'a str {
    let Some(node) = get(claim.entries(), "name") else { return "" };
    let name = node.text().unwrap_or_default();
    let is_quantity = quantity(name).map(|_| "is that of a quantity");
    if let Some(reason) = unsafe_name(name).or(is_quantity) {
        let help = "names of claims have letters, digits, _ and -, such as \"softer_arteries\"";
        problems.error(&node.span, format!("the claim name \"{name}\" {reason}"), "", help);
    } else if taken.contains(&name) {
        let message = format!("two claims are named \"{name}\"");
        problems.error(&node.span, message, "the second one", "give each claim its own name");
    }
    name
}
