//! Body map: gut, blood, bone, artery and kidney as boxes, arrows as wide as the calcium that
//! flows, added up from the ledger; one diagram per arm.

use crate::charts::chart::{Arrow, Chart, Diagram, DiagramBox, Picture, Words, sentences};
use crate::charts::flows::{Means, Organ, Stream};
use crate::charts::places::{BOXES, ink_of, route};
use crate::plots::numbers::lowest_and_highest;
use crate::plots::{Subject, labels, style};
use crate::words::catalogue::message;
use crate::words::numbers::{fixed, signed, significant};

/// Most diagrams on a page.
const MOST: usize = 4;

/// Mean flows and stocks of an arm.
struct Map {
    arm: usize,
    means: Means,
}

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let all = facts(subject);
    let maps = chosen(subject, &all);
    let words = words(subject, &all, &maps);
    if maps.is_empty() {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    let food = maps.iter().map(|map| map.means.flow(Organ::Food, Organ::Gut));
    let widest = food.fold(100.0, f64::max);
    let diagrams = maps.iter().map(|map| diagram(subject, map, all.first())).collect();
    Chart::new(subject, words, Picture::Diagrams { diagrams, widest })
}

fn facts(subject: &Subject) -> Vec<Map> {
    let arms = subject.arms.iter().enumerate();
    arms.filter_map(|(arm, data)| Some(Map { arm, means: Means::of(data.trajectory)? })).collect()
}

/// At most four: the first, the two that the lesson compares, those with least and most arterial
/// uptake, then by order.
fn chosen<'a>(subject: &Subject, all: &'a [Map]) -> Vec<&'a Map> {
    let in_pair = |map: &&Map| subject.compare.is_some_and(|pair| pair.contains(&map.arm));
    let compared = all.iter().filter(in_pair);
    let uptake = |map: &Map| map.means.flow(Organ::Blood, Organ::Artery);
    let (least, most) = lowest_and_highest(all, uptake).unzip();
    let mut kept: Vec<&Map> = Vec::new();
    for map in all.first().into_iter().chain(compared).chain(least).chain(most).chain(all) {
        if kept.len() < MOST && !kept.iter().any(|other| other.arm == map.arm) {
            kept.push(map);
        }
    }
    kept.sort_by_key(|map| map.arm);
    kept
}

/// Change of a flow against the same in another arm \[%\], if worth marking.
fn marked(stream: &Stream, other: &Means) -> Option<f64> {
    let before = other.flow(stream.from, stream.to);
    let change = 100.0 * (stream.mg_per_day / before - 1.0);
    // Numbers that no body has leave no room for more.
    (before > 1e-9 && change.abs() >= 10.0 && stream.mg_per_day < 1e6).then_some(change)
}

fn differs(map: &Map, other: &Map) -> bool {
    map.means.streams.iter().any(|stream| marked(stream, &other.means).is_some())
}

fn words(subject: &Subject, all: &[Map], maps: &[&Map]) -> Words {
    let mut subtitle = subtitle(subject, all, maps);
    if let Some(first) = all.first().filter(|first| maps.iter().any(|map| differs(map, first))) {
        subtitle.push_str(&message!(body.bold, arm = labels::short(subject.label(first.arm))));
    }
    let flows = all.iter().map(|map| {
        let flow = |from, to| amount(map.means.flow(from, to));
        message!(
            body.description_arm,
            arm = subject.label(map.arm),
            eaten = flow(Organ::Food, Organ::Gut),
            absorbed = flow(Organ::Gut, Organ::Blood),
            secreted = flow(Organ::Blood, Organ::Gut),
            feces = flow(Organ::Gut, Organ::Feces),
            urine = flow(Organ::Blood, Organ::Urine),
            sweat = flow(Organ::Blood, Organ::Sweat),
            built = flow(Organ::Blood, Organ::Bone),
            released = flow(Organ::Bone, Organ::Blood),
            artery = flow(Organ::Blood, Organ::Artery)
        )
    });
    Words {
        title: title(subject, maps),
        subtitle,
        description: sentences(std::iter::once(message!(body.description)).chain(flows)),
    }
}

fn title(subject: &Subject, maps: &[&Map]) -> String {
    if maps.is_empty() {
        return message!(none.computed);
    }
    let of_arm = |arm: usize| maps.iter().find(|map| map.arm == arm);
    let pair = subject.compare.and_then(|[one, other]| Some([of_arm(one)?, of_arm(other)?]));
    if let Some([one, other]) = pair {
        let name = |map: &Map| labels::short(subject.label(map.arm));
        let flow = |map: &Map, to| amount(map.means.flow(Organ::Blood, to));
        let flows = |map| (flow(map, Organ::Bone), flow(map, Organ::Artery));
        if flows(one) == flows(other) {
            let ((built, artery), one, other) = (flows(one), name(one), name(other));
            return message!(body.title_alike, one, other, built, artery);
        }
        return message!(
            body.title_pair,
            one = name(one),
            built = flow(one, Organ::Bone),
            artery = flow(one, Organ::Artery),
            other = name(other),
            other_built = flow(other, Organ::Bone),
            other_artery = flow(other, Organ::Artery)
        );
    }
    let built = range(maps, Organ::Blood, Organ::Bone);
    let released = range(maps, Organ::Bone, Organ::Blood);
    let artery = range(maps, Organ::Blood, Organ::Artery);
    let little = |map: &&Map| {
        let flow = |to| map.means.flow(Organ::Blood, to);
        flow(Organ::Artery) < 0.1 * flow(Organ::Bone)
    };
    if maps.iter().all(little) {
        message!(body.title, built, released, artery)
    } else {
        message!(body.title_much, built, released, artery)
    }
}

/// "238" or "238–262", as the numbers stand at the arrows.
fn range(maps: &[&Map], from: Organ, to: Organ) -> String {
    let flows = || maps.iter().map(|map| map.means.flow(from, to));
    let low = amount(flows().fold(f64::INFINITY, f64::min));
    let high = amount(flows().fold(0.0, f64::max));
    if low == high { low } else { format!("{low}–{high}") }
}

fn subtitle(subject: &Subject, all: &[Map], maps: &[&Map]) -> String {
    let short = |value: f64| significant(value, 2).trim_end_matches(".0").to_owned();
    let time = match all.first().map_or(0.0, |map| map.means.days) {
        days if days > 360.0 && all.iter().all(|map| map.means.days < 400.0) => {
            message!(body.last_year)
        }
        days if (days - 1.0).abs() < 1e-3 => message!(body.one_day),
        days if days < 1.0 => message!(body.hours, hours = short(24.0 * days)),
        days => message!(body.days, days = short(days)),
    };
    let person = &subject.person;
    let shown: Vec<usize> = maps.iter().map(|map| map.arm).collect();
    message!(body.subtitle, time, person) + &labels::left_out(subject.labels(), &shown)
}

/// "(+12 %)", or "(× 23)" of a flow that grows more than tenfold.
fn remark(percent: f64) -> String {
    if percent < 1000.0 {
        return message!(body.change, percent = signed(percent, 0));
    }
    match 1.0 + percent / 100.0 {
        factor if factor < 1000.0 => message!(body.times, factor = significant(factor, 2)),
        _ => message!(body.many_times),
    }
}

fn diagram(subject: &Subject, map: &Map, first: Option<&Map>) -> Diagram {
    let boxes = BOXES.map(|(organ, name, ink, place)| {
        let stock = map.means.stock(organ);
        let text = match organ {
            Organ::Urine => message!(body.to_urine),
            _ if stock.abs() < 0.05 => message!(body.passing),
            _ => mass(stock),
        };
        DiagramBox { place, name: name.to_owned(), text, ink }
    });
    // What does not flow has no arrow, such as regression that is switched off.
    let streams = map.means.streams.iter().filter(|stream| stream.mg_per_day > 1e-9);
    let arrows = streams.map(|stream| {
        let (.., points, word, at, side) = *route(stream);
        let change = first.and_then(|first| marked(stream, &first.means));
        Arrow {
            points: points.to_vec(),
            flow: stream.mg_per_day,
            ink: ink_of(stream),
            word: word.to_owned(),
            number: amount(stream.mg_per_day),
            remark: change.map(remark).unwrap_or_default(),
            at,
            side,
        }
    });
    Diagram {
        heading: subject.label(map.arm).to_owned(),
        ink: style::arm(subject.look(map.arm)).letters,
        boxes: boxes.to_vec(),
        arrows: arrows.collect(),
    }
}

/// A flow as its number stands on the map: 6000, 238, 4.2, 0.031.
fn amount(mg_per_day: f64) -> String {
    let digits = if mg_per_day.abs() >= 10.0 { 3 } else { 2 };
    if mg_per_day.abs() < 5e-4 { "0".to_owned() } else { significant(mg_per_day, digits) }
}

fn mass(milligrams: f64) -> String {
    match milligrams.abs() {
        size if size >= 1e5 => format!("{} g", significant(milligrams / 1e3, 3)),
        size if size >= 1e3 => format!("{} g", significant(milligrams / 1e3, 2)),
        size => format!("{} mg", fixed(milligrams, if size < 10.0 { 1 } else { 0 })),
    }
}
