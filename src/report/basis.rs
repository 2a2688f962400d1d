//! What a page rests on: the parameters of the model by grade, those that the hypothesis sets
//! disagree about, and the literature.

use std::collections::BTreeSet;

use crate::parameters::{
    Evidence, Hypothesis, PARAMETER_TABLE, ParameterInfo, ParameterKind, SOURCES, source,
};
use crate::report::document::{Block, Column, Part, Section, Table};
use crate::words::catalogue::message;
use crate::words::names::{capital, in_words, unit, without_its_unit};
use crate::words::numbers::{short, with_unit};

const GRADES: [Evidence; 3] = [Evidence::Measured, Evidence::Fitted, Evidence::Assumed];

/// Digits of a parameter.
const DIGITS: i32 = 4;

/// Parameters that say something about the body.
fn parameters() -> impl Iterator<Item = &'static ParameterInfo> {
    PARAMETER_TABLE.iter().filter(|entry| entry.kind != ParameterKind::Definition)
}

fn of_grade(grade: Evidence) -> Vec<&'static ParameterInfo> {
    parameters().filter(|entry| entry.evidence == grade).collect()
}

/// The section about parameters; `hypotheses` are the sets of the page.
pub(crate) fn section(hypotheses: &str) -> Section {
    let parts = GRADES.map(|grade| Part { name: word(grade), count: of_grade(grade).len() });
    let contested: Vec<_> =
        parameters().filter(|entry| entry.conservative_value.is_some()).collect();
    let mut blocks = vec![
        Block::Paragraph(message!(report.basis_words, count = parameters().count())),
        Block::Parts(parts.to_vec()),
        Block::Paragraph(message!(
            report.contested_words,
            sets = hypotheses,
            count = contested.len()
        )),
        Block::more(message!(report.contested), vec![Block::Table(both_sets(&contested))]),
    ];
    blocks.extend(GRADES.map(|grade| {
        let entries = of_grade(grade);
        let summary = message!(report.of_grade, count = entries.len(), grade = word(grade));
        Block::more(summary, vec![Block::Table(table(&entries, &word(grade)))])
    }));
    Section { id: "basis", heading: message!(report.basis), blocks }
}

fn word(grade: Evidence) -> String {
    match grade {
        Evidence::Measured => message!(report.measured),
        Evidence::Fitted => message!(report.fitted),
        Evidence::Assumed => message!(report.assumed),
    }
}

fn name(entry: &ParameterInfo) -> String {
    capital(&without_its_unit(entry.name, entry.unit))
}

fn value(entry: &ParameterInfo, value: f64) -> String {
    with_unit(&short(value, DIGITS), entry.unit)
}

fn both_sets(entries: &[&ParameterInfo]) -> Table {
    let rows = entries.iter().map(|entry| {
        let other = entry.conservative_value.unwrap_or(entry.value);
        vec![name(entry), short(entry.value, DIGITS), short(other, DIGITS), unit(entry.unit)]
    });
    Table {
        caption: message!(report.contested),
        columns: vec![
            Column::words(message!(report.parameter)),
            Column::numbers(Hypothesis::Paradox.name()),
            Column::numbers(Hypothesis::Conservative.name()),
            Column::words(message!(report.unit)),
        ],
        rows: rows.collect(),
    }
}

fn table(entries: &[&ParameterInfo], grade: &str) -> Table {
    let rows = entries.iter().map(|entry| {
        let cited = source(entry.source).map_or("", |source| source.citation);
        vec![name(entry), value(entry, entry.value), in_words(entry.group), cited.to_owned()]
    });
    Table {
        caption: message!(report.parameters_caption, grade),
        columns: vec![
            Column::words(message!(report.parameter)),
            Column::numbers(message!(report.value)),
            Column::words(message!(report.mechanism)),
            Column::words(message!(report.source)),
        ],
        rows: rows.collect(),
    }
}

/// The literature behind the parameters.
pub(crate) fn sources() -> Section {
    let keys: BTreeSet<&str> = parameters().map(|entry| entry.source).collect();
    let cited = SOURCES.iter().filter(|source| keys.contains(source.key));
    let items: Vec<String> = cited
        .map(|source| message!(report.source_item, citation = source.citation, used = source.used))
        .collect();
    let summary = message!(report.sources_count, count = items.len());
    let blocks = vec![
        Block::Paragraph(message!(report.sources_words)),
        Block::more(summary, vec![Block::List(items)]),
    ];
    Section { id: "sources", heading: message!(report.sources), blocks }
}
