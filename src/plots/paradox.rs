//! The paradox plane: change of bone against change of arterial calcium, one path per arm.

use crate::physiology::quantities::{Quantity, quantity};
use crate::units::DAYS_PER_YEAR;
use crate::words::numbers::{fixed, signed};

use super::axis::Axis;
use super::canvas::{Frame, Ink, Point, Sheet};
use super::font::{self, Weight};
use super::page::{Page, words};
use super::panel::{Layer, Panel};
use super::span::Clock;
use super::style::{self, BLACK, GREY, LABEL, TICK};
use super::{ArmData, Drawing, FigureError, Subject, labels, story};

/// Tint of the corner that nobody wants.
const CORNER: Ink = Ink::new(0xC8, 0x4B, 0x31);
const CORNER_WORD: Ink = Ink::new(0x9A, 0x35, 0x22);

/// One arm's way through the plane.
#[derive(Clone)]
struct Path<'a> {
    arm: usize,
    data: &'a ArmData<'a>,
    points: Vec<(f64, f64)>,
    /// Points between start and end, one per period.
    stations: Vec<(f64, f64)>,
    end: (f64, f64),
}

/// Whether the run is long enough for bone and arteries to change.
pub(crate) fn suits(subject: &Subject) -> bool {
    const HALF_A_YEAR: f64 = 182.0;
    Clock::of(subject).length_days() >= HALF_A_YEAR
}

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let paths = paths(subject);
    let title = title(&paths);
    let subtitle = subtitle(subject, period(subject));
    let mut page = Page::new(subject, &title, &subtitle);
    let description = format!("{title}. {}", numbers(&paths));
    if paths.is_empty() {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let direct = subject.arms.len() <= labels::MOST;
    if !direct {
        page.legend(subject);
    }
    let room = page.room;
    let outer = Frame::new(room.left, room.top + 34.0, room.right, room.bottom - 30.0);
    let (x, y) = axes(&paths, &outer);
    let panel = Panel::inside(outer, x, y, TICK);
    let mut layers = corner(&panel);
    layers.extend(origin(&panel));
    for path in &paths {
        layers.extend(path.layers());
    }
    panel.draw(&mut page.sheet, &layers)?;
    let heading = "change of coronary calcium [AU, Agatston units]";
    page.sheet.text(words((room.left, room.top + 14.0), heading, LABEL, GREY));
    let below = "change of lumbar spine density [% of the start]";
    page.sheet.text(words((panel.frame.right, room.bottom - 4.0), below, LABEL, GREY).end());
    annotate(&mut page.sheet, &panel, &paths, direct);
    Ok((page, description))
}

fn paths<'a>(subject: &'a Subject<'a>) -> Vec<Path<'a>> {
    let (Some(bone), Some(artery)) =
        (quantity("lumbar_spine_bmd_percent"), quantity("cac_agatston"))
    else {
        return Vec::new();
    };
    let every = period(subject);
    let arms = subject.arms.iter().enumerate();
    arms.filter_map(|(arm, data)| path(arm, data, bone, artery, every)).collect()
}

fn path<'a>(
    arm: usize,
    data: &'a ArmData<'a>,
    bone: &Quantity,
    artery: &Quantity,
    every: Option<f64>,
) -> Option<Path<'a>> {
    let rows = data.trajectory.rows.iter();
    let raw = rows.map(|row| (row.time_days, row.value(bone.column), row.value(artery.column)));
    let raw: Vec<_> = raw.filter(|(_, b, a)| b.is_finite() && a.is_finite()).collect();
    let (first, last) = (raw.first()?, raw.last()?);
    let (start_bone, start_artery) = (first.1, first.2);
    if start_bone.abs() < 1e-9 {
        return None;
    }
    let change = |b: f64, a: f64| (100.0 * (b / start_bone - 1.0), a - start_artery);
    let points: Vec<(f64, f64)> = raw.iter().map(|(_, b, a)| change(*b, *a)).collect();
    let mut stations = Vec::new();
    if let Some(every) = every {
        let mut day = first.0 + every;
        while day < last.0 - 0.1 * every && stations.len() < 40 {
            let values = data.trajectory.at(bone, day).zip(data.trajectory.at(artery, day));
            stations.extend(values.map(|(b, a)| change(b, a)).filter(|(x, y)| (x + y).is_finite()));
            day += every;
        }
    }
    let end = *points.last()?;
    Some(Path { arm, data, points, stations, end })
}

/// Days between two dots: 5 years in long runs, a year in shorter ones.
fn period(subject: &Subject) -> Option<f64> {
    let ends = subject.arms.iter().filter_map(|arm| arm.trajectory.rows.last());
    match ends.map(|row| row.time_days).fold(0.0, f64::max) {
        days if days >= 9.0 * DAYS_PER_YEAR => Some(5.0 * DAYS_PER_YEAR),
        days if days >= 2.0 * DAYS_PER_YEAR => Some(DAYS_PER_YEAR),
        _ => None,
    }
}

fn subtitle(subject: &Subject, every: Option<f64>) -> String {
    let dots = match every {
        Some(days) if days > 2.0 * DAYS_PER_YEAR => " · a dot every 5 years",
        Some(_) => " · a dot every year",
        None => "",
    };
    format!("Bone against artery, {} · all start at the ring{dots}", subject.person)
}

fn axes(paths: &[Path], outer: &Frame) -> (Axis, Axis) {
    let all = || paths.iter().flat_map(|path| &path.points);
    let low = all().fold((0.0, 0.0), |low: (f64, f64), p| (low.0.min(p.0), low.1.min(p.1)));
    let high = all().fold((0.0, 0.0), |high: (f64, f64), p| (high.0.max(p.0), high.1.max(p.1)));
    let wide = (high.0 - low.0).max(1.0);
    let tall = (high.1 - low.1).max(5.0);
    let x = Axis::new(low.0 - 0.12 * wide, high.0 + 0.16 * wide, 2.0, 8);
    let floor = low.1 - 0.16 * tall;
    let y =
        Axis::new(floor, high.1 + 0.14 * tall, 10.0, if outer.height() > 450.0 { 7 } else { 5 });
    (x, y)
}

/// Nested quarter ellipses in the upper left corner.
fn corner(panel: &Panel) -> Vec<Layer> {
    let (left, top) = (panel.x.low, panel.y.high);
    let (wide, tall) = (panel.x.high - left, top - panel.y.low);
    let ring = |share: f64| {
        let mut points = vec![(left, top)];
        points.extend((0..=24).map(|step| {
            let angle = std::f64::consts::FRAC_PI_2 * f64::from(step) / 24.0;
            (left + share * wide * angle.cos(), top - share * tall * angle.sin())
        }));
        Layer::Shape { points, ink: CORNER.clear(0.075) }
    };
    [0.62, 0.50, 0.38, 0.26].map(ring).to_vec()
}

/// Fine lines through the start.
fn origin(panel: &Panel) -> Vec<Layer> {
    let cross = [
        vec![(0.0, panel.y.low), (0.0, panel.y.high)],
        vec![(panel.x.low, 0.0), (panel.x.high, 0.0)],
    ];
    let lines = cross.map(|points| Layer::Line { points, ink: style::AXIS, width: 1.5, dash: &[] });
    lines.to_vec()
}

impl Path<'_> {
    fn layers(&self) -> Vec<Layer> {
        let look = style::arm(self.arm);
        let (ink, shape) = (look.ink, look.shape);
        let points = self.points.clone();
        let mut out = vec![Layer::Line { points, ink, width: style::LINE, dash: look.dash }];
        let dot = |at: &(f64, f64)| Layer::Dot { at: *at, shape, ink, radius: 7.5, hollow: true };
        out.extend(self.stations.iter().map(dot));
        out.push(Layer::Dot { at: self.end, shape, ink, radius: 11.0, hollow: false });
        out
    }
}

/// Names of corners, the start, and a label at each end.
fn annotate(sheet: &mut Sheet, panel: &Panel, paths: &[Path], direct: bool) {
    let frame = &panel.frame;
    let start = panel.at(0.0, 0.0);
    sheet.disc(start, 11.0, BLACK);
    sheet.disc(start, 7.0, style::WHITE);
    let mut taken = Taken::new(*frame, paths, panel);
    let name = "weaker bone, harder artery";
    let corner =
        words((frame.left + 16.0, frame.top + 30.0), name, LABEL + 2.0, CORNER_WORD).bold();
    taken.keep(&corner.bounds());
    sheet.text(corner);
    let wish = "stronger bone, softer artery";
    let wide = font::width(wish, TICK, Weight::Regular) + 30.0;
    // Only where its corner has room: left of the start it would name the wrong one.
    let other = words((frame.right - 12.0, frame.bottom - 14.0), wish, TICK, GREY).end();
    if frame.right - start.0 > wide && taken.cost(&other.bounds()).is_finite() {
        taken.keep(&other.bounds());
        sheet.text(other.rimmed());
    }
    if direct {
        let mut order: Vec<&Path> = paths.iter().collect();
        order.sort_by(|a, b| b.end.1.total_cmp(&a.end.1));
        for path in order {
            label(sheet, panel, path, &mut taken);
        }
    }
    let beside = words((start.0 + 13.0, start.1 - 9.0), "start", TICK, BLACK);
    if taken.cost(&beside.bounds()).is_finite() {
        sheet.text(beside.rimmed());
    }
}

/// The arm's name and its two numbers at the end of its path.
fn label(sheet: &mut Sheet, panel: &Panel, path: &Path, taken: &mut Taken) {
    let look = style::arm(path.arm);
    let name = font::shorten_middle(path.data.label, LABEL, Weight::Bold, 300.0);
    let values = format!("{} %, {} AU", signed(path.end.0, 1), signed(path.end.1, 0));
    let wide =
        font::width(&name, LABEL, Weight::Bold).max(font::width(&values, TICK, Weight::Regular));
    let tall = 1.15 * (LABEL + TICK);
    let end = panel.at(path.end.0, path.end.1);
    let Some((x, y)) = taken.place(end, wide, tall) else { return };
    sheet.text(words((x, y + 0.82 * LABEL), name, LABEL, look.letters).bold().rimmed());
    let below = y + 1.1 * LABEL + 0.85 * TICK;
    sheet.text(words((x, below), values, TICK, look.letters).rimmed());
}

/// Where labels must not go: other labels; and where they had better not: paths.
struct Taken {
    frame: Frame,
    boxes: Vec<Frame>,
    points: Vec<Point>,
}

impl Taken {
    fn new(frame: Frame, paths: &[Path], panel: &Panel) -> Self {
        let points = paths.iter().flat_map(|path| &path.points);
        let mut points: Vec<Point> = points.map(|(x, y)| panel.at(*x, *y)).collect();
        points.extend(paths.iter().map(|path| panel.at(path.end.0, path.end.1)));
        let origin = panel.at(0.0, 0.0);
        for step in 0..=100 {
            let share = f64::from(step) / 100.0;
            points.push((origin.0, frame.top + share * frame.height()));
            points.push((frame.left + share * frame.width(), origin.1));
        }
        Self { frame, boxes: Vec::new(), points }
    }

    fn keep(&mut self, area: &Frame) {
        self.boxes.push(*area);
    }

    /// Infinite outside the frame or on another label, else the number of points covered.
    fn cost(&self, area: &Frame) -> f64 {
        let frame = &self.frame;
        let inside = area.left >= frame.left + 4.0
            && area.right <= frame.right
            && area.top >= frame.top
            && area.bottom <= frame.bottom - 4.0;
        if !inside || self.boxes.iter().any(|other| other.overlaps(area, -3.0)) {
            return f64::INFINITY;
        }
        let covered = |(x, y): &&Point| {
            *x > area.left - 8.0
                && *x < area.right + 8.0
                && *y > area.top - 8.0
                && *y < area.bottom + 8.0
        };
        let count = self.points.iter().filter(covered).count();
        f64::from(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Upper left corner of the best place for a box around `end`, which is then taken.
    fn place(&mut self, end: Point, wide: f64, tall: f64) -> Option<Point> {
        let mut best: Option<(f64, Frame)> = None;
        for reach in [18.0, 44.0, 84.0, 140.0, 210.0] {
            for (dx, dy) in [
                (1.0, 0.0),
                (-1.0, 0.0),
                (0.0, -1.0),
                (0.0, 1.0),
                (0.7, -0.7),
                (0.7, 0.7),
                (-0.7, -0.7),
                (-0.7, 0.7),
            ] {
                let middle = (end.0 + dx * (reach + 0.5 * wide), end.1 + dy * (reach + 0.5 * tall));
                let (left, top) = (middle.0 - 0.5 * wide, middle.1 - 0.5 * tall);
                let area = Frame::new(left, top, left + wide, top + tall);
                let cost = self.cost(&area) + 0.1 * reach;
                if cost.is_finite() && best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, area));
                }
            }
        }
        let (_, area) = best?;
        self.keep(&area);
        Some((area.left, area.top))
    }
}

/// What the plane shows, in one sentence.
fn title(paths: &[Path]) -> String {
    let told: Vec<Path> = paths.iter().filter(|path| !path.data.what_if).cloned().collect();
    let paths = if told.len() > 1 { told.as_slice() } else { paths };
    let Some(first) = paths.first() else { return "Nothing was computed".to_owned() };
    if paths.len() == 1 {
        return alone(first.end);
    }
    if let Some((same, better, worse)) = better_pair(paths) {
        let lead = if same { "Same calcium, other fate: " } else { "" };
        return format!(
            "{lead}“{}” keeps {}\u{A0}% more bone in the spine and gains {}\u{A0}AU less coronary calcium than “{}”",
            story::short_label(better.data.label),
            fixed(100.0 * ((100.0 + better.end.0) / (100.0 + worse.end.0) - 1.0), 1),
            fixed(worse.end.1 - better.end.1, 0),
            story::short_label(worse.data.label)
        );
    }
    let most = paths.iter().max_by(|a, b| a.end.0.total_cmp(&b.end.0)).unwrap_or(first);
    let soft = paths.iter().min_by(|a, b| a.end.1.total_cmp(&b.end.1)).unwrap_or(first);
    let spread = |pick: fn(&Path) -> f64| {
        let values = || paths.iter().map(pick);
        values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)
    };
    let (bone, artery) = (spread(|path| path.end.0) >= BONE, spread(|path| path.end.1) >= ARTERY);
    let (most, soft) = (story::short_label(most.data.label), story::short_label(soft.data.label));
    match (bone, artery) {
        (true, true) => format!("Most bone: “{most}”, but softest arteries: “{soft}”"),
        (true, false) => format!("“{most}” keeps most bone; the arteries hardly differ"),
        (false, true) => format!("“{soft}” keeps the arteries softest; the bones hardly differ"),
        (false, false) => "Bones and arteries of the arms hardly differ".to_owned(),
    }
}

/// Smallest difference of bone \[%\] worth a sentence.
const BONE: f64 = 0.5;
/// Smallest difference of coronary calcium \[AU\] worth a sentence.
const ARTERY: f64 = 3.0;

fn alone(end: (f64, f64)) -> String {
    let bone = if end.0.abs() < BONE {
        "The spine keeps its density".to_owned()
    } else {
        let verb = if end.0 < 0.0 { "loses" } else { "gains" };
        format!("The spine {verb} {}\u{A0}% of its density", fixed(end.0.abs(), 1))
    };
    let artery = if end.1.abs() < ARTERY {
        "the coronary arteries stay as they are".to_owned()
    } else {
        let verb = if end.1 < 0.0 { "lose" } else { "gain" };
        format!("the coronary arteries {verb} {}\u{A0}AU", fixed(end.1.abs(), 0))
    };
    format!("{bone} while {artery}")
}

/// The pair with the largest advantage in both; pairs that eat the same calcium first.
fn better_pair<'a>(paths: &'a [Path<'a>]) -> Option<(bool, &'a Path<'a>, &'a Path<'a>)> {
    let mut best: Option<((bool, f64), &Path, &Path)> = None;
    for better in paths {
        for worse in paths {
            let gain = (better.end.0 - worse.end.0, worse.end.1 - better.end.1);
            if gain.0 < BONE || gain.1 < ARTERY {
                continue;
            }
            let same = same_calcium(better.data, worse.data);
            let score =
                (same, gain.0 / BONE + gain.1 / ARTERY + 1e3 * supplement(worse.data).min(1.0));
            if best.as_ref().is_none_or(|(other, ..)| score > *other) {
                best = Some((score, better, worse));
            }
        }
    }
    best.map(|((same, _), better, worse)| (same, better, worse))
}

fn supplement(arm: &ArmData) -> f64 {
    arm.calcium_intake.iter().map(|phase| phase.2).fold(0.0, f64::max)
}

fn same_calcium(one: &ArmData, other: &ArmData) -> bool {
    let equal = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    let (a, b) = (&one.calcium_intake, &other.calcium_intake);
    !a.is_empty()
        && a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| equal(a.0, b.0) && equal(a.1, b.1) && equal(a.2, b.2))
}

fn numbers(paths: &[Path]) -> String {
    let mut out = String::from("Change from start to end of each arm.");
    for path in paths {
        out.push_str(&format!(
            " {}: lumbar spine density {} %, coronary calcium {} AU.",
            path.data.label,
            signed(path.end.0, 1),
            signed(path.end.1, 0)
        ));
    }
    out
}
