//! The page of a scenario that has run.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::{Judgement, Verdict};
use crate::library::arm_looks::looks;
use crate::library::run::Run;
use crate::report::document::{
    Block, Claim, Column, Document, Figure, Mark, Section, Table, paragraphs,
};
use crate::report::glossary::range;
use crate::report::{basis, glossary, limits, repeat, why};
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
    let mut figures = figures(report).into_iter();
    let (who, sets) = (people::person(&scenario.arms), people::hypotheses(&scenario.arms));
    let figure = figures.next();
    let claims = claims(report);
    let handout = if claims.is_empty() { Vec::new() } else { vec![Block::Claims(claims)] };
    let further: Vec<Block> = figures.map(|figure| Block::Figure(Box::new(figure))).collect();
    let before = people::circumstances(&scenario.arms).join("\n\n");
    let lesson = paragraphs(&scenario.lesson).chain(paragraphs(&before));
    let lesson: Vec<Block> = lesson.map(Block::Paragraph).collect();
    let sections = [
        ("lesson", message!(report.lesson), lesson),
        ("numbers", message!(report.numbers), vec![Block::Table(at_the_end(run))]),
        ("figures", message!(report.figures), further),
        ("why", message!(report.why), why),
        ("balance", message!(report.balance), balance(run)),
    ];
    let sections = sections.into_iter().filter(|(.., blocks)| !blocks.is_empty());
    let mut sections: Vec<Section> =
        sections.map(|(id, heading, blocks)| Section { id, heading, blocks }).collect();
    let command = repeat::command(file, report.overrides, report.options);
    sections.push(basis::section(&sets));
    sections.push(limits::section(false));
    let mut document = Document {
        below: message!(report.below, person = who, sets = sets),
        notices: notices(run),
        answer: answer(run),
        figure,
        aside: aside(report),
        handout,
        sections,
        ..Document::of_question(&scenario.title, &scenario.question)
    };
    document.sections.push(glossary::section(&document.words()));
    document.sections.push(basis::sources());
    document.sections.push(repeat::section(command, &scenario.texts));
    document
}

fn figures(report: &LessonReport<'_>) -> Vec<Figure> {
    if !report.with_figures || !report.run.is_complete() {
        return Vec::new();
    }
    let charts = report.run.charts().into_iter();
    charts.map(|(name, chart)| Figure { name, chart }).collect()
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
    let other = report.under_other_set;
    let judged = report.run.judged_claims().enumerate();
    let told = judged.map(|(position, (claim, verdict))| {
        let under = other.and_then(|other| {
            Some((people::hypotheses(&other.scenario.arms), other.verdicts.get(position)?))
        });
        let own = (people::hypotheses(&report.run.scenario.arms), verdict);
        let judged = std::iter::once(own).chain(under);
        Claim {
            says: claim.says.clone(),
            judged: judged
                .map(|(set, verdict)| (set, mark(verdict), verdict.text.clone()))
                .collect(),
            remarks: Vec::new(),
            rests_on: Vec::new(),
        }
    });
    told.collect()
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
    let arms =
        || run.arms().filter_map(|(arm, result)| Some((arm, result.trajectory.rows.last()?)));
    let columns =
        run.arms().enumerate().filter(|(_, (_, result))| !result.trajectory.rows.is_empty());
    let looks = looks(&run.scenario.arms);
    let columns = columns.map(|(position, (arm, _))| {
        Column::of_arm(looks.get(position).copied().unwrap_or(position), arm.label.as_str())
    });
    let mut ages = vec![message!(report.age)];
    ages.extend(
        arms().map(|(arm, row)| {
            at_most(arm.person.start_age_years + row.time_days / DAYS_PER_YEAR, 1)
        }),
    );
    ages.push(String::new());
    let rows = run.summary_quantities().into_iter().map(|quantity| {
        let name = [quantity.label.to_owned(), bracketed(quantity.unit)].join(" ");
        let ended = run.arms().filter(|(_, result)| !result.trajectory.rows.is_empty());
        let values = ended.map(|(_, result)| {
            let value = run.summary_value(result, quantity);
            value.map_or("–".to_owned(), |value| clinical(quantity, value))
        });
        let usual = range(quantity).unwrap_or_default();
        std::iter::once(name.trim_end().to_owned()).chain(values).chain([usual]).collect()
    });
    Table {
        caption: if run.is_resolved() {
            message!(report.over_the_last_day)
        } else {
            message!(report.at_the_end)
        },
        columns: std::iter::once(Column::words(message!(report.quantity)))
            .chain(columns)
            .chain([Column::numbers(message!(report.usual))])
            .collect(),
        rows: std::iter::once(ages).chain(rows).collect(),
    }
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
