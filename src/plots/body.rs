//! Body map: gut, blood, bone, artery and kidney as boxes, arrows as wide as the calcium that
//! flows, added up from the ledger; one panel per arm.

use super::arrows::{THINNEST, arrow, hollow, key};
use super::canvas::{Frame, Point, Sheet};
use super::cells::Grid;
use super::flows::{Means, Organ, Stream};
use super::font::{self, Weight};
use super::page::{Page, words};
use super::places::{Side, ink_of, look, route};
use super::style::{self, BLACK, CAPTION};
use super::{ArmData, Drawing, FigureError, Subject, story};
use crate::words::numbers::{fixed, signed, significant};

/// Widest arrow at the size of a quarter of the page.
const WIDEST: f64 = 40.0;
const MOST: usize = 4;

struct ArmMap<'a> {
    arm: usize,
    data: &'a ArmData<'a>,
    means: Means,
}

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let arms = subject.arms.iter().enumerate();
    let all: Vec<ArmMap> = arms
        .filter_map(|(arm, data)| Some(ArmMap { arm, data, means: Means::of(data.trajectory)? }))
        .collect();
    let title = title(&all);
    let description = format!("{title}. {}", numbers(&all));
    let maps = chosen(&all);
    let mut subtitle = subtitle(subject, &all, maps.len());
    let first = all.first();
    if let Some(first) = first.filter(|first| maps.iter().any(|map| differs(map, first))) {
        let label = story::short_label(first.data.label);
        subtitle.push_str(&format!(" · bold: at least 10\u{A0}% from “{label}”"));
    }
    let mut page = Page::new(subject, &title, &subtitle);
    if maps.is_empty() {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let food = maps.iter().map(|map| map.means.flow(Organ::Food, Organ::Gut));
    let most = food.fold(0.0, f64::max).max(100.0);
    let room = Frame::new(page.room.left, page.room.top, page.room.right, page.room.bottom - 30.0);
    let shape = [(1, 1), (2, 1), (2, 2)];
    let shape = shape.into_iter().find(|(columns, rows)| columns * rows >= maps.len());
    let (columns, rows) = shape.unwrap_or((2, 2));
    let grid = Grid::new(room, (columns, rows), (56.0, 18.0));
    let mut scale = 1.0;
    for (index, map) in maps.iter().enumerate() {
        let cell = grid.cell(index % columns, index / columns);
        let picture = Picture::new(cell, most, first.map(|first| &first.means));
        scale = picture.per_mg;
        picture.draw(&mut page.sheet, map);
    }
    key(&mut page.sheet, &page.room, scale);
    Ok((page, description))
}

/// Change of a flow against the same in another arm \[%\], if worth marking.
fn marked(stream: &Stream, other: &Means) -> Option<f64> {
    let before = other.flow(stream.from, stream.to);
    let change = 100.0 * (stream.mg_per_day / before - 1.0);
    (before > 1e-9 && change.abs() >= 10.0 && change < 1000.0).then_some(change)
}

fn differs(map: &ArmMap, other: &ArmMap) -> bool {
    map.means.streams.iter().any(|stream| marked(stream, &other.means).is_some())
}

/// At most four: the first, the two with least and most arterial uptake, then by order.
fn chosen<'a>(all: &'a [ArmMap<'a>]) -> Vec<&'a ArmMap<'a>> {
    if all.len() <= MOST {
        return all.iter().collect();
    }
    let uptake = |map: &&ArmMap| map.means.flow(Organ::Blood, Organ::Artery);
    let least = all.iter().min_by(|a, b| uptake(a).total_cmp(&uptake(b)));
    let most = all.iter().max_by(|a, b| uptake(a).total_cmp(&uptake(b)));
    let mut kept: Vec<&ArmMap> = all.first().into_iter().chain(least).chain(most).collect();
    kept.extend(all.iter());
    let mut seen = Vec::new();
    kept.retain(|map| {
        !seen.contains(&map.arm) && {
            seen.push(map.arm);
            true
        }
    });
    kept.truncate(MOST);
    kept.sort_by_key(|map| map.arm);
    kept
}

fn subtitle(subject: &Subject, all: &[ArmMap], shown: usize) -> String {
    let days = all.first().map_or(0.0, |map| map.means.days);
    let time = match days {
        days if days > 360.0 && all.iter().all(|map| map.means.days < 400.0) => {
            "the last year".to_owned()
        }
        days if (days - 1.0).abs() < 1e-3 => "the day".to_owned(),
        days if days < 1.0 => {
            format!(
                "the whole run of {}\u{A0}h",
                significant(24.0 * days, 2).trim_end_matches(".0")
            )
        }
        days => format!("the whole run of {} days", significant(days, 2).trim_end_matches(".0")),
    };
    let some = if shown < all.len() {
        format!(" · {shown} of {} arms", all.len())
    } else {
        String::new()
    };
    format!(
        "Calcium flows in mg per day, means of {time}, and stocks at its end · {}{some}",
        subject.person
    )
}

/// One panel: where things stand and how wide a milligram per day is.
struct Picture<'a> {
    cell: Frame,
    /// The part of the cell below the arm's name.
    map: Frame,
    per_mg: f64,
    widest: f64,
    size: f64,
    /// Flows of the first arm, to mark what differs.
    first: Option<&'a Means>,
}

impl<'a> Picture<'a> {
    fn new(cell: Frame, most: f64, first: Option<&'a Means>) -> Self {
        let grown = (cell.width() / 724.0).min(cell.height() / 320.0);
        let size = (16.0 * grown.powf(0.6)).clamp(CAPTION, 24.0);
        let tall =
            if cell.height() > 1.1 * cell.width() { 1.1 * cell.width() } else { cell.height() };
        let map = Frame::new(cell.left, cell.top + 1.9 * size, cell.right, cell.top + tall);
        let widest = (WIDEST * grown).min(70.0);
        Self { cell, map, per_mg: widest / most, widest, size, first }
    }

    /// A place given in shares of the map.
    fn at(&self, x: f64, y: f64) -> Point {
        (self.map.left + x * self.map.width(), self.map.top + y * self.map.height())
    }

    fn frame(&self, place: (f64, f64, f64, f64)) -> Frame {
        let ((left, top), (right, bottom)) = (self.at(place.0, place.1), self.at(place.2, place.3));
        Frame::new(left, top, right, bottom)
    }

    fn draw(&self, sheet: &mut Sheet, map: &ArmMap) {
        let size = 1.2 * self.size;
        let name = font::shorten_middle(map.data.label, size, Weight::Bold, self.cell.width());
        let at = (self.cell.left, self.cell.top + size);
        sheet.text(words(at, name, size, style::arm(map.arm).letters).bold());
        for stream in &map.means.streams {
            self.arrow(sheet, stream);
        }
        for organ in Organ::ALL {
            self.organ(sheet, organ, map.means.stock(organ));
        }
        for stream in &map.means.streams {
            self.words(sheet, stream);
        }
    }

    fn organ(&self, sheet: &mut Sheet, organ: Organ, stock: f64) {
        let Some(look) = look(organ) else { return };
        let frame = self.frame(look.place);
        sheet.plate(frame, 10.0, look.ink);
        let letters = style::letters_on(look.ink);
        let (x, y) = frame.center();
        let stock = match organ {
            Organ::Urine => "to urine".to_owned(),
            _ if stock.abs() < 0.05 => "passing through".to_owned(),
            _ => mass(stock),
        };
        let up = if stock.is_empty() { 0.35 } else { -0.1 };
        let name = words((x, y + up * self.size), look.name, 1.1 * self.size, letters).bold();
        sheet.text(name.middle());
        sheet.text(words((x, y + 1.1 * self.size), stock, self.size, letters).middle());
    }

    /// The arrow of a stream; hollow where it is wider than drawn, dashed where it is too thin.
    fn arrow(&self, sheet: &mut Sheet, stream: &Stream) {
        let route = route(stream.from, stream.to);
        let wide = stream.mg_per_day * self.per_mg;
        if !Self::shown(stream) {
            return;
        }
        let points: Vec<Point> = route.points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        let ink = ink_of(stream);
        if wide < THINNEST {
            arrow(sheet, &points, 2.0, 5.0, ink, &[7.0, 4.0]);
        } else if wide > 1.01 * self.widest {
            let shown = 0.42 * self.widest;
            arrow(sheet, &points, shown, 0.85 * shown, ink, &[]);
            let inner = shown - 5.0;
            hollow(sheet, &points, inner, 0.85 * shown);
        } else {
            arrow(sheet, &points, wide, (0.5 * wide + 5.0).max(7.0), ink, &[]);
        }
    }

    /// What does not flow has no arrow, such as regression that is switched off.
    const fn shown(stream: &Stream) -> bool {
        stream.mg_per_day > 1e-9
    }

    fn words(&self, sheet: &mut Sheet, stream: &Stream) {
        if !Self::shown(stream) {
            return;
        }
        let route = route(stream.from, stream.to);
        let change = self.first.and_then(|first| marked(stream, first));
        let plain = amount(stream.mg_per_day);
        let number = match change {
            Some(change) => format!("{plain} ({}\u{A0}%)", signed(change, 0)),
            None => plain.clone(),
        };
        let wide = stream.mg_per_day * self.per_mg;
        let half = 0.5 * if wide > 1.01 * self.widest { 0.42 * self.widest } else { wide };
        let (x, y) = self.at(route.label.0, route.label.1);
        let (x, end) = match route.side {
            Side::Above => {
                let up = half + 0.42 * self.size;
                let gap = route.points.iter().map(|point| point.0 * self.map.width());
                let gap = gap.clone().fold(0.0, f64::max) - gap.fold(f64::MAX, f64::min) - 6.0;
                let mut text = format!("{} {number}", route.word);
                if !font::fits(&text, self.size, Weight::Bold, gap, 1) {
                    text = format!("{} {plain}", route.word);
                }
                let text = words((x, y - up), text, self.size, BLACK).middle();
                sheet.text(if change.is_some() { text.bold() } else { text });
                return;
            }
            Side::Left => (x - half - 10.0, true),
            Side::Right => (x + half + 10.0, false),
            Side::Before => (x, true),
            Side::After => (x, false),
        };
        let first = words((x, y - 0.15 * self.size), route.word, self.size, BLACK);
        let second = words((x, y + 0.95 * self.size), number, self.size, BLACK);
        let second = if change.is_some() { second.bold() } else { second };
        for text in [first, second] {
            sheet.text(if end { text.end() } else { text });
        }
    }
}

/// A flow as its number stands on the map: 6000, 238, 4.2, 0.031.
fn amount(mg_per_day: f64) -> String {
    let digits = if mg_per_day.abs() >= 10.0 { 3 } else { 2 };
    if mg_per_day.abs() < 5e-4 { "0".to_owned() } else { significant(mg_per_day, digits) }
}

fn mass(milligrams: f64) -> String {
    let size = milligrams.abs();
    if size >= 1e5 {
        format!("{} g", significant(milligrams / 1e3, 3))
    } else if size >= 1e3 {
        format!("{} g", significant(milligrams / 1e3, 2))
    } else {
        format!("{} mg", fixed(milligrams, if size < 10.0 { 1 } else { 0 }))
    }
}

/// "238" or "238–262".
fn range(maps: &[ArmMap], from: Organ, to: Organ) -> String {
    let flows = || maps.iter().map(|map| map.means.flow(from, to));
    let (low, high) = (flows().fold(f64::INFINITY, f64::min), flows().fold(0.0, f64::max));
    let (low, high) = (two(low), two(high));
    if low == high { low } else { format!("{low}–{high}") }
}

fn two(value: f64) -> String {
    if value.abs() < 5e-4 { "0".to_owned() } else { significant(value, 2) }
}

fn title(maps: &[ArmMap]) -> String {
    if maps.is_empty() {
        return "Nothing was computed".to_owned();
    }
    format!(
        "Bone takes up {}\u{A0}mg of calcium a day and gives back {}; the arteries take only {}\u{A0}mg",
        range(maps, Organ::Blood, Organ::Bone),
        range(maps, Organ::Bone, Organ::Blood),
        range(maps, Organ::Blood, Organ::Artery)
    )
}

fn numbers(maps: &[ArmMap]) -> String {
    let mut out = String::from("Mean flows in mg per day.");
    for map in maps {
        let flow = |from, to| amount(map.means.flow(from, to));
        out.push_str(&format!(
            " {}: eaten {}, absorbed {}, secreted into the gut {}, feces {}, urine {}, sweat {}, \
             into bone {}, out of bone {}, into the arteries {}.",
            map.data.label,
            flow(Organ::Food, Organ::Gut),
            flow(Organ::Gut, Organ::Blood),
            flow(Organ::Blood, Organ::Gut),
            flow(Organ::Gut, Organ::Feces),
            flow(Organ::Blood, Organ::Urine),
            flow(Organ::Blood, Organ::Sweat),
            flow(Organ::Blood, Organ::Bone),
            flow(Organ::Bone, Organ::Blood),
            flow(Organ::Blood, Organ::Artery)
        ));
    }
    out
}
