//! Why the two arms that a lesson compares end differently.

use crate::charts::waterfall::{self, Facts, Share, View};
use crate::library::run::Run;
use crate::physiology::quantities::{Endpoint, QUANTITIES};
use crate::physiology::segment_inputs::Resolution;
use crate::printed::{shell_path, shell_word};
use crate::report::document::{Block, Figure};
use crate::scenario::claims::{Expression, Term};
use crate::scenario::{Arm, Scenario};
use crate::simulation::Options;
use crate::why::by_cause::{Answer, Waterfall, why};
use crate::why::causes::causes;
use crate::words::catalogue::message;
use crate::words::names::{beside, capital};

/// More causes need more runs than a page is worth; the command does it.
const MOST_CAUSES: usize = 4;

/// What a difference is asked of unless said otherwise: bone and artery at the end.
pub(crate) fn usual_outcomes() -> Vec<String> {
    let main = QUANTITIES.iter().filter(|quantity| quantity.endpoint == Some(Endpoint::Main));
    main.map(|quantity| format!("end({})", quantity.name)).collect()
}

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
        let change = beside(
            &only.label,
            &if only.from.is_empty() {
                String::new()
            } else {
                format!("({}\u{A0}→\u{A0}{})", only.from, only.to)
            },
        );
        let words = message!(report.one_cause, from = arms[0], to = arms[1], cause = change);
        return vec![Block::Paragraph(words)];
    }
    let own = [from.name.clone()];
    let outcomes: Vec<(String, Expression)> = usual_outcomes()
        .into_iter()
        .filter_map(|text| Some((text.clone(), Expression::read(&text, &own).ok()?)))
        .collect();
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
        let name = format!("why-{index}");
        Block::Figure(Box::new(Figure { name, chart: waterfall::chart(&facts) }))
    });
    std::iter::once(Block::Paragraph(capital(&words))).chain(figures).collect()
}

/// The numbers of a waterfall from one arm to another.
pub(crate) fn facts(
    scenario: &Scenario,
    [from, to]: [&Arm; 2],
    (text, outcome): (&str, &Expression),
    waterfall: &Waterfall,
    answer: &Answer,
) -> Facts {
    let label = |index: usize| {
        answer.causes.get(index).map_or_else(String::new, |cause| cause.label.clone())
    };
    let shares = answer.causes.iter().zip(&waterfall.shares).map(|(cause, value)| Share {
        label: cause.label.clone(),
        change: if cause.from.is_empty() {
            String::new()
        } else {
            format!("{} → {}", cause.from, cause.to)
        },
        value: *value,
    });
    let mut shares: Vec<Share> = shares.collect();
    shares.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let strongest = waterfall.interactions.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let difference = (waterfall.ends.1 - waterfall.ends.0).abs();
    let strongest = strongest.filter(|(_, value)| value.abs() > 0.01 * difference);
    let mut sets = vec![from.hypothesis.name(), to.hypothesis.name()];
    sets.dedup();
    let (words, decimals) = match &outcome.term {
        Term::Reading(reading) => (reading.quantity.label.to_owned(), reading.quantity.decimals),
        _ => (text.to_owned(), 2),
    };
    Facts {
        scenario: scenario.title.clone(),
        hypothesis: sets.join(", "),
        outcome: words,
        unit: outcome.measure.unit.clone(),
        decimals,
        arms: [from.label.clone(), to.label.clone()],
        ends: waterfall.ends,
        shares,
        view: View::Cause,
        interaction: strongest.map(|((one, other), value)| (label(*one), label(*other), *value)),
    }
}
