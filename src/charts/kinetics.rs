//! Vitamin kinetics: K1, MK-4 and MK-7 in plasma, after the first doses and at steady state.

use crate::charts::chart::{Chart, Label, Panel, Picture, Words};
use crate::charts::course::{self, Course};
use crate::charts::vitamins::{Floor, UNSEEN, Vitamin, any_moves, clears, floor, levels, shown};
use crate::nutrition::schedule::Intake;
use crate::physiology::quantities::Quantity;
use crate::plots::numbers::extremes;
use crate::plots::span::Clock;
use crate::plots::{ArmData, Subject, labels};
use crate::words::catalogue::message;
use crate::words::numbers::short;

/// The numbers of the figure.
struct Facts {
    vitamins: Vec<Vitamin>,
    clock: Clock,
    windows: Vec<(Window, Clock)>,
    /// Whether the axes are in decades.
    decades: bool,
    story: Story,
}

/// Days that a row of panels shows.
#[derive(Clone, Copy)]
enum Window {
    Whole,
    FirstWeek,
    LastWeek,
    WholeBelow,
}

/// Statements that a headline can make about the levels.
enum Story {
    Nothing,
    Still,
    /// Half-lives after single doses.
    Halves(Vec<Half>),
    /// Peaks, in short runs.
    Peaks(Vec<Peak>),
    /// New levels at the end.
    Levels(Vec<Level>),
}

/// Share of the highest level above which another is as high.
const ALIKE: f64 = 0.98;

/// Days of the first and of the last panel of a long run.
const WEEK: f64 = 7.0;

/// A half-life \[h\] and the row in the middle of the fall that shows it, in the first week if there.
struct Half {
    vitamin: Vitamin,
    arm: usize,
    hours: f64,
    middle: (f64, f64),
}

/// The highest level of a vitamin, and when it is halved; days and nM.
struct Peak {
    vitamin: Vitamin,
    arm: usize,
    peak: (f64, f64),
    halved: Option<(f64, f64)>,
    end: (f64, f64),
}

/// First and last level of a vitamin in a single arm; of several arms the highest level that the
/// panels show. Days and nM.
struct Level {
    vitamin: Vitamin,
    /// The arm, or those in which the level is highest.
    arms: Vec<usize>,
    start: (f64, f64),
    end: (f64, f64),
    /// Whether there is no other arm.
    only: bool,
}

/// Whether vitamin K differs between arms or changes in one.
pub(crate) fn suits(subject: &Subject) -> bool {
    any_moves(subject)
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let facts = facts(subject);
    let words = words(subject, &facts);
    if matches!(facts.story, Story::Nothing) {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    let panels = facts.windows.iter().flat_map(|(window, clock)| {
        facts.vitamins.iter().map(|vitamin| panel(subject, &facts, vitamin, *window, clock))
    });
    let columns = Some(facts.vitamins.len());
    Chart::new(subject, words, Picture::Panels { panels: panels.collect(), columns })
}

fn facts(subject: &Subject) -> Facts {
    let (vitamins, clock) = (shown(subject), Clock::of(subject));
    let decades = vitamins.iter().any(|vitamin| {
        floor(subject, vitamin).is_some_and(Floor::is_far) && clears(subject, vitamin)
    });
    let windows = windows(subject, &vitamins, &clock);
    let story = story(subject, &vitamins, &clock, &windows);
    Facts { vitamins, clock, windows, decades, story }
}

fn story(
    subject: &Subject,
    vitamins: &[Vitamin],
    clock: &Clock,
    windows: &[(Window, Clock)],
) -> Story {
    if !subject.has_rows() {
        return Story::Nothing;
    }
    if !any_moves(subject) {
        return Story::Still;
    }
    let halves: Vec<Half> = vitamins.iter().filter_map(|one| half_life(subject, one)).collect();
    if !halves.is_empty() {
        return Story::Halves(halves);
    }
    let mut peaks = Vec::new();
    if clock.length_days() <= 14.0 {
        peaks.extend(vitamins.iter().filter_map(|vitamin| peak(subject, vitamin)));
    }
    if !peaks.is_empty() {
        return Story::Peaks(peaks);
    }
    Story::Levels(vitamins.iter().filter_map(|vitamin| level(subject, vitamin, windows)).collect())
}

/// The half-life in an arm that swallows one pill of the vitamin, while the level falls from a
/// half to a fiftieth of its peak.
fn half_life(subject: &Subject, vitamin: &Vitamin) -> Option<Half> {
    let pill =
        |intake: &Intake| matches!(intake, Intake::Pill(what, _) if *what == vitamin.substance);
    let once = |arm: &ArmData| arm.doses.iter().filter(|dose| pill(&dose.intake)).count() == 1;
    let arms = subject.arms.iter().enumerate();
    arms.filter(|(_, data)| once(data)).find_map(|(arm, data)| {
        let points = data.course(vitamin.plasma);
        let (from, start) = *points.first()?;
        let peak = points.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let floor = (0.02 * peak.1).max(5.0 * start);
        let falling = points.iter().filter(|point| point.0 > peak.0 && point.1 >= floor);
        let falling: Vec<_> = falling.filter(|point| point.1 <= 0.7 * peak.1).collect();
        let (first, last) = (falling.first()?, falling.last()?);
        let halvings = (first.1 / last.1).log2();
        let week = falling.iter().take_while(|point| point.0 <= from + WEEK).count();
        let shown = if week > 0 { week } else { falling.len() };
        let middle = **falling.get(shown / 2)?;
        let hours = 24.0 * (last.0 - first.0) / halvings;
        (halvings > 0.5).then_some(Half { vitamin: *vitamin, arm, hours, middle })
    })
}

/// The highest of all peaks that rise well above their start.
fn peak(subject: &Subject, vitamin: &Vitamin) -> Option<Peak> {
    let arms = subject.arms.iter().enumerate();
    let peaks = arms.filter_map(|(arm, data)| {
        let points = data.course(vitamin.plasma);
        let start = points.first()?.1;
        let peak = *points.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let later = points.iter().filter(|point| point.0 > peak.0);
        let halved = later.copied().find(|point| point.1 <= 0.5 * peak.1);
        let end = *points.last()?;
        (peak.1 > 1.5 * start).then_some(Peak { vitamin: *vitamin, arm, peak, halved, end })
    });
    peaks.reduce(|best, other| if other.peak.1 > best.peak.1 { other } else { best })
}

fn level(subject: &Subject, vitamin: &Vitamin, windows: &[(Window, Clock)]) -> Option<Level> {
    let only = subject.arms.len() == 1;
    let arms = subject.arms.iter().enumerate().filter_map(|(arm, data)| {
        let points = data.course(vitamin.plasma);
        let seen = windows.iter().flat_map(|(_, clock)| within(data, vitamin, clock));
        let highest = seen.max_by(|a, b| a.1.total_cmp(&b.1));
        let end = if only { points.last().copied() } else { highest };
        Some((arm, *points.first()?, end?))
    });
    let arms: Vec<_> = arms.collect();
    let (_, start, end) = *arms.iter().max_by(|a, b| a.2.1.total_cmp(&b.2.1))?;
    let highest = arms.iter().filter(|(.., own)| own.1 >= ALIKE * end.1);
    Some(Level {
        vitamin: *vitamin,
        arms: highest.map(|(arm, ..)| *arm).collect(),
        start,
        end,
        only,
    })
}

/// A level or a number of hours, as title, panels and description write it.
fn written(value: f64) -> String {
    short(value, 2)
}

impl Peak {
    fn hours_to_half(&self) -> Option<String> {
        self.halved.map(|halved| written(24.0 * (halved.0 - self.peak.0)))
    }
}

impl Story {
    /// The numbers of the title at their points of a vitamin's curve: day, level, arm, words.
    fn told(&self, vitamin: &Vitamin) -> Vec<((f64, f64), usize, String)> {
        let mine = |other: &Vitamin| other.name == vitamin.name;
        let mut told = Vec::new();
        match self {
            Self::Nothing | Self::Still => {}
            Self::Halves(halves) => {
                for half in halves.iter().filter(|half| mine(&half.vitamin)) {
                    let text = message!(kinetics.halves_label, hours = written(half.hours));
                    told.push((half.middle, half.arm, text));
                }
            }
            Self::Peaks(peaks) => {
                for peak in peaks.iter().filter(|peak| mine(&peak.vitamin)) {
                    told.push((peak.peak, peak.arm, written(peak.peak.1)));
                    told.push(match peak.halved.zip(peak.hours_to_half()) {
                        Some((at, hours)) => (at, peak.arm, message!(kinetics.peak_label, hours)),
                        None => (peak.end, peak.arm, written(peak.end.1)),
                    });
                }
            }
            Self::Levels(levels) => {
                for level in levels.iter().filter(|level| mine(&level.vitamin)) {
                    let start = Some(level.start).filter(|_| level.only);
                    let ends = start.into_iter().chain([level.end]);
                    let arm = level.arms.first().copied().unwrap_or_default();
                    told.extend(ends.map(|end| (end, arm, written(end.1))));
                }
            }
        }
        told
    }
}

fn words(subject: &Subject, facts: &Facts) -> Words {
    let person = &subject.person;
    let plasma: Vec<&'static Quantity> = facts.vitamins.iter().map(|one| one.plasma).collect();
    let subtitle = if facts.decades {
        message!(kinetics.subtitle_decades, person)
    } else {
        message!(kinetics.subtitle, person)
    };
    let dashed = facts.windows.iter().any(|(_, clock)| !course::changes(subject, clock).is_empty());
    let changes = if dashed { message!(timeline.changes) } else { String::new() };
    Words {
        title: title(subject, &facts.story),
        subtitle: subtitle + &changes,
        description: course::ends(subject, &plasma, &facts.clock, |_, level| written(level)),
    }
}

fn title(subject: &Subject, story: &Story) -> String {
    match story {
        Story::Nothing => message!(none.computed),
        Story::Still => message!(kinetics.still),
        Story::Halves(halves) => {
            let one = |half: &Half| {
                message!(kinetics.halves_one, name = half.vitamin.name, hours = written(half.hours))
            };
            message!(kinetics.halves, all = halves.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        Story::Peaks(peaks) => {
            let one = |peak: &Peak| {
                let (name, most) = (peak.vitamin.name, written(peak.peak.1));
                match peak.hours_to_half() {
                    Some(hours) => message!(kinetics.peak, name, peak = most, hours),
                    None => match written(peak.end.1) {
                        end if end == most => message!(kinetics.climb, name, end),
                        end => message!(kinetics.turn, name, peak = most, end),
                    },
                }
            };
            peaks.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        Story::Levels(levels) => {
            let several = levels.iter().any(|level| !level.only);
            let one = |level: &Level| {
                let (name, end) = (level.vitamin.name, written(level.end.1));
                if !level.only {
                    let labels = level.arms.iter().map(|arm| labels::short(subject.label(*arm)));
                    let arm = match level.arms.len() == subject.arms.len() {
                        true => message!(kinetics.every_arm),
                        false => labels.collect::<Vec<_>>().join(", "),
                    };
                    message!(kinetics.level_of_arm, name, end, arm)
                } else {
                    let start = written(level.start.1);
                    message!(kinetics.level, name, start, end)
                }
            };
            let all = levels.iter().map(one).collect::<Vec<_>>().join(", ");
            if several {
                message!(kinetics.levels_of_arms, all)
            } else {
                message!(kinetics.levels, all)
            }
        }
    }
}

fn panel(
    subject: &Subject,
    facts: &Facts,
    vitamin: &Vitamin,
    window: Window,
    clock: &Clock,
) -> Panel {
    let mut course = Course::new(subject, vitamin.plasma, clock);
    let name = vitamin.name;
    course.heading = match window {
        Window::Whole => name.to_owned(),
        Window::FirstWeek => message!(kinetics.first_week, name),
        Window::LastWeek => message!(kinetics.last_week, name),
        Window::WholeBelow => message!(kinetics.whole_run, name),
    };
    let most = subject.arms.iter().flat_map(|arm| levels(arm, vitamin)).fold(0.0, f64::max);
    course.shows = vec![0.0, most];
    let floor = floor(subject, vitamin).filter(|_| facts.decades);
    course.decades_from = floor.map(|floor| floor.lowest);
    if matches!(facts.story, Story::Halves(_)) {
        course.draw_first_above(); // a single pill, which the first daily one would hide
    }
    let (from, to) = clock.days();
    let told = facts.story.told(vitamin).into_iter();
    let told = told.filter(|((day, _), ..)| (from..=to).contains(day));
    let told = told.map(|((day, level), arm, text)| {
        Label::number(subject.look(arm), (clock.at(day), level), text)
    });
    // Names beside the panel stand only beside the last of a row.
    if facts.vitamins.last().is_some_and(|last| last.name != name) {
        course.labels.extend(names(subject, vitamin, clock));
    }
    course.labels.extend(told);
    course.panel()
}

/// The name of each of several arms at the last of its highest levels, if its doses are seen.
fn names(subject: &Subject, vitamin: &Vitamin, clock: &Clock) -> Vec<Label> {
    let several = subject.arms.len() > 1;
    let named = subject.arms.iter().filter(|_| several).filter_map(|data| {
        let (day, level) = within(data, vitamin, clock).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let number = Label::number(data.look, (clock.at(day), level), String::new());
        (level > UNSEEN).then(|| Label { name: data.label.to_owned(), priority: 4, ..number })
    });
    named.collect()
}

/// First week, and last week (where doses still make waves) or the whole run.
fn windows(subject: &Subject, vitamins: &[Vitamin], whole: &Clock) -> Vec<(Window, Clock)> {
    let (first, last) = whole.days();
    let (start, end) = (Clock::part(first, first + WEEK), Clock::part(last - WEEK, last));
    let resolved = |clock: &Clock| {
        let (from, to) = clock.days();
        let rows = |arm: &ArmData| {
            let times = arm.trajectory.rows.iter().map(|row| row.time_days);
            times.filter(|time| (from..=to).contains(time)).count()
        };
        subject.arms.iter().all(|arm| rows(arm) >= 8)
    };
    if whole.length_days() <= 14.0 || !resolved(&start) {
        return vec![(Window::Whole, whole.clone())];
    }
    let below = if resolved(&end) && makes_waves(subject, vitamins, &end) {
        (Window::LastWeek, end)
    } else {
        (Window::WholeBelow, whole.clone())
    };
    vec![(Window::FirstWeek, start), below]
}

fn makes_waves(subject: &Subject, vitamins: &[Vitamin], clock: &Clock) -> bool {
    let waves = |arm: &ArmData, vitamin: &Vitamin| {
        let ends = extremes(within(arm, vitamin, clock).map(|point| point.1));
        ends.is_some_and(|(low, high)| high - low > 0.05 * high)
    };
    subject.arms.iter().any(|arm| vitamins.iter().any(|vitamin| waves(arm, vitamin)))
}

/// Days and levels of an arm inside the time of a clock.
fn within(arm: &ArmData, vitamin: &Vitamin, clock: &Clock) -> impl Iterator<Item = (f64, f64)> {
    let (from, to) = clock.days();
    arm.course(vitamin.plasma).into_iter().filter(move |point| (from..=to).contains(&point.0))
}
