//! Fate of calcium: what became of all the calcium eaten, per arm as a hundred dots, and beside them,
//! much magnified as under a lens, the little that reached the arterial wall.

mod dots;

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, RowName, Scale, Side, Words, sentences,
};
use crate::charts::fate::dots::{Fate, PARTS, dots};
use crate::charts::rows::{self, edges};
use crate::physiology::ledger::Pool;
use crate::plots::canvas::Ink;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY, tint};
use crate::plots::{ArmData, Subject, labels};
use crate::trajectory::Row;
use crate::words::catalogue::message;
use crate::words::numbers::{fixed, signed, significant};

/// Larger parts of the axis have room for their names.
const NAMED: f64 = 0.2;
/// Percent up to which names of arms may reach, above the dots of narrow pages.
const NAMES_END: f64 = 64.0;
/// Least distance of numbers of small parts, as a share of the axis.
const APART: f64 = 0.08;
/// The part of the bones.
const BONE: usize = 3;
/// Widths of the two panels.
const WIDE: f64 = 0.66;
const NARROW: f64 = 0.34;
/// More than any body holds; such numbers are not drawn.
const MOST_MG: f64 = 1e12;

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let fates = facts(subject);
    let words = words(subject, &fates);
    if fates.is_empty() {
        let some = subject.has_rows();
        let note = if some { message!(fate.nothing_note) } else { message!(none.rows) };
        return Chart::new(subject, words, Picture::Note(note));
    }
    let panels = vec![shares_panel(subject, &fates), arterial_panel(&fates)];
    let mut chart = Chart::new(subject, words, Picture::Panels { panels, columns: Some(2) });
    chart.legend.clear(); // the rows are named
    chart
}

fn facts(subject: &Subject) -> Vec<Fate> {
    let arms = subject.arms.iter().enumerate();
    arms.filter_map(|(arm, data)| fate(arm, data)).collect()
}

/// `None` if the arm ate nothing or has fewer than two rows.
fn fate(arm: usize, data: &ArmData) -> Option<Fate> {
    let rows = &data.trajectory.rows;
    let (first, last) = (rows.first()?, rows.last()?);
    let gain = |pool: &Pool| {
        let at = |row: &Row| row.states.get(pool.state()).copied();
        at(last).zip(at(first)).map_or(0.0, |(end, start)| end - start)
    };
    let eaten = -gain(&Pool::IntakeSource);
    let parts = PARTS.map(|(pools, ..)| pools.iter().map(gain).sum::<f64>());
    let (coronary, aortic) = (gain(&Pool::Coronary), gain(&Pool::Aortic));
    let fate = Fate { arm, eaten, parts, coronary, aortic };
    let drawable = |amount: &f64| amount.abs() < MOST_MG && fate.percent(*amount).abs() < MOST_MG;
    let mut all = parts.iter().chain([&eaten, &coronary, &aortic]);
    (eaten > 1e-6 && all.all(drawable)).then_some(fate)
}

/// The arm of whose calcium the largest share reaches the arterial wall.
fn hardest(fates: &[Fate]) -> Option<&Fate> {
    let share = |fate: &Fate| fate.arterial() / fate.eaten;
    fates.iter().max_by(|a, b| share(a).total_cmp(&share(b)))
}

fn part_names() -> [String; PARTS.len()] {
    [
        message!(fate.feces),
        message!(fate.urine),
        message!(fate.sweat),
        message!(fate.bone),
        message!(fate.rest),
    ]
}

/// Milligrams as people say them: "5.84 kg", "812 g", "940 mg".
fn mass(milligrams: f64) -> String {
    match milligrams.abs() {
        size if size >= 1e6 => format!("{}\u{A0}kg", significant(milligrams / 1e6, 3)),
        size if size >= 1e4 => format!("{}\u{A0}g", significant(milligrams / 1e3, 3)),
        _ => format!("{}\u{A0}mg", significant(milligrams, 3)),
    }
}

/// Percent that left the body, below 100 at least so much; near 100, with the decimal that tells more
/// from less.
fn percent_gone(share: f64) -> String {
    match share {
        ..99.0 => fixed(share.floor(), 0),
        ..100.0 => fixed((10.0 * share).floor() / 10.0, 1),
        _ => fixed(share, 1),
    }
}

/// Number of parts eaten, at least, for one that reached the arterial wall: "46 000".
fn parts_for_one(fate: &Fate) -> String {
    significant(two_digits(fate.eaten / fate.arterial(), f64::floor), 2)
}

fn two_digits(value: f64, round: fn(f64) -> f64) -> f64 {
    if !(value.is_finite() && value > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor() - 1.0);
    round(value / power) * power
}

fn words(subject: &Subject, fates: &[Fate]) -> Words {
    let shares = fates.iter().map(|fate| {
        let parts = part_names().into_iter().zip(fate.shares()).map(|(part, share)| {
            let percent = if share < 0.0 { signed(share, 1) } else { fixed(share, 1) };
            message!(fate.description_part, part, percent)
        });
        message!(
            fate.description_arm,
            arm = subject.label(fate.arm),
            mass = mass(fate.eaten),
            parts = parts.collect::<Vec<_>>().join(", "),
            wall = significant(fate.arterial(), 3),
            aorta = significant(fate.aortic, 3),
            coronary = significant(fate.coronary, 3)
        )
    });
    let shown: Vec<usize> = fates.iter().map(|fate| fate.arm).collect();
    Words {
        title: title(fates),
        subtitle: message!(fate.subtitle, person = subject.person)
            + &labels::left_out(subject.labels(), &shown),
        description: sentences(std::iter::once(message!(fate.description)).chain(shares)),
    }
}

/// The fate of the calcium in one sentence that holds for every arm.
fn title(fates: &[Fate]) -> String {
    let Some(most) = hardest(fates) else { return message!(fate.nothing) };
    let least = fates.iter().map(Fate::excreted).fold(f64::INFINITY, f64::min);
    let gone = if fates.iter().all(|fate| fate.lost() < -0.1 && fate.excreted() >= 100.05) {
        message!(fate.from_bone)
    } else if least >= 99.0 && fates.iter().all(|fate| fate.excreted() < 101.5) {
        message!(fate.practically_all)
    } else if least >= 100.0 {
        message!(fate.all_or_more)
    } else if fates.len() > 1 {
        message!(fate.at_least, percent = percent_gone(least))
    } else {
        message!(fate.about, percent = percent_gone(least))
    };
    if most.arterial() <= 0.0 {
        return message!(fate.none_reaches, gone);
    }
    let parts = parts_for_one(most);
    if fates.len() > 1 {
        message!(fate.at_most, gone, parts)
    } else {
        message!(fate.one_part, gone, parts)
    }
}

/// Lowest and highest end of the dots \[%\].
fn span(fates: &[Fate]) -> (f64, f64) {
    let ends = fates.iter().map(Fate::ends);
    ends.fold((0.0, 100.0), |(low, high): (f64, f64), end| (low.min(end.0), high.max(end.1)))
}

fn shares_panel(subject: &Subject, fates: &[Fate]) -> Panel {
    let names = fates.iter().map(|fate| RowName {
        name: subject.label(fate.arm).to_owned(),
        text: message!(fate.row, mass = mass(fate.eaten), percent = percent_gone(fate.excreted())),
        ink: style::arm(subject.look(fate.arm)).letters,
    });
    let names = names.collect();
    let rule = |x| Layer::Rule { x: Some(x), y: None, dash: &[] };
    let mut layers = vec![rule(0.0), rule(100.0)];
    let mut labels = Vec::new();
    let (low, high) = span(fates);
    for (index, fate) in fates.iter().enumerate() {
        let (bottom, top) = edges(index, fates.len());
        // Bars that are not seen carry the values of a page.
        let bar = |(from, to, ink): (f64, f64, Ink)| Layer::Bar {
            from: (from, bottom),
            to: (to, top),
            ink: ink.clear(0.0),
        };
        layers.extend(fate.pieces().into_iter().map(bar));
        layers.extend(dots(fate, (bottom, top), fates.len()));
        labels.extend(numbers(fate, (bottom, top), high - low));
    }
    let lost = fates.iter().any(|fate| fate.lost() < -0.05);
    // Room for the numbers behind the longest bar and left of the longest loss.
    let wide = high - low;
    let (low, high) = (if lost { low - 0.13 * wide } else { low }, high + 0.1 * wide);
    let used = |(index, _): &(usize, _)| {
        fates.iter().any(|fate| fate.shares().get(*index).is_some_and(|share| share.abs() >= 0.05))
    };
    let keys = part_names().into_iter().zip(PARTS).enumerate().filter(used);
    let keys = keys.map(|(_, (name, (_, ink, _)))| (name, ink));
    let x = Scale::new(across(fates), low, high, Ends::Exact(100.0));
    Panel {
        heading: message!(fate.heading),
        unit: message!(fate.unit),
        keys: keys.collect(),
        shares: (WIDE, 1.0),
        ..Panel::of(x, rows::scale(fates.len(), names), layers, labels)
    }
}

/// Says why the parts may add up to more than what was eaten.
fn across(fates: &[Fate]) -> String {
    let bone = |fate: &Fate| {
        fate.excreted() > 100.0 && fate.shares().get(BONE).is_some_and(|share| *share < -0.05)
    };
    if fates.iter().any(bone) {
        message!(fate.across_bone)
    } else if fates.iter().any(|fate| fate.lost() < -0.05) {
        message!(fate.across_store)
    } else {
        message!(fate.across)
    }
}

/// The numbers of the parts: above their dots, the last one behind them.
fn numbers(fate: &Fate, (bottom, top): (f64, f64), span: f64) -> Vec<Label> {
    let middle = 0.5 * (bottom + top);
    let pieces = fate.pieces().into_iter().zip(part_names());
    let mut pieces = pieces.filter(|((from, to, _), _)| to - from >= 0.05).peekable();
    let (first, last) = fate.ends();
    let mut out = Vec::new();
    let mut above: Vec<(f64, String)> = Vec::new();
    while let Some(((from, to, _), name)) = pieces.next() {
        let share = to - from;
        let number = fixed(share, if share < 9.95 { 1 } else { 0 });
        let center = 0.5 * (from + to);
        out.push(if share > NAMED * span {
            // On narrow pages the name of the arm stands above the left part.
            let end = to - 0.14 * span;
            let at = (from + 0.84 * share).min(end).max(NAMES_END.min(end));
            Label::at((at, top), Side::Above, format!("{name} {number}"), BLACK)
        } else if pieces.peek().is_none() {
            Label::at((last, middle), Side::Right, number, BLACK)
        } else {
            above.push((beside_rule(center, 0.03 * span), number));
            continue;
        });
    }
    let mut next = f64::INFINITY;
    for (at, _) in above.iter_mut().rev() {
        next = at.min(next - APART * span);
        *at = next;
    }
    // Where there is no room on the left, all stand further right.
    let right = if next.is_finite() { (first + 0.03 * span - next).max(0.0) } else { 0.0 };
    let above = above.into_iter();
    out.extend(above.map(|(at, number)| Label::at((at + right, top), Side::Above, number, GREY)));
    let lost = fate.lost();
    if lost < -0.05 {
        out.push(Label::at((first, middle), Side::Left, fixed(lost, 1), BLACK));
    }
    out
}

/// A place at least so far from the line at 100 %, which would cross a number.
fn beside_rule(at: f64, far: f64) -> f64 {
    if at < 100.0 { at.min(100.0 - far) } else { at.max(100.0 + far) }
}

fn arterial_panel(fates: &[Fate]) -> Panel {
    let most = fates.iter().map(|fate| fate.arterial().max(fate.aortic).max(fate.coronary));
    let least = fates.iter().map(|fate| fate.aortic.min(0.0) + fate.coronary.min(0.0));
    let (low, high) = (least.fold(0.0, f64::min), most.fold(0.0, f64::max));
    let mut layers = Vec::new();
    let mut labels = Vec::new();
    let hardest = hardest(fates).filter(|fate| fate.arterial() > 0.0).map(|fate| fate.arm);
    for (index, fate) in fates.iter().enumerate() {
        let (bottom, top) = edges(index, fates.len());
        let base = if fate.aortic * fate.coronary >= 0.0 { fate.aortic } else { 0.0 };
        for (from, to, ink) in
            [(0.0, fate.aortic, tint::ARTERY), (base, base + fate.coronary, tint::CORONARY)]
        {
            layers.push(Layer::Bar { from: (from, bottom), to: (to, top), ink });
        }
        let at = (fate.arterial().max(0.0), 0.5 * (bottom + top));
        let mut number = Label::at(at, Side::Right, significant(fate.arterial(), 3), BLACK);
        if hardest == Some(fate.arm) {
            let parts = message!(fate.parts, parts = parts_for_one(fate));
            number.text = format!("{} · {parts}", number.text);
        }
        labels.push(number);
    }
    // Room for the words behind the longest bar.
    let end = low + 1.75 * (high - low).max(0.01);
    let x = Scale::new(magnified(fates, high - low), low, end, Ends::Exact(0.01));
    Panel {
        heading: message!(fate.arteries),
        unit: message!(fate.arteries_unit),
        keys: vec![(message!(fate.aorta), tint::ARTERY), (message!(fate.coronary), tint::CORONARY)],
        shares: (NARROW, 1.0),
        ..Panel::of(x, rows::scale(fates.len(), Vec::new()), layers, labels)
    }
}

/// Factor by which a milligram is drawn longer here than in the bars of percent.
fn magnified(fates: &[Fate], milligrams: f64) -> String {
    let (low, high) = span(fates);
    let most = fates.iter().map(|fate| fate.eaten).fold(0.0, f64::max);
    let per_mg = NARROW / (1.75 * milligrams.max(0.01));
    let other = WIDE / ((high - low) / 100.0 * most);
    let factor = significant(two_digits(per_mg / other, f64::round), 2);
    if fates.iter().all(|fate| fate.percent(fate.arterial()) < 1.0) {
        message!(fate.magnified, factor)
    } else {
        message!(fate.magnified_more, factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_tells_the_largest_share_not_the_most_milligrams() {
        let fate = |arm: usize, eaten: f64, aortic: f64| {
            let parts = [0.85 * eaten, 0.15 * eaten, 0.0, 0.0, 0.0];
            Fate { arm, eaten, parts, coronary: 0.0, aortic }
        };
        let fates = [fate(0, 2e6, 12.0), fate(1, 3e5, 10.0)];
        assert_eq!(hardest(&fates).map(|fate| fate.arm), Some(1));
        assert!(title(&fates).contains("30\u{A0}000"), "{}", title(&fates));
    }
}
