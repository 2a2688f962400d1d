//! The paradox plane: change of bone against change of arterial calcium, one path per arm.

mod sentence;

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, Place, Scale, Size, Words, sentences,
};
use crate::charts::paradox::sentence::{ARTERY, BONE, Pair, Story, title};
use crate::physiology::quantities::{Quantity, quantity};
use crate::plots::canvas::Ink;
use crate::plots::numbers::{extremes, lowest_and_highest};
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY};
use crate::plots::{ArmData, Subject, labels};
use crate::units::DAYS_PER_YEAR;
use crate::words::catalogue::message;
use crate::words::numbers::{rounded, signed};

/// Tint of the corner that nobody wants.
const CORNER: Ink = Ink::new(0xC8, 0x4B, 0x31);
const CORNER_WORD: Ink = Ink::new(0x9A, 0x35, 0x22);

/// The numbers of the plane.
struct Facts {
    paths: Vec<Path>,
    /// Days between two dots.
    every: Option<f64>,
    story: Story,
}

/// One arm's way through the plane: change of bone \[points: % of the young adult mean\] and of
/// coronary calcium \[AU\].
struct Path {
    arm: usize,
    points: Vec<(f64, f64)>,
    /// Points between start and end, one per period.
    stations: Vec<(f64, f64)>,
    end: (f64, f64),
    /// The end as it is told: the difference of the numbers that tables have of end and start.
    told: (f64, f64),
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let facts = facts(subject);
    let words = words(subject, &facts);
    if facts.paths.is_empty() {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    let mut chart = Chart::new(subject, words, Picture::of(panel(subject, &facts)));
    if subject.arms.len() <= labels::MOST {
        chart.legend.clear(); // the ends of the paths are named
    }
    chart
}

/// True if the run is long enough for bone and arteries to change.
pub(crate) fn suits(subject: &Subject) -> bool {
    const HALF_A_YEAR: f64 = 182.0;
    crate::plots::span::Clock::of(subject).length_days() >= HALF_A_YEAR
}

fn facts(subject: &Subject) -> Facts {
    let every = period(subject);
    let shown = quantity("femoral_neck_bmd_percent").zip(quantity("cac_agatston"));
    let arms = subject.arms.iter().enumerate();
    let path = |(arm, data)| path(arm, data, shown?, every);
    let paths: Vec<Path> = arms.filter_map(path).collect();
    let story = story(subject, &paths);
    Facts { paths, every, story }
}

fn path(
    arm: usize,
    data: &ArmData,
    (bone, artery): (&Quantity, &Quantity),
    every: Option<f64>,
) -> Option<Path> {
    let rows = data.trajectory.rows.iter();
    let raw = rows.map(|row| (row.time_days, row.value(bone.column), row.value(artery.column)));
    let raw: Vec<_> = raw.filter(|(_, b, a)| b.is_finite() && a.is_finite()).collect();
    let (first, last) = (raw.first()?, raw.last()?);
    let change = |b: f64, a: f64| (b - first.1, a - first.2);
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
    let printed = |shown: &Quantity, value: f64| rounded(value, shown.decimals);
    let told = |shown, start, end| printed(shown, printed(shown, end) - printed(shown, start));
    let told = (told(bone, first.1, last.1), told(artery, first.2, last.2));
    Some(Path { arm, points, stations, end, told })
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

fn story(subject: &Subject, paths: &[Path]) -> Story {
    let own = paths.iter().filter(|path| subject.headline_arms().any(|arm| arm == path.arm));
    let own: Vec<&Path> = own.collect();
    let told: Vec<&Path> = if own.len() > 1 { own } else { paths.iter().collect() };
    match told.as_slice() {
        [] => Story::Nothing,
        [only] => Story::Alone(only.told),
        [one, other] => better_pair(subject, &told)
            .unwrap_or_else(|| Story::Compared(Pair::of(one, other).with_the_better_first())),
        _ => better_pair(subject, &told).unwrap_or_else(|| apart(&told)),
    }
}

/// Distance of the largest from the smallest.
fn width(paths: &[&Path], value: fn(&Path) -> f64) -> f64 {
    extremes(paths.iter().map(|path| value(path))).map_or(0.0, |(low, high)| high - low)
}

/// Smallest difference of coronary calcium \[AU\] worth a sentence beside what these paths gain.
fn least_artery(paths: &[&Path]) -> f64 {
    paths.iter().map(|path| 0.02 * path.end.1.abs()).fold(ARTERY, f64::max)
}

impl Pair {
    /// Differences of the numbers that stand at the ends of the paths.
    fn of(better: &Path, worse: &Path) -> Self {
        Self {
            better: better.arm,
            worse: worse.arm,
            bone: better.told.0 - worse.told.0,
            artery: worse.told.1 - better.told.1,
            least_artery: least_artery(&[better, worse]),
        }
    }
}

fn apart(paths: &[&Path]) -> Story {
    let best = |value: fn(&Path) -> f64, least: f64| {
        let (low, high) = lowest_and_highest(paths, |path| value(path))?;
        (value(high) - value(low) >= least).then_some(high.arm)
    };
    Story::Apart {
        bone: best(|path| path.end.0, BONE),
        artery: best(|path| -path.end.1, least_artery(paths)),
        spans: (width(paths, |path| path.told.0), width(paths, |path| path.told.1)),
    }
}

/// The pair with the largest advantage in both; pairs that eat the same calcium first.
fn better_pair(subject: &Subject, paths: &[&Path]) -> Option<Story> {
    let mut best: Option<((bool, f64), Story)> = None;
    for better in paths {
        for worse in paths {
            let gain = (better.end.0 - worse.end.0, worse.end.1 - better.end.1);
            let arms = subject.arms.get(better.arm).zip(subject.arms.get(worse.arm));
            let least = least_artery(&[better, worse]);
            let Some((one, other)) = arms.filter(|_| gain.0 >= BONE && gain.1 >= least) else {
                continue;
            };
            let same_calcium = same_calcium(one, other);
            let supplement = other.calcium_intake.iter().map(|phase| phase.2).fold(0.0, f64::max);
            let size = gain.0 / BONE + gain.1 / least + 1e3 * supplement.min(1.0);
            let score = (same_calcium, size);
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                let pair = Pair::of(better, worse);
                best = Some((score, Story::Better { pair, same_calcium }));
            }
        }
    }
    best.map(|(_, story)| story)
}

fn same_calcium(one: &ArmData, other: &ArmData) -> bool {
    let equal = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    let (a, b) = (&one.calcium_intake, &other.calcium_intake);
    !a.is_empty()
        && a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| equal(a.0, b.0) && equal(a.1, b.1) && equal(a.2, b.2))
}

fn words(subject: &Subject, facts: &Facts) -> Words {
    let person = &subject.person;
    let dots = match facts.every {
        Some(days) if days > 2.0 * DAYS_PER_YEAR => message!(paradox.dots_of_years, years = 5),
        Some(_) => message!(paradox.dots_of_a_year),
        None => String::new(),
    };
    let ends = facts.paths.iter().map(|path| {
        let (bone, artery) = (signed(path.told.0, 1), signed(path.told.1, 0));
        message!(paradox.description_arm, arm = subject.label(path.arm), bone, artery)
    });
    Words {
        title: title(subject, &facts.story),
        subtitle: message!(paradox.subtitle, person, dots),
        description: sentences(std::iter::once(message!(paradox.description)).chain(ends)),
    }
}

fn panel(subject: &Subject, facts: &Facts) -> Panel {
    let all = || facts.paths.iter().flat_map(|path| &path.points);
    let low = all().fold((0.0, 0.0), |low: (f64, f64), p| (low.0.min(p.0), low.1.min(p.1)));
    let high = all().fold((0.0, 0.0), |high: (f64, f64), p| (high.0.max(p.0), high.1.max(p.1)));
    let (wide, tall) = ((high.0 - low.0).max(1.0), (high.1 - low.1).max(5.0));
    let (left, right) = (low.0 - 0.12 * wide, high.0 + 0.16 * wide);
    let x = Scale::new(message!(paradox.across), left, right, Ends::Exact(2.0));
    let y = Scale::untitled(low.1 - 0.16 * tall, high.1 + 0.14 * tall, Ends::Exact(10.0));
    let mut layers = vec![
        Layer::Corner { ink: CORNER.clear(0.075) },
        Layer::Rule { x: Some(0.0), y: None, dash: &[] },
        Layer::Rule { x: None, y: Some(0.0), dash: &[] },
    ];
    layers.extend(facts.paths.iter().flat_map(|path| path.layers(subject.look(path.arm))));
    let (at, shape) = ((0.0, 0.0), style::Shape::Disc);
    layers.push(Layer::Dot { at, shape, ink: BLACK, radius: 11.0, hollow: true });
    let mut labels = annotations(&x);
    let named = subject.arms.len() <= labels::MOST;
    // Of many arms only those of the title have their numbers.
    let told = |path: &&Path| match facts.story {
        Story::Better { ref pair, .. } | Story::Compared(ref pair) => {
            named || [pair.better, pair.worse].contains(&path.arm)
        }
        _ => named,
    };
    let ends = facts.paths.iter().filter(told).zip(6..).map(|(path, priority)| {
        let name = if named { subject.label(path.arm) } else { "" };
        let (bone, artery) = (signed(path.told.0, 1), signed(path.told.1, 0));
        let text = message!(paradox.end, bone, artery);
        let number = Label::number(subject.look(path.arm), path.end, text);
        Label { name: name.to_owned(), size: Size::Large, priority, ..number }
    });
    labels.extend(ends);
    let (heading, unit) = (message!(paradox.heading), message!(paradox.unit));
    let panel = Panel { heading, unit, ..Panel::of(x, y, layers, labels) };
    panel.limited(subject.limits_of("x"), subject.limits_of("y"))
}

/// Names of corners and of the start.
fn annotations(x: &Scale) -> Vec<Label> {
    let label = |place, text, ink, priority| Label {
        size: Size::Large,
        priority,
        ..Label::new(place, text, ink)
    };
    let corner = |right| Place::Corner { right, upper: !right };
    let unwanted = label(corner(false), String::new(), CORNER_WORD, u8::MAX);
    let mut out = vec![
        Label { name: message!(paradox.corner), ..unwanted },
        label(Place::Near((0.0, 0.0)), message!(paradox.start), BLACK, 0),
    ];
    // Only where its corner has room: left of the start it would name the wrong one.
    if x.high > 0.2 * (x.high - x.low) {
        out.push(label(corner(true), message!(paradox.wish), GREY, u8::MAX - 1));
    }
    out
}

impl Path {
    fn layers(&self, arm_look: usize) -> Vec<Layer> {
        let look = style::arm(arm_look);
        let (ink, shape) = (look.ink, look.shape);
        let mut out = vec![Layer::of_arm(arm_look, self.points.clone())];
        let dot = |at: &(f64, f64)| Layer::Dot { at: *at, shape, ink, radius: 7.5, hollow: true };
        out.extend(self.stations.iter().map(dot));
        out.push(Layer::Dot { at: self.end, shape, ink, radius: 11.0, hollow: false });
        out
    }
}
