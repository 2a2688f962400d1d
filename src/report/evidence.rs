//! The page of published trials beside the model.

use crate::charts::forest;
use crate::evidence::prediction::{Compared, Prediction};
use crate::evidence::score::{Score, topics};
use crate::evidence::table::{observed, predicted, treatment};
use crate::evidence::trial::Trial;
use crate::parameters::Hypothesis;
use crate::printed::shell_path;
use crate::report::document::{Block, Column, Document, Table};
use crate::report::finished;
use crate::words::catalogue::message;
use crate::words::names::capital;

/// The page; `file` is the table of the user with its text, if it is not the shipped one.
pub(crate) fn document(compared: &[Compared], file: Option<(&str, &str)>) -> Document {
    let mut document = Document::of_question(&message!(report.evidence), "");
    document.below = message!(report.below_evidence, count = compared.len());
    document.handout.push(Block::Table(scores(compared)));
    let figures = forest::charts(compared).into_iter();
    let mut blocks: Vec<Block> = figures.map(|(name, chart)| Block::figure(name, chart)).collect();
    for topic in topics(compared) {
        let own: Vec<&Compared> = compared.iter().filter(|one| one.trial.topic == topic).collect();
        let summary = message!(report.topic, topic = capital(topic), count = own.len());
        blocks.push(Block::more(summary, vec![Block::Table(table(topic, &own))]));
    }
    document.section("trials", message!(report.trials), blocks);
    let sets = Hypothesis::ALL.map(Hypothesis::name).join(", ");
    let command = match file {
        Some((name, _)) => format!("calcifate evidence --file {}", shell_path(name)),
        None => "calcifate evidence".to_owned(),
    };
    let texts = file.map(|(name, text)| (name.to_owned(), text.to_owned()));
    finished(document, &sets, true, command, texts.as_slice())
}

fn scores(compared: &[Compared]) -> Table {
    let rows = Hypothesis::ALL.map(|set| {
        let score = Score::of(set, compared.iter());
        let part = |holds: usize, all: usize| message!(report.of_all, holds = holds, all = all);
        let mut row = vec![set.name().to_owned(), part(score.holds, score.all)];
        row.extend(score.by_kind.iter().map(|(_, holds, all)| part(*holds, *all)));
        row
    });
    Table {
        caption: message!(report.scores),
        columns: vec![
            Column::words(message!(report.set)),
            Column::numbers(message!(report.all_hold)),
            Column::numbers(message!(report.sizes)),
            Column::numbers(message!(report.nulls)),
            Column::numbers(message!(report.directions)),
        ],
        rows: rows.to_vec(),
    }
}

fn table(topic: &str, compared: &[&Compared]) -> Table {
    let cell = |trial: &Trial, prediction: &Prediction| {
        format!("{} ({})", predicted(trial, prediction), prediction.agreement.words())
    };
    let rows = compared.iter().map(|one| {
        let trial = &one.trial;
        let who = [trial.citation.clone(), treatment(trial), trial.population.clone()];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut row = vec![who, trial.read_out.words().to_owned(), observed(trial)];
        row.extend(one.predictions.iter().map(|prediction| cell(trial, prediction)));
        row.extend([trial.checked.clone(), trial.notes.clone()]);
        row
    });
    let heads = [message!(report.trial), message!(report.read_out), message!(report.observed)];
    let mut columns: Vec<Column> = heads.into_iter().map(Column::words).collect();
    columns.extend(Hypothesis::ALL.map(|set| Column::words(set.name())));
    columns.extend([message!(report.read_in), message!(report.notes)].map(Column::words));
    Table { caption: capital(topic), columns, rows: rows.collect() }
}
