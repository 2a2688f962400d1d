//! Body map: gut, blood, bone, artery and kidney as boxes, arrows as wide as the calcium that
//! flows, added up from the ledger; one panel per arm.

use super::canvas::{Frame, Ink, Point, Sheet};
use super::flows::{Means, Organ, Stream};
use super::font::{self, Weight};
use super::numbers::significant;
use super::page::{Page, words};
use super::style::{self, BLACK, CAPTION, GREY, tint};
use super::{ArmData, Drawing, FigureError, Subject, story};

/// Widest arrow at the size of a quarter of the page.
const WIDEST: f64 = 40.0;
/// Arrows thinner than this are drawn as dashed lines.
const THINNEST: f64 = 0.85;
/// Most panels on a page.
const MOST: usize = 4;

/// An arm that is drawn.
struct Map<'a> {
    arm: usize,
    data: &'a ArmData<'a>,
    means: Means,
}

/// Draws the figure.
pub fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let arms = subject.arms.iter().enumerate();
    let all: Vec<Map> = arms
        .filter_map(|(arm, data)| Some(Map { arm, data, means: Means::of(data.trajectory)? }))
        .collect();
    let title = title(&all);
    let description = format!("{title}. {}", numbers(&all));
    let maps = chosen(&all);
    let mut page = Page::new(subject, &title, &subtitle(subject, &all, maps.len()));
    if maps.is_empty() {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let food = maps.iter().map(|map| map.means.flow(Organ::Food, Organ::Gut));
    let most = food.fold(0.0, f64::max).max(100.0);
    let room = Frame::new(page.room.left, page.room.top, page.room.right, page.room.bottom - 30.0);
    let cells = cells(&room, maps.len());
    let mut scale = 1.0;
    for (map, cell) in maps.iter().zip(&cells) {
        let picture = Picture::new(*cell, most);
        scale = picture.per_mg;
        picture.draw(&mut page.sheet, map);
    }
    key(&mut page.sheet, &page.room, scale);
    Ok((page, description))
}

/// At most four: the first, the two with least and most arterial uptake, then by order.
fn chosen<'a>(all: &'a [Map<'a>]) -> Vec<&'a Map<'a>> {
    if all.len() <= MOST {
        return all.iter().collect();
    }
    let uptake = |map: &&Map| map.means.flow(Organ::Blood, Organ::Artery);
    let least = all.iter().min_by(|a, b| uptake(a).total_cmp(&uptake(b)));
    let most = all.iter().max_by(|a, b| uptake(a).total_cmp(&uptake(b)));
    let mut kept: Vec<&Map> = all.first().into_iter().chain(least).chain(most).collect();
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

fn subtitle(subject: &Subject, all: &[Map], shown: usize) -> String {
    let days = all.first().map_or(0.0, |map| map.means.days);
    let time = match days {
        days if days > 360.0 && all.iter().all(|map| map.means.days < 400.0) => {
            "the last year".to_owned()
        }
        days if (days - 1.0).abs() < 1e-3 => "the day".to_owned(),
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

fn cells(room: &Frame, count: usize) -> Vec<Frame> {
    let (columns, rows) = match count {
        0 | 1 => (1.0, 1.0),
        2 => (2.0, 1.0),
        _ => (2.0, 2.0),
    };
    let (gap, rest) = (56.0, 18.0);
    let width = (room.width() - gap * (columns - 1.0)) / columns;
    let height = (room.height() - rest * (rows - 1.0)) / rows;
    let mut out = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for _ in 0..count {
        let (left, top) = (room.left + x * (width + gap), room.top + y * (height + rest));
        out.push(Frame::new(left, top, left + width, top + height));
        x += 1.0;
        if x >= columns {
            (x, y) = (0.0, y + 1.0);
        }
    }
    out
}

/// One panel: where things stand and how wide a milligram per day is.
struct Picture {
    cell: Frame,
    /// The part of the cell below the arm's name.
    map: Frame,
    per_mg: f64,
    widest: f64,
    size: f64,
}

impl Picture {
    fn new(cell: Frame, most: f64) -> Self {
        let grown = (cell.width() / 724.0).min(cell.height() / 320.0);
        let size = (16.0 * grown.powf(0.6)).clamp(CAPTION, 24.0);
        let tall =
            if cell.height() > 1.1 * cell.width() { 1.1 * cell.width() } else { cell.height() };
        let map = Frame::new(cell.left, cell.top + 1.9 * size, cell.right, cell.top + tall);
        let widest = (WIDEST * grown).min(70.0);
        Self { cell, map, per_mg: widest / most, widest, size }
    }

    /// A place given in shares of the map.
    fn at(&self, x: f64, y: f64) -> Point {
        (self.map.left + x * self.map.width(), self.map.top + y * self.map.height())
    }

    fn frame(&self, place: (f64, f64, f64, f64)) -> Frame {
        let ((left, top), (right, bottom)) = (self.at(place.0, place.1), self.at(place.2, place.3));
        Frame::new(left, top, right, bottom)
    }

    fn draw(&self, sheet: &mut Sheet, map: &Map) {
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
        } else if wide > 1.4 * self.widest {
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
        let number = amount(stream.mg_per_day);
        let wide = stream.mg_per_day * self.per_mg;
        let half = 0.5 * if wide > 1.4 * self.widest { 0.42 * self.widest } else { wide };
        let (x, y) = self.at(route.label.0, route.label.1);
        match route.side {
            Side::Above => {
                let text = format!("{} {number}", route.word);
                let up = half + 0.42 * self.size;
                let text = words((x, y - up), text, self.size, BLACK).middle();
                sheet.text(text);
            }
            Side::Left => self.two_lines(sheet, (x - half - 10.0, y), route.word, &number, true),
            Side::Right => self.two_lines(sheet, (x + half + 10.0, y), route.word, &number, false),
            Side::Before => self.two_lines(sheet, (x, y), route.word, &number, true),
            Side::After => self.two_lines(sheet, (x, y), route.word, &number, false),
        }
    }

    fn two_lines(&self, sheet: &mut Sheet, at: Point, word: &str, number: &str, end: bool) {
        let (x, y) = at;
        let first = words((x, y - 0.15 * self.size), word, self.size, BLACK);
        let second = words((x, y + 0.95 * self.size), number, self.size, BLACK);
        for text in [first, second] {
            sheet.text(if end { text.end() } else { text });
        }
    }
}

/// Name, color and place (left, top, right, bottom in shares of the map) of a box.
struct Look {
    name: &'static str,
    ink: Ink,
    place: (f64, f64, f64, f64),
}

/// `None` for what is outside the body.
const fn look(organ: Organ) -> Option<Look> {
    let (name, ink, place) = match organ {
        Organ::Gut => ("gut", tint::GUT, (0.40, 0.78, 0.60, 1.0)),
        Organ::Blood => ("blood, fluid", tint::BLOOD, (0.40, 0.0, 0.60, 0.60)),
        Organ::Surface => ("bone surface", tint::BONE, (0.0, 0.0, 0.19, 0.26)),
        Organ::Bone => ("bone", tint::BONE, (0.0, 0.34, 0.19, 0.70)),
        Organ::Artery => ("arteries", tint::ARTERY, (0.84, 0.0, 1.0, 0.26)),
        Organ::Urine => ("kidney", tint::URINE, (0.84, 0.72, 1.0, 0.96)),
        Organ::Food | Organ::Sweat | Organ::Feces => return None,
    };
    Some(Look { name, ink, place })
}

/// Where a flow's words stand.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Left,
    Right,
    Before,
    After,
}

/// The way of an arrow in shares of the map, its word and where that stands.
struct Route {
    points: Vec<(f64, f64)>,
    word: &'static str,
    label: (f64, f64),
    side: Side,
}

fn route(from: Organ, to: Organ) -> Route {
    use Organ::{Artery, Blood, Bone, Feces, Food, Gut, Surface, Sweat, Urine};
    let level = |from: f64, to: f64, y: f64, word| Route {
        points: vec![(from, y), (to, y)],
        word,
        label: (0.5 * (from + to), y),
        side: Side::Above,
    };
    let end = |points, word, label| Route { points, word, label, side: Side::After };
    match (from, to) {
        (Food, Gut) => Route {
            points: vec![(0.20, 0.89), (0.40, 0.89)],
            word: "eaten",
            label: (0.19, 0.89),
            side: Side::Before,
        },
        (Gut, Feces) => end(vec![(0.60, 0.89), (0.70, 0.89)], "feces", (0.715, 0.89)),
        (Gut, Blood) => Route {
            points: vec![(0.45, 0.78), (0.45, 0.60)],
            word: "absorbed",
            label: (0.45, 0.69),
            side: Side::Left,
        },
        (Blood, Gut) => Route {
            points: vec![(0.55, 0.60), (0.55, 0.78)],
            word: "secreted",
            label: (0.55, 0.69),
            side: Side::Right,
        },
        (Blood, Surface) => level(0.40, 0.19, 0.10, "on"),
        (Surface, Blood) => level(0.19, 0.40, 0.23, "off"),
        (Blood, Bone) => level(0.40, 0.19, 0.43, "built in"),
        (Bone, Blood) => level(0.19, 0.40, 0.58, "released"),
        (Blood, Artery) => level(0.60, 0.84, 0.09, "deposited"),
        (Artery, Blood) => level(0.84, 0.60, 0.21, "removed"),
        (Blood, Sweat) => end(vec![(0.60, 0.36), (0.70, 0.36)], "sweat", (0.715, 0.36)),
        (Blood, Urine) => Route {
            points: vec![(0.60, 0.53), (0.92, 0.53), (0.92, 0.72)],
            word: "urine",
            label: (0.78, 0.53),
            side: Side::Above,
        },
        _ => {
            let middle = |organ| {
                look(organ).map_or((0.5, 0.95), |look| {
                    (0.5 * (look.place.0 + look.place.2), 0.5 * (look.place.1 + look.place.3))
                })
            };
            let (a, b) = (middle(from), middle(to));
            let label = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
            Route { points: vec![a, b], word: "", label, side: Side::Above }
        }
    }
}

/// Arrows have the color of where the calcium goes, food that of food.
fn ink_of(stream: &Stream) -> Ink {
    match (stream.from, stream.to) {
        (Organ::Food, _) => tint::FOOD.darker(0.85),
        (_, Organ::Feces) => tint::FECES,
        (_, Organ::Urine) => tint::URINE.darker(0.85),
        (_, Organ::Sweat) => tint::SWEAT.darker(0.85),
        (_, Organ::Artery) | (Organ::Artery, _) => tint::ARTERY,
        (_, Organ::Bone | Organ::Surface) => tint::BONE.darker(0.72),
        (Organ::Bone | Organ::Surface, _) => tint::BONE.darker(0.55),
        (_, Organ::Gut) => tint::GUT.darker(0.7),
        _ => tint::GUT.darker(0.85),
    }
}

/// A line that ends in a head of half-width `head`; its tip is the last point.
fn arrow(
    sheet: &mut Sheet,
    points: &[Point],
    width: f64,
    head: f64,
    ink: Ink,
    dash: &'static [f64],
) {
    let Some((shaft, base, tip, (dx, dy))) = headed(points, head) else { return };
    sheet.line(&shaft, ink, width, dash);
    sheet.fill(
        vec![
            tip,
            (base.0 - dy * head, base.1 + dx * head),
            (base.0 + dy * head, base.1 - dx * head),
        ],
        ink,
    );
}

/// White inside a shaft.
fn hollow(sheet: &mut Sheet, points: &[Point], width: f64, head: f64) {
    if let Some((shaft, ..)) = headed(points, head) {
        sheet.line(&shaft, style::WHITE, width, &[]);
    }
}

type Headed = (Vec<Point>, Point, Point, (f64, f64));

/// The shaft without the head, the middle of the head's base, the tip, and the direction.
fn headed(points: &[Point], head: f64) -> Option<Headed> {
    let (tip, rest) = points.split_last()?;
    let before = rest.last()?;
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = dx.hypot(dy).max(1e-9);
    let (dx, dy) = (dx / length, dy / length);
    let long = (1.1 * head).min(0.7 * length);
    let base = (tip.0 - dx * long, tip.1 - dy * long);
    let mut shaft = rest.to_vec();
    shaft.push((base.0 + 0.5 * dx, base.1 + 0.5 * dy));
    Some((shaft, base, *tip, (dx, dy)))
}

/// The scale of the arrows, below all panels.
fn key(sheet: &mut Sheet, room: &Frame, per_mg: f64) {
    let choices = [5000.0, 2000.0, 1000.0, 500.0, 200.0, 100.0, 50.0];
    let round = choices.into_iter().find(|flow| flow * per_mg <= 32.0).unwrap_or(20.0);
    let wide = round * per_mg;
    let y = room.bottom - 6.0;
    let (mut x, ink) = (room.left, style::AXIS);
    let limit = significant(THINNEST / per_mg, 1);
    arrow(sheet, &[(x, y), (x + 60.0, y)], wide, 0.5 * wide + 5.0, ink, &[]);
    x = item(sheet, (x + 70.0, y), &format!("{} mg per day", amount(round)));
    arrow(sheet, &[(x, y), (x + 60.0, y)], 2.0, 5.0, ink, &[7.0, 4.0]);
    x = item(sheet, (x + 70.0, y), &format!("dashed: below {limit} mg per day, not to scale"));
    arrow(sheet, &[(x, y), (x + 60.0, y)], 12.0, 10.0, ink, &[]);
    hollow(sheet, &[(x, y), (x + 60.0, y)], 7.0, 10.0);
    item(sheet, (x + 70.0, y), "hollow: wider than drawn");
}

fn item(sheet: &mut Sheet, (x, y): Point, text: &str) -> f64 {
    sheet.text(words((x, y + 5.0), text, CAPTION, GREY));
    x + font::width(text, CAPTION, Weight::Regular) + 36.0
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
        format!("{} mg", super::numbers::fixed(milligrams, if size < 10.0 { 1 } else { 0 }))
    }
}

/// "238" or "238–262".
fn range(maps: &[Map], from: Organ, to: Organ) -> String {
    let flows = || maps.iter().map(|map| map.means.flow(from, to));
    let (low, high) = (flows().fold(f64::INFINITY, f64::min), flows().fold(0.0, f64::max));
    let (low, high) = (two(low), two(high));
    if low == high { low } else { format!("{low}–{high}") }
}

fn two(value: f64) -> String {
    if value.abs() < 5e-4 { "0".to_owned() } else { significant(value, 2) }
}

fn title(maps: &[Map]) -> String {
    if maps.is_empty() {
        return "Nothing was computed".to_owned();
    }
    format!(
        "Bone takes up {} mg of calcium a day and gives back {}; the arteries take only {} mg",
        range(maps, Organ::Blood, Organ::Bone),
        range(maps, Organ::Bone, Organ::Blood),
        range(maps, Organ::Blood, Organ::Artery)
    )
}

fn numbers(maps: &[Map]) -> String {
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
