//! Why the two arms that a lesson compares end differently.

use crate::charts::waterfall;
use crate::error::defect::OrDefect as _;
use crate::library::run::Run;
use crate::library::why::{facts, read};
use crate::physiology::segment_inputs::Resolution;
use crate::printed::{shell_path, shell_word};
use crate::report::document::Block;
use crate::scenario::claims::Expression;
use crate::simulation::Options;
use crate::why::by_cause::why;
use crate::why::causes::causes;
use crate::words::catalogue::message;
use crate::words::names::{beside, capital};

/// More causes need more runs than a page is worth; the command does it.
const MOST_CAUSES: usize = 4;

/// Causes of the difference between the arms that the lesson compares; nothing if it compares none.
///
/// `watch` as in a run; `file` is for the command that tells more.
pub(crate) fn blocks(
    run: &Run,
    file: &str,
    options: &Options,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Vec<Block> {
    let scenario = &run.scenario;
    let pair = scenario.compare.filter(|_| run.is_complete());
    let pair =
        pair.and_then(|pair| Some((scenario.arms.get(pair[0])?, scenario.arms.get(pair[1])?)));
    let Some((from, to)) = pair else { return Vec::new() };
    let command = format!(
        "calcifate why {} --from {} --to {}",
        shell_path(file),
        shell_word(&from.name),
        shell_word(&to.name)
    );
    let arms = [from.label.as_str(), to.label.as_str()];
    let causes = causes(from, to);
    let is_quick = causes.len() <= MOST_CAUSES
        && [from, to].iter().all(|arm| arm.resolution == Resolution::Averaged);
    if let [only] = causes.as_slice() {
        let values = match only.from.as_str() {
            "" => String::new(),
            from => format!("({from}\u{A0}→\u{A0}{})", only.to),
        };
        let change = beside(&only.label, &values);
        let words = message!(report.one_cause, from = arms[0], to = arms[1], cause = change);
        return vec![Block::Paragraph(words)];
    }
    let outcomes = read(&[], scenario, from);
    let outcomes = outcomes.ok().or_defect("an outcome of bone or artery that cannot be read");
    let expressions: Vec<Expression> = outcomes.iter().map(|(_, one)| one.clone()).collect();
    let answer = is_quick.then(|| why(from, to, &expressions, options, watch));
    let Some(Ok(answer)) = answer else {
        let words =
            message!(report.many_causes, from = arms[0], to = arms[1], count = causes.len());
        return vec![Block::Paragraph(words), Block::Preformatted(command)];
    };
    let words = message!(report.causes, from = arms[0], to = arms[1], runs = answer.runs);
    let figures = answer.waterfalls.iter().zip(&outcomes).enumerate();
    let figures = figures.map(|(index, (waterfall, (text, outcome)))| {
        let facts = facts(scenario, [from, to], (text, outcome), waterfall, &answer);
        Block::figure(format!("why-{index}"), waterfall::chart(&facts))
    });
    std::iter::once(Block::Paragraph(capital(&words))).chain(figures).collect()
}
