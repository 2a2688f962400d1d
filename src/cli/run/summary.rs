//! The summary of a run on the terminal: the answer first, then why it may be believed.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::Judgement;
use crate::cli::run::answer;
use crate::cli::run::finished::FinishedRun;
use crate::cli::session::figures::first_of;
use crate::cli::table::{TableColumn, shortened, side_by_side, wrapped};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::physiology::quantities::{Quantity, in_order, quantity};
use crate::scenario::{Arm, Scenario};
use crate::storage::figure_files::picture;
use crate::units::DAYS_PER_YEAR;
use crate::words::names::labeled;
use crate::words::numbers::{at_most, clinical, error_size, fixed};
use crate::words::people;

/// Longer labels are cut in the lines of the balance.
const LONGEST_LABEL: usize = 40;

/// Longer lines of sentences are hard to read.
const MOST_LETTERS: usize = 100;

/// Width of "Balance" and its like, left of what it says.
const TITLE_WIDTH: usize = 9;

/// More rows than this are no summary.
const MOST_ROWS: usize = 12;

pub(crate) fn summary(run: &FinishedRun, seconds: f64, terminal: &Terminal) -> String {
    let scenario = &run.run.scenario;
    let on = terminal.colored_results;
    let width = terminal.width();
    let mut text = heading(scenario, width, on);
    for paragraph in paragraphs(&scenario.lesson, width) {
        text += &(paragraph + "\n\n");
    }
    text += &arms_table(run, width);
    text.push('\n');
    push_claims(&mut text, run, on);
    push_balances(&mut text, run, on);
    push_answer(&mut text, run, width);
    push_files(&mut text, run, seconds, on);
    text
}

/// The question, if there is one; title, person and hypothesis.
fn heading(scenario: &Scenario, width: usize, on: bool) -> String {
    let (who, set) = (people::person(&scenario.arms), people::hypotheses(&scenario.arms));
    if scenario.question.is_empty() {
        let title = Emphasis::Bold.paint(&scenario.title, on);
        return format!("{title} · {who} · hypothesis: {set}\n\n");
    }
    let question = wrapped(&scenario.question, width.min(MOST_LETTERS));
    let question: Vec<_> = question.iter().map(|line| Emphasis::Bold.paint(line, on)).collect();
    format!("{}\n  {} · {who} · hypothesis: {set}\n\n", question.join("\n"), scenario.title)
}

/// The paragraphs of a text, which blank lines part, each in lines that fit.
pub(crate) fn paragraphs(text: &str, width: usize) -> impl Iterator<Item = String> {
    let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty());
    paragraphs.map(move |text| wrapped(text, width.min(MOST_LETTERS)).join("\n"))
}

fn push_answer(text: &mut String, run: &FinishedRun, width: usize) {
    let room = width.min(MOST_LETTERS).saturating_sub(TITLE_WIDTH).max(1);
    let lines = answer::paragraphs(run).into_iter().flat_map(|text| wrapped(&text, room));
    for (index, line) in lines.enumerate() {
        let title = if index == 0 { "Answer" } else { "" };
        *text += &format!("{title:<TITLE_WIDTH$}{line}\n");
    }
}

fn arms_table(run: &FinishedRun, width: usize) -> String {
    let quantities = rows(run);
    let mut names = vec!["At the end: age".to_owned()];
    names.extend(quantities.iter().map(|quantity| labeled(quantity)));
    let columns: Vec<TableColumn> = run
        .run
        .arms()
        .map(|(arm, result)| {
            let last = result.trajectory.rows.last();
            let age = last.map(|row| arm.person.start_age_years + row.time_days / DAYS_PER_YEAR);
            let mut cells = vec![age.map_or("–".to_owned(), |age| at_most(age, 1))];
            cells.extend(quantities.iter().map(|quantity| {
                last.map_or("–".to_owned(), |row| clinical(quantity, row.value(quantity.column)))
            }));
            TableColumn { heading: arm.label.clone(), cells }
        })
        .collect();
    side_by_side(&names, &columns, width)
}

/// The usual rows, then those of the time courses and of the claims.
fn rows(run: &FinishedRun) -> Vec<&'static Quantity> {
    let scenario = &run.run.scenario;
    let mentioned = scenario.claims.iter().flat_map(|claim| {
        claim.text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
    });
    let named = scenario.figures.timeline.iter().copied().chain(mentioned).filter_map(quantity);
    let usual = in_order(|quantity| quantity.summary_place);
    let mut rows: Vec<&'static Quantity> = Vec::new();
    for quantity in usual.into_iter().chain(named) {
        if rows.len() < MOST_ROWS && !rows.iter().any(|known| known.name == quantity.name) {
            rows.push(quantity);
        }
    }
    rows
}

fn push_claims(text: &mut String, run: &FinishedRun, on: bool) {
    let judged = run.run.judged_claims();
    for (index, (claim, verdict)) in judged.enumerate() {
        let mark = match verdict.judgement {
            Judgement::Holds => mark(true, on),
            Judgement::NoDifference => Emphasis::Yellow.paint("≈", on),
            Judgement::Fails => mark(false, on),
            Judgement::Undecided => Emphasis::Yellow.paint("?", on),
        };
        let title = if index == 0 { "Claims" } else { "" };
        *text += &format!("{title:<TITLE_WIDTH$}{mark} {} ({})\n", claim.says, verdict.text);
    }
}

fn push_balances(text: &mut String, run: &FinishedRun, on: bool) {
    let arms: Vec<_> = run.run.balances().collect();
    let label = |arm: &Arm| shortened(&arm.label, LONGEST_LABEL);
    let label_width = arms.iter().map(|(arm, _)| label(arm).chars().count()).max().unwrap_or(0);
    for (index, (arm, balance)) in arms.iter().enumerate() {
        let title = if index == 0 { "Balance" } else { "" };
        let mark = mark(balance.holds(), on);
        let words = balance_words(balance);
        *text += &format!("{title:<TITLE_WIDTH$}{mark} {:label_width$}  {words}\n", label(arm));
    }
}

fn balance_words(balance: &CalciumBalance) -> String {
    let stored = balance.total_stored_mg();
    let (sign, stored_words) =
        if stored < 0.0 { ("−", "from the body") } else { ("+", "stored") };
    let verdict = if balance.holds() {
        String::new()
    } else {
        let tolerance = error_size(balance.tolerance_mg());
        format!(" exceeds {tolerance} mg: calcium was lost or made")
    };
    format!(
        "{} mg eaten = {} mg excreted {sign} {} mg {stored_words}; residual {} mg{verdict}",
        fixed(balance.eaten_mg, 0),
        fixed(balance.excreted_mg(), 0),
        fixed(stored.abs(), 0),
        error_size(balance.residual_mg),
    )
}

fn push_files(text: &mut String, run: &FinishedRun, seconds: f64, on: bool) {
    let Some(folder) = &run.folder else { return };
    if !run.run.is_complete() {
        let cross = mark(false, on);
        *text += &format!("Run      {cross} ended early; an earlier result was left alone\n");
    }
    let time = at_most(seconds, if seconds < 0.1 { 3 } else { 1 });
    let pictures = run.figures.iter().map(|figure| picture(folder, &figure.name));
    let line = match first_of(&pictures.collect::<Vec<_>>()) {
        Some(first) => format!("{:<TITLE_WIDTH$}{first} · {time} s", "Figures"),
        None => format!("{:<TITLE_WIDTH$}{} · {time} s", "Tables", folder.display()),
    };
    *text += &(line + "\n");
}
