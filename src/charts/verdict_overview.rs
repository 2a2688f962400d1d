//! Overview of verdicts: the statements of each topic as tiles in the color of their verdict.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, Place, RowName, Scale, Side, Size, Words, sentences,
};
use crate::charts::rows;
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK};
use crate::verdicts::evaluation::{Judged, topics};
use crate::verdicts::judgement::Verdict;
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::count;

/// The color of a verdict.
const fn ink(verdict: Verdict) -> Ink {
    match verdict {
        Verdict::True => Ink::new(0x00, 0x9E, 0x73),
        Verdict::Reproduced => Ink::new(0x7F, 0xCE, 0xB9),
        Verdict::False => Ink::new(0xD5, 0x5E, 0x00),
        Verdict::Missed => Ink::new(0x8A, 0x3D, 0x00),
        Verdict::Depends => Ink::new(0xF0, 0xE4, 0x42),
        Verdict::SignOnly => Ink::new(0xE6, 0x9F, 0x00),
        Verdict::OnlyUnderAHypothesis => Ink::new(0xCC, 0x79, 0xA7),
        Verdict::ByAssumption => Ink::new(0x00, 0x72, 0xB2),
        Verdict::NotInThisModel => Ink::new(0xBB, 0xBB, 0xBB),
        Verdict::Untold => Ink::new(0x22, 0x22, 0x22),
    }
}

/// Statements of a topic, those with the same verdict together.
fn of_topic<'a>(judged: &'a [Judged], topic: &str) -> Vec<&'a Judged> {
    let own = judged.iter().filter(|one| one.file.statement.topic == topic);
    let mut own: Vec<&Judged> = own.collect();
    own.sort_by_key(|one| one.verdict);
    own
}

/// Verdicts that occur, with their numbers.
fn counts(judged: &[Judged]) -> Vec<(Verdict, usize)> {
    let of = |verdict| judged.iter().filter(|one| one.verdict == verdict).count();
    let all = Verdict::ALL.into_iter().map(|verdict| (verdict, of(verdict)));
    all.filter(|(_, count)| *count > 0).collect()
}

fn words(judged: &[Judged]) -> Words {
    let number = |number: usize| count(number as u64);
    let told = |(verdict, of): (Verdict, usize)| {
        message!(verdicts.count, count = number(of), verdict = verdict.words())
    };
    let all: Vec<String> = counts(judged).into_iter().map(told).collect();
    let topic = |topic: &str| {
        let own = of_topic(judged, topic).into_iter().map(|one| {
            message!(verdicts.one, id = one.file.statement.id, verdict = one.verdict.words())
        });
        let own = own.collect::<Vec<_>>().join("; ");
        message!(verdicts.description_topic, topic = capital(topic), statements = own)
    };
    Words {
        title: message!(verdicts.title, all = number(judged.len()), counts = all.join(", ")),
        subtitle: message!(verdicts.subtitle),
        description: sentences(topics(judged).into_iter().map(topic)),
    }
}

/// The overview as data.
pub(crate) fn chart(judged: &[Judged]) -> Chart {
    let topics = topics(judged);
    let (mut layers, mut labels, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut longest = 1;
    for (row, topic) in topics.iter().enumerate() {
        let (low, high) = rows::edges(row, topics.len());
        let own = of_topic(judged, topic);
        longest = own.len().max(longest);
        names.push(RowName { name: capital(topic), text: String::new(), ink: BLACK });
        for (place, one) in own.iter().enumerate() {
            let (left, color) = (float(place), ink(one.verdict));
            layers.push(Layer::Bar {
                from: (left + 0.03, low),
                to: (left + 0.97, high),
                ink: color,
            });
            let at = (left + 0.5, 0.5 * (low + high));
            labels.push(mark(one.verdict, at, style::letters_on(color)));
        }
    }
    let x = Scale {
        title: message!(verdicts.across),
        low: 0.0,
        high: float(longest),
        ends: Ends::Steps(&[1.0, 2.0, 5.0]),
    };
    let keys = counts(judged).into_iter().map(|(verdict, of)| {
        let key = message!(verdicts.key, verdict = verdict.words(), count = count(of as u64));
        (key, ink(verdict))
    });
    let panel: Panel = rows::panel(names, x, (layers, labels), keys.collect());
    let sets = message!(forest.sets);
    let about = message!(verdicts.about);
    Chart::about(
        &about,
        &sets,
        words(judged),
        Picture::Panels { panels: vec![panel], columns: None },
    )
}

fn mark(verdict: Verdict, at: (f64, f64), ink: Ink) -> Label {
    let (place, name) = (Place::At(at, Side::On), String::new());
    Label { place, name, text: verdict.mark().to_owned(), size: Size::Small, ink, priority: 5 }
}
