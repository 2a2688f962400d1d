//! The page of a scenario that has run.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::{Judgement, Verdict};
use crate::library::arm_looks::looks;
use crate::library::run::Run;
use crate::report::document::{Block, Claim, Column, Document, Figure, Mark, Table, paragraphs};
use crate::report::glossary::range;
use crate::report::{finished, repeat, why};
use crate::scenario::claims::Claim as ScenarioClaim;
use crate::scenario::{Arm, Overrides};
use crate::simulation::Options;
use crate::units::DAYS_PER_YEAR;
use crate::words::catalogue::message;
use crate::words::names::{bracketed, heading};
use crate::words::numbers::{at_most, clinical, error_size, fixed};
use crate::words::people;

/// A run with everything that its page tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LessonReport<'a> {
    pub run: &'a Run,
    /// The same arms under the other hypothesis set, where the answer is asked of both.
    pub under_other_set: Option<&'a Run>,
    pub overrides: &'a Overrides,
    pub options: &'a Options,
    pub with_figures: bool,
}

/// The page. `watch` as in a run: the causes of a difference need some more runs.
pub(crate) fn document(
    report: &LessonReport<'_>,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Document {
    let run = report.run;
    let scenario = &run.scenario;
    let file = scenario.texts.first().map_or("", |(name, _)| name);
    let why = why::blocks(run, file, report.options, watch);
    let is_drawn = report.with_figures && run.is_complete();
    let mut charts = is_drawn.then(|| run.charts()).into_iter().flatten();
    let (who, sets) = (people::person(&scenario.arms), people::hypotheses(&scenario.arms));
    let claims = Some(claims(report)).filter(|claims| !claims.is_empty());
    let mut document = Document {
        below: message!(report.below, person = who, sets = sets),
        notices: notices(run),
        answer: answer(run),
        figure: charts.next().map(|(name, chart)| Figure { name, chart }),
        aside: aside(report),
        handout: claims.map(Block::Claims).into_iter().collect(),
        ..Document::of_question(&scenario.title, &scenario.question)
    };
    let before = people::circumstances(&scenario.arms).join("\n\n");
    let lesson = paragraphs(&scenario.lesson).chain(paragraphs(&before));
    document.section("lesson", message!(report.lesson), lesson.map(Block::Paragraph).collect());
    document.section("numbers", message!(report.numbers), vec![Block::Table(at_the_end(run))]);
    let further = charts.map(|(name, chart)| Block::figure(name, chart)).collect();
    document.section("figures", message!(report.figures), further);
    document.section("why", message!(report.why), why);
    document.section("balance", message!(report.balance), balance(run));
    let command = repeat::command(file, report.overrides, report.options);
    finished(document, &sets, false, command, &scenario.texts)
}

/// What the reader must know first.
fn notices(run: &Run) -> Vec<String> {
    let early = run.failures().map(|failure| message!(report.ended_early, failure = failure));
    let lost = run.balances().filter(|(_, balance)| !balance.holds());
    let lost = lost.map(|(arm, _)| message!(report.unbalanced, arm = arm.label));
    early.chain(lost).chain(run.told_departures()).collect()
}

/// The answer in paragraphs; none if the lesson has none.
fn answer(run: &Run) -> Vec<String> {
    match run.answer() {
        Some(answer) => paragraphs(&answer).collect(),
        None if run.scenario.answer.is_some() => vec![message!(report.no_answer)],
        None => Vec::new(),
    }
}

/// What the other hypothesis set says to the answer.
fn aside(report: &LessonReport<'_>) -> Vec<String> {
    let Some((own, other)) = report.run.answer().zip(report.under_other_set) else {
        return Vec::new();
    };
    let set = people::hypotheses(&other.scenario.arms);
    let balanced = other.balances().all(|(_, balance)| balance.holds());
    let told = match other.answer().filter(|_| balanced) {
        Some(answer) if answer == own => message!(report.same_under, set = set),
        Some(answer) => message!(report.under, set = set, answer = answer),
        None => message!(report.none_under, set = set),
    };
    paragraphs(&told).collect()
}

fn claims(report: &LessonReport<'_>) -> Vec<Claim> {
    let told = |run: &Run, verdict: &Verdict| {
        (people::hypotheses(&run.scenario.arms), mark(verdict), verdict.text.clone())
    };
    let judged = report.run.judged_claims().enumerate();
    let claim = |(position, (claim, verdict)): (usize, (&ScenarioClaim, &Verdict))| {
        let other = report.under_other_set;
        let under = other.and_then(|other| Some(told(other, other.verdicts.get(position)?)));
        Claim {
            says: claim.says.clone(),
            judged: std::iter::once(told(report.run, verdict)).chain(under).collect(),
            ..Claim::default()
        }
    };
    judged.map(claim).collect()
}

const fn mark(verdict: &Verdict) -> Mark {
    match verdict.judgement {
        Judgement::Holds => Mark::Yes,
        Judgement::Fails => Mark::No,
        Judgement::NoDifference => Mark::NoDifference,
        Judgement::Undecided => Mark::Unknown,
    }
}

/// The arms side by side, rounded as a clinic writes.
fn at_the_end(run: &Run) -> Table {
    let looks = looks(&run.scenario.arms);
    let mut columns = vec![Column::words(message!(report.quantity))];
    let mut ages = vec![message!(report.age)];
    let mut ended = Vec::new();
    for (position, (arm, result)) in run.arms().enumerate() {
        let Some(row) = result.trajectory.rows.last() else { continue };
        let look = looks.get(position).copied().unwrap_or(position);
        columns.push(Column::of_arm(look, arm.label.as_str()));
        let age = arm.person.start_age_years + row.time_days / DAYS_PER_YEAR;
        ages.push(at_most(age, 1));
        ended.push(result);
    }
    columns.push(Column::numbers(message!(report.usual)));
    ages.push(String::new());
    let mut rows = vec![ages];
    for quantity in run.summary_quantities() {
        let name = format!("{} {}", quantity.label, bracketed(quantity.unit));
        let mut row = vec![name.trim_end().to_owned()];
        row.extend(ended.iter().map(|result| {
            let value = run.summary_value(result, quantity);
            value.map_or("–".to_owned(), |value| clinical(quantity, value))
        }));
        row.push(range(quantity).unwrap_or_default());
        rows.push(row);
    }
    let caption = match run.is_resolved() {
        true => message!(report.over_the_last_day),
        false => message!(report.at_the_end),
    };
    Table { caption, columns, rows }
}

/// The certificate that no calcium appeared or vanished.
fn balance(run: &Run) -> Vec<Block> {
    let rows: Vec<Vec<String>> =
        run.balances().map(|(arm, balance)| balance_row(arm, balance)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let all = run.balances().all(|(_, balance)| balance.holds());
    let words = if all { message!(report.balanced) } else { message!(report.not_balanced) };
    let grams = |name: String| Column::numbers(heading(&name, "g"));
    let milligrams = |name: String| Column::numbers(heading(&name, "mg"));
    let table = Table {
        caption: message!(report.balance_caption),
        columns: vec![
            Column::words(message!(report.arm)),
            grams(message!(report.eaten)),
            grams(message!(report.excreted)),
            grams(message!(report.stored)),
            milligrams(message!(report.residual)),
            milligrams(message!(report.tolerance)),
        ],
        rows,
    };
    vec![Block::Paragraph(words), Block::Table(table)]
}

fn balance_row(arm: &Arm, balance: &CalciumBalance) -> Vec<String> {
    let grams = |mg: f64| fixed(mg / 1000.0, if balance.eaten_mg < 1e5 { 3 } else { 1 });
    vec![
        arm.label.clone(),
        grams(balance.eaten_mg),
        grams(balance.excreted_mg()),
        grams(balance.total_stored_mg()),
        error_size(balance.residual_mg),
        error_size(balance.tolerance_mg()),
    ]
}
