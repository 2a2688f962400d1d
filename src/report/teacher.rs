//! The teacher's file of a class exercise: lesson plan, key, how to collect the answers.

use crate::charts::waterfall::View;
use crate::class::exercise::{Idea, Step};
use crate::class::played::Model;
use crate::printed::shell_path;
use crate::report::document::{Block, Column, Document, Table, paragraphs};
use crate::report::exercise::{ExercisePages, told, why_blocks};
use crate::report::limits;
use crate::words::catalogue::message;
use crate::words::people;

/// The key of an exercise that stands in the file with this name, or is the shipped one of this name.
pub(crate) fn document(pages: &ExercisePages<'_>, file: &str) -> Document {
    let played = pages.played;
    let exercise = &played.exercise;
    let teacher = &exercise.teacher;
    let age = Some(&teacher.age).filter(|age| !age.is_empty());
    let facts = [
        age.map(|age| message!(class.students_age, age = age)),
        teacher.minutes.map(|minutes| message!(class.minutes, minutes = minutes)),
        Some(people::person(&exercise.scenario.arms)),
        Some(people::hypotheses(&exercise.scenario.arms)),
    ];
    let mut handout: Vec<Block> = paragraphs(&played.situation).map(Block::Paragraph).collect();
    if !teacher.prior_knowledge.is_empty() {
        let words = message!(class.prior, words = teacher.prior_knowledge);
        handout.extend(paragraphs(&words).map(Block::Paragraph));
    }
    if !teacher.plan.is_empty() {
        handout.push(Block::Table(plan(&teacher.plan)));
    }
    let mut document = Document {
        title: exercise.title.clone(),
        above: message!(class.key),
        below: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        handout,
        ..Document::default()
    };
    document.section("key", message!(class.key_of), key(pages));
    let why = why_blocks(pages.why, &[View::Cause, View::Effect]);
    document.section("why", message!(class.why), why);
    document.section("collect", message!(class.collect), collect(&exercise.id, file));
    document.sections.push(limits::section(false));
    document
}

fn plan(parts: &[(u64, String)]) -> Table {
    let rows = parts.iter().map(|(minutes, does)| vec![minutes.to_string(), does.clone()]);
    let columns =
        vec![Column::words(message!(class.minutes_head)), Column::words(message!(class.does))];
    Table { caption: message!(class.plan), columns, rows: rows.collect() }
}

fn key(pages: &ExercisePages<'_>) -> Vec<Block> {
    let played = pages.played;
    let count = played.steps.len();
    let mut blocks = Vec::new();
    for (position, answered) in played.steps.iter().enumerate() {
        let number = message!(class.question_of, number = position + 1, count = count);
        blocks.push(Block::Heading(number));
        blocks.extend(paragraphs(&answered.question).map(Block::Paragraph));
        blocks.extend(of_teacher(&answered.step).map(Block::Paragraph));
        if let Model::Curve(curve) = &answered.model {
            let chart = played.chart(curve, true, &[]);
            blocks.push(Block::figure(format!("key-{position}"), chart));
        }
        blocks.extend(told(pages, position, answered));
    }
    blocks
}

/// What only the teacher reads of a step.
fn of_teacher(step: &Step) -> impl Iterator<Item = String> {
    let idea = step.idea.map(|idea| message!(class.idea, idea = idea_words(idea)));
    let expected = Some(&step.expected).filter(|text| !text.is_empty());
    let expected = expected.map(|text| message!(class.expected, expected = text));
    [expected, idea].into_iter().flatten()
}

/// An idea that resists teaching, in words.
pub(crate) fn idea_words(idea: Idea) -> String {
    match idea {
        Idea::Regulation => message!(class.idea_regulation),
        Idea::Removal => message!(class.idea_removal),
        Idea::Scale => message!(class.idea_scale),
        Idea::Correlation => message!(class.idea_correlation),
    }
}

fn collect(id: &str, file: &str) -> Vec<Block> {
    let file = shell_path(file);
    // A shipped exercise is known by its id.
    let named = if file == id { String::new() } else { format!("{file} ") };
    vec![
        Block::Paragraph(message!(class.collect_words)),
        Block::Preformatted(format!("calcifate class {named}--collect answers")),
        Block::Paragraph(message!(class.again_words)),
        Block::Preformatted(format!("calcifate class {file}")),
    ]
}
