//! The page of a sensitivity analysis: on which grades each outcome rests, then outcome by outcome.

use crate::charts::kinds::SensitivityFigure;
use crate::charts::sensitivity::Findings;
use crate::printed::shell_path;
use crate::report::document::{Block, Document, Figure, paragraphs};
use crate::report::finished;
use crate::words::catalogue::message;
use crate::words::numbers::count;
use crate::words::people;

/// The page of a finished analysis.
pub(crate) fn document(findings: &Findings<'_>, texts: &[(String, String)]) -> Document {
    let sensitivity = findings.sensitivity;
    let mut document = Document::of_question(&sensitivity.title, &sensitivity.question);
    let arms = sensitivity.analyses.first().and_then(|analysis| {
        let sweep = &analysis.sweep;
        sweep.arms(&sweep.base).ok()
    });
    let arms = arms.unwrap_or_default();
    let sets = people::hypotheses(&arms);
    let runs: u64 = sensitivity.analyses.iter().map(|one| one.sweep.plan.runs()).sum();
    document.below = message!(
        report.below_analysis,
        runs = count(runs),
        inputs = sensitivity.factors.len(),
        person = people::person(&arms),
        sets = sets
    );
    document.answer.extend(paragraphs(&sensitivity.answer));
    let mut blocks = Vec::new();
    for one in SensitivityFigure::all(findings) {
        let outcome = one.outcome().and_then(|at| sensitivity.outcome_names().nth(at));
        let name = match outcome {
            Some(outcome) => format!("{}-{outcome}", one.name()),
            None => one.name().to_owned(),
        };
        let chart = one.chart(findings);
        match (outcome, &document.figure) {
            (None, None) => document.figure = Some(Figure { name, chart }),
            _ => blocks.push(Block::figure(name, chart)),
        }
    }
    document.section("figures", message!(report.outcomes), blocks);
    let file = texts.first().map_or("", |(name, _)| name);
    let command = format!("calcifate sensitivity {}", shell_path(file));
    finished(document, &sets, true, command, texts)
}
