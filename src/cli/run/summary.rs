//! The summary of a run on the terminal: the answer first, then why it may be believed.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::Judgement;
use crate::cli::run::finished::FinishedRun;
use crate::cli::session::figures::first_of;
use crate::cli::table::{
    MOST_LETTERS, TITLE_WIDTH, TableColumn, paragraphs, shortened, side_by_side, titled, wrapped,
};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::library::run::Run;
use crate::printed::shown_path;
use crate::report::PAGE;
use crate::scenario::{Arm, Scenario};
use crate::simulation::ArmRun;
use crate::storage::figure_files::picture;
use crate::units::DAYS_PER_YEAR;
use crate::words::names::labeled;
use crate::words::numbers::{at_most, clinical, error_size, fixed};
use crate::words::people;

/// Longer labels are cut in the lines of the balance.
const LONGEST_LABEL: usize = 40;

pub(crate) fn summary(run: &FinishedRun, seconds: f64, terminal: &Terminal) -> String {
    let scenario = &run.run.scenario;
    let on = terminal.colored_results;
    let width = terminal.width();
    let mut text = heading(scenario, width, on);
    for sentence in people::circumstances(&scenario.arms) {
        text += &(wrapped(&sentence, width.min(MOST_LETTERS)).join("\n") + "\n\n");
    }
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

fn push_answer(text: &mut String, run: &FinishedRun, width: usize) {
    *text += &titled("Answer", &answer_paragraphs(run), width);
}

/// The read-outs of the arms at the end; their means over the last day where single doses or meals
/// are resolved, as midnight is no usual hour.
fn arms_table(run: &FinishedRun, width: usize) -> String {
    let quantities = run.run.summary_quantities();
    let when = if run.run.is_resolved() { "Mean of the last day: age" } else { "At the end: age" };
    let names: Vec<String> = std::iter::once(when.to_owned())
        .chain(quantities.iter().map(|quantity| labeled(quantity)))
        .collect();
    let column = |(arm, result): (&Arm, &ArmRun)| {
        let last = result.trajectory.rows.last();
        let age = last.map(|row| arm.person.start_age_years + row.time_days / DAYS_PER_YEAR);
        let age = age.map_or("–".to_owned(), |age| at_most(age, 1));
        let cells = quantities.iter().map(|quantity| {
            let value = run.run.summary_value(result, quantity);
            value.map_or("–".to_owned(), |value| clinical(quantity, value))
        });
        (arm.label.clone(), std::iter::once(age).chain(cells).collect())
    };
    let columns: Vec<TableColumn> = run.run.arms().map(column).collect();
    side_by_side(&names, &columns, width)
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
    let is_kept_as_incomplete = folder.extension().is_some_and(|end| end == "incomplete");
    let short = match (run.run.is_complete(), is_kept_as_incomplete) {
        (true, false) => None,
        (true, true) => Some("interrupted while it was written: tables are missing"),
        (false, _) => Some("ended early"),
    };
    if let Some(short) = short {
        let cross = mark(false, on);
        *text += &format!("Run      {cross} {short}; an earlier result was left alone\n");
    }
    let time = at_most(seconds, if seconds < 0.1 { 3 } else { 1 });
    let pictures = run.figures.iter().map(|figure| picture(folder, &figure.name));
    let line = match first_of(&pictures.collect::<Vec<_>>()) {
        Some(first) => format!("{:<TITLE_WIDTH$}{first} · {time} s", "Figures"),
        None => format!("{:<TITLE_WIDTH$}{} · {time} s", "Tables", shown_path(folder)),
    };
    *text += &format!("{line} · fingerprint {}\n", run.run.fingerprint());
    if run.page.is_some() {
        let page = folder.join(PAGE);
        *text += &format!("{:<TITLE_WIDTH$}{}\n", "Read on", shown_path(&page));
    }
}

/// Paragraphs of the answer; none if the lesson has none.
pub(crate) fn answer_paragraphs(run: &FinishedRun) -> Vec<String> {
    if run.run.scenario.answer.is_none() {
        return Vec::new();
    }
    let Some(own) = run.run.answer() else {
        let reason = "an arm was left out or ended early, a time lies outside the run, or it \
                      asks for a ratio of nothing";
        return vec![format!("cannot be told: {reason}")];
    };
    let other = run.under_other_set.iter().flat_map(|other| under(&run.run, &own, other));
    std::iter::once(own.clone()).chain(other).collect()
}

/// The same sentence with the numbers of the other set, and the claims that it judges otherwise.
fn under(run: &Run, own: &str, other: &Run) -> Vec<String> {
    let set = people::hypotheses(&other.scenario.arms);
    let balanced = other.balances().all(|(_, balance)| balance.holds());
    let answer = match other.answer().filter(|_| balanced) {
        Some(answer) if answer == own => "the same.".to_owned(),
        Some(answer) => answer,
        None => "cannot be told: an arm ended early or does not balance.".to_owned(),
    };
    let claims = run.verdicts.iter().zip(other.judged_claims());
    let turned = claims.filter_map(|(verdict, (claim, under))| {
        let so = match (verdict.holds()?, under.holds()?) {
            (true, false) => "Not so",
            (false, true) => "But so",
            _ => return None,
        };
        Some(format!("{so} under {set}: “{}” ({})", claim.says, under.text))
    });
    std::iter::once(format!("Under {set}: {answer}")).chain(turned).collect()
}
