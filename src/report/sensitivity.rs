//! The page of a sensitivity analysis: on which grades each outcome rests, then outcome by outcome.

use crate::charts::kinds::SensitivityFigure;
use crate::charts::sensitivity::Findings;
use crate::printed::shell_path;
use crate::report::document::{Block, Document, Figure, paragraphs};
use crate::report::finished;
use crate::words::catalogue::message;
use crate::words::names;
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
    let mut of_outcomes: Vec<(String, Vec<Block>)> = Vec::new();
    for one in SensitivityFigure::all(findings) {
        let chart = one.chart(findings);
        match one.outcome().and_then(|at| sensitivity.outcomes().get(at)) {
            Some(outcome) => {
                let (name, heading) = (&outcome.name, names::in_words(&outcome.name));
                let block = Block::figure(format!("{}-{name}", one.name()), chart);
                match of_outcomes.iter_mut().find(|(known, _)| *known == heading) {
                    Some((_, blocks)) => blocks.push(block),
                    None => of_outcomes.push((heading, vec![block])),
                }
            }
            None if document.figure.is_none() => {
                document.figure = Some(Figure { name: one.name().to_owned(), chart });
            }
            None => blocks.push(Block::figure(one.name(), chart)),
        }
    }
    for (heading, figures) in of_outcomes {
        let mut figures = figures.into_iter();
        blocks.push(Block::Heading(heading));
        blocks.extend(figures.next());
        let (summary, further) = (message!(report.other_methods), figures.collect::<Vec<_>>());
        if !further.is_empty() {
            blocks.push(Block::More { summary, blocks: further });
        }
    }
    document.section("figures", message!(report.outcomes), blocks);
    let file = texts.first().map_or("", |(name, _)| name);
    let command = format!("calcifate sensitivity {}", shell_path(file));
    finished(document, &sets, true, command, texts)
}
