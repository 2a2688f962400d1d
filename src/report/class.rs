//! The overview of what a class predicted: by question, with the model beside it.

use crate::class::answers::Student;
use crate::class::played::{Model, Played, Prediction};
use crate::class::tally::{Count, Counted, counts};
use crate::report::document::{Block, Column, Document, Section, Table, paragraphs};
use crate::report::limits;
use crate::report::teacher::idea_words;
use crate::words::catalogue::message;
use crate::words::people;

/// The page.
pub(crate) fn document(played: &Played, students: &[Student]) -> Document {
    let exercise = &played.exercise;
    let counts = counts(played, students);
    let mut blocks = Vec::new();
    for (position, count) in counts.iter().enumerate() {
        blocks.push(Block::Heading(first_paragraph(&count.answered.question)));
        let mut words = score(count);
        if let Some(idea) = count.answered.step.idea {
            words += &format!(" {}", message!(class.idea, idea = idea_words(idea)));
        }
        blocks.push(Block::Paragraph(words));
        blocks.extend(shown(played, position, count));
        blocks.extend(paragraphs(&count.answered.explanation).map(Block::Paragraph));
    }
    let heading = message!(class.key_of);
    let person = people::person(&exercise.scenario.arms);
    Document {
        title: message!(class.overview, title = exercise.title),
        above: message!(class.exercise),
        below: format!("{} · {}", message!(class.students, count = students.len()), person),
        handout: vec![Block::Table(table(&counts))],
        sections: vec![Section { id: "questions", heading, blocks }, limits::section(false)],
        ..Document::default()
    }
}

fn first_paragraph(text: &str) -> String {
    paragraphs(text).next().unwrap_or_default()
}

/// "2 of 9 right: this idea resists."
fn score(count: &Count<'_>) -> String {
    match count.all {
        0 => message!(class.nobody),
        all if count.resists() => {
            format!("{}.", message!(class.resists, right = count.right, count = all))
        }
        all => format!("{}.", message!(class.taught, right = count.right, count = all)),
    }
}

fn table(counts: &[Count<'_>]) -> Table {
    let row = |count: &Count<'_>| {
        let idea = count.answered.step.idea.map(idea_words).unwrap_or_default();
        let right =
            if count.resists() { format!("{} ✗", count.right) } else { count.right.to_string() };
        vec![first_paragraph(&count.answered.question), idea, count.all.to_string(), right]
    };
    Table {
        caption: message!(class.by_question),
        columns: vec![
            Column::words(message!(class.question)),
            Column::words(message!(class.about)),
            Column::numbers(message!(class.answered)),
            Column::numbers(message!(class.right)),
        ],
        rows: counts.iter().map(row).collect(),
    }
}

/// The predictions of a step as a figure or a table, the model's own marked.
fn shown(played: &Played, position: usize, count: &Count<'_>) -> Option<Block> {
    if count.all == 0 {
        return None;
    }
    let row = |prediction: Prediction, words: String, number: usize| {
        let words = match count.answered.is_right(&prediction) {
            Some(true) => message!(class.of_model, option = words),
            _ => words,
        };
        vec![words, number.to_string()]
    };
    let (heading, rows) = match (&count.kind, &count.answered.model) {
        (Counted::Curves(curves), Model::Curve(curve)) => {
            let chart = played.chart(curve, true, curves);
            return Some(Block::figure(format!("curves-{position}"), chart));
        }
        (Counted::Orders(orders), _) => {
            let rows = orders.iter().map(|(order, number)| {
                let labels: Vec<&str> = order.iter().map(|name| played.label(name)).collect();
                row(Prediction::Order(order.clone()), labels.join(" > "), *number)
            });
            (message!(class.orders), rows.collect())
        }
        (Counted::Choices(numbers), Model::Choice(options, _)) => {
            let rows = options.iter().zip(numbers).enumerate();
            let rows =
                rows.map(|(at, (says, number))| row(Prediction::Choice(at), says.clone(), *number));
            (message!(class.options), rows.collect())
        }
        _ => return None,
    };
    let caption = message!(class.counted, number = position + 1);
    let columns = vec![Column::words(heading), Column::numbers(message!(class.chosen))];
    Some(Block::Table(Table { caption, columns, rows }))
}
