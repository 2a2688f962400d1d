//! Overview of verdicts: the statements of each topic as tiles in the color of their verdict.

use crate::charts::chart::{Chart, Ends, Label, Picture, RowName, Scale, Side, Words, sentences};
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
            let (from, to) = ((left + 0.03, low), (left + 0.97, high));
            layers.push(Layer::Bar { from, to, ink: color });
            let (at, letters) = ((left + 0.5, 0.5 * (low + high)), style::letters_on(color));
            labels.push(Label::at(at, Side::On, one.verdict.mark().to_owned(), letters).small());
        }
    }
    let steps = Ends::Steps(&[1.0, 2.0, 5.0]);
    let x = Scale::new(message!(verdicts.across), 0.0, float(longest), steps);
    let keys = counts(judged).into_iter().map(|(verdict, of)| {
        let key = message!(verdicts.key, verdict = verdict.words(), count = count(of as u64));
        (key, ink(verdict))
    });
    let picture = Picture::of(rows::panel(names, x, (layers, labels), keys.collect()));
    Chart::about(&message!(verdicts.about), &message!(forest.sets), words(judged), picture)
}
