//! The overview of what a class predicted: by question, with the model beside it.

use crate::class::answers::Student;
use crate::class::exercise::Task;
use crate::class::played::{Model, Played, Ranked};
use crate::class::tally::{Count, Counted, counts};
use crate::report::document::{Block, Column, Document, Figure, Section, Table, paragraphs};
use crate::report::limits;
use crate::report::teacher::{idea_words, option};
use crate::words::catalogue::message;
use crate::words::people;

/// The page.
pub(crate) fn document(played: &Played, students: &[Student]) -> Document {
    let exercise = &played.exercise;
    let counts = counts(played, students);
    let mut blocks = Vec::new();
    for (position, count) in counts.iter().enumerate() {
        blocks.push(Block::Heading(first_paragraph(&count.answered.question)));
        let words = score(count);
        let words = match count.step.idea {
            Some(idea) => format!("{words} {}", message!(class.idea, idea = idea_words(idea))),
            None => words,
        };
        blocks.push(Block::Paragraph(words));
        blocks.extend(shown(played, position, count));
        blocks.extend(paragraphs(&count.answered.explanation).map(Block::Paragraph));
    }
    let heading = message!(class.key_of);
    Document {
        title: message!(class.overview, title = exercise.title),
        above: message!(class.exercise),
        below: [
            message!(class.students, count = students.len()),
            people::person(&exercise.scenario.arms),
        ]
        .join(" · "),
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
        let idea = count.step.idea.map(idea_words).unwrap_or_default();
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

/// The predictions of a step as a figure or a table.
fn shown(played: &Played, position: usize, count: &Count<'_>) -> Option<Block> {
    if count.all == 0 {
        return None;
    }
    Some(match (&count.kind, &count.answered.model, &count.step.task) {
        (Counted::Curves(curves), Model::Curve(curve), Task::Draw(draw)) => {
            let chart = played.chart(draw, curve, true, curves);
            Block::Figure(Box::new(Figure { name: format!("curves-{position}"), chart }))
        }
        (Counted::Orders(orders), Model::Order(model), _) => {
            let label = |at: &usize| played.label(model.names.get(*at).map_or("", String::as_str));
            let row = |(order, number): &(Vec<usize>, usize)| {
                let words = order.iter().map(label).collect::<Vec<_>>().join(" > ");
                vec![marked(model, order, words), number.to_string()]
            };
            of_two(position, message!(class.orders), orders.iter().map(row).collect())
        }
        (Counted::Choices(numbers), _, Task::Choose(options)) => {
            let row = |(at, number): (usize, &usize)| {
                let says = options.get(at).map_or("", |option| option.says.as_str());
                vec![option(count.answered, at, says), number.to_string()]
            };
            of_two(position, message!(class.options), numbers.iter().enumerate().map(row).collect())
        }
        _ => return None,
    })
}

/// An order with the mark of the model's, if it is that.
fn marked(model: &Ranked, order: &[usize], words: String) -> String {
    let ranks: Vec<usize> = order.iter().filter_map(|at| model.ranks.get(*at).copied()).collect();
    if ranks.is_sorted() { message!(class.of_model, option = words) } else { words }
}

fn of_two(position: usize, heading: String, rows: Vec<Vec<String>>) -> Block {
    let caption = message!(class.counted, number = position + 1);
    let columns = vec![Column::words(heading), Column::numbers(message!(class.chosen))];
    Block::Table(Table { caption, columns, rows })
}
