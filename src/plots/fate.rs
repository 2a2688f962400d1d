//! Fate of calcium: what became of all the calcium eaten, per arm, and beside it, on its own
//! much magnified axis, the little that reached the arterial wall.

mod sentence;

use crate::physiology::ledger::Pool;
use crate::plots::numbers::float;
use crate::words::numbers::{fixed, significant};

use super::axis::Axis;
use super::canvas::{Frame, Ink, Sheet};
use super::chart_words::key;
use super::font::{self, Weight};
use super::page::{Page, words};
use super::panel::{Layer, Panel};
use super::style::{self, BLACK, CAPTION, GREY, LABEL, TICK, tint};
use super::{ArmData, Drawing, FigureError, Subject, story};
use sentence::{mass, numbers, round_two, title};

struct Part {
    name: &'static str,
    pools: &'static [Pool],
    ink: Ink,
}

const PARTS: [Part; 5] = [
    Part { name: "feces", pools: &[Pool::Feces], ink: tint::FECES },
    Part { name: "urine", pools: &[Pool::Urine], ink: tint::URINE },
    Part { name: "sweat", pools: &[Pool::Sweat], ink: tint::SWEAT },
    Part { name: "bone", pools: &[Pool::Cortical, Pool::Trabecular], ink: tint::BONE },
    Part {
        name: "gut, blood and bone surface",
        pools: &[Pool::Stomach, Pool::Intestine, Pool::Ecf, Pool::Exchangeable],
        ink: tint::BLOOD,
    },
];

/// The parts of the arterial wall.
const WALLS: [(&str, Ink); 2] = [("aorta", tint::ARTERY), ("coronary arteries", tint::CORONARY)];

/// The calcium that one arm ate, by the places where it went \[mg\]; negative where a store shrank.
struct Fate<'a> {
    arm: usize,
    label: &'a str,
    eaten: f64,
    parts: [f64; PARTS.len()],
    coronary: f64,
    aortic: f64,
}

impl Fate<'_> {
    fn percent(&self, amount: f64) -> f64 {
        100.0 * amount / self.eaten.max(1e-9)
    }

    /// Percent taken out of stores; not above 0.
    fn lost(&self) -> f64 {
        self.parts.iter().map(|part| self.percent(*part).min(0.0)).sum()
    }

    fn arterial(&self) -> f64 {
        self.coronary + self.aortic
    }
}

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let fates: Vec<Fate> = subject.arms.iter().enumerate().filter_map(fate).collect();
    let title = title(&fates);
    let subtitle = format!("Fate of all calcium eaten, in percent of it, {}", subject.person);
    let mut page = Page::new(subject, &title, &subtitle);
    let description = format!("{title}. {}", numbers(&fates));
    if fates.is_empty() {
        let reason = if story::has_rows(subject) {
            "Nothing was eaten in this run, so there is nothing to follow."
        } else {
            story::NOTHING
        };
        page.note(reason);
        return Ok((page, description));
    }
    let layout = Layout::new(&page.room, &fates);
    layout.keys(&mut page.sheet);
    layout.shares(&mut page.sheet)?;
    layout.arterial(&mut page.sheet)?;
    Ok((page, description))
}

/// `None` if the arm ate nothing or has fewer than two rows.
fn fate<'a>((index, arm): (usize, &'a ArmData<'a>)) -> Option<Fate<'a>> {
    let rows = &arm.trajectory.rows;
    let (first, last) = (rows.first()?, rows.last()?);
    let gain = |pool: &Pool| {
        let at = |row: &crate::trajectory::Row| row.states.get(pool.state()).copied();
        at(last).zip(at(first)).map_or(0.0, |(end, start)| end - start)
    };
    let sum = |pools: &[Pool]| pools.iter().map(gain).sum::<f64>();
    let eaten = -gain(&Pool::IntakeSource);
    let parts = PARTS.map(|part| sum(part.pools));
    let (coronary, aortic) = (gain(&Pool::Coronary), gain(&Pool::Aortic));
    let fate = Fate { arm: index, label: arm.label, eaten, parts, coronary, aortic };
    let drawable = |amount: &f64| amount.abs() < MOST_MG && fate.percent(*amount).abs() < MOST_MG;
    let mut all = parts.iter().chain([&eaten, &coronary, &aortic]);
    (eaten > 1e-6 && all.all(drawable)).then_some(fate)
}

/// More than any body holds; such numbers are not drawn.
const MOST_MG: f64 = 1e12;

/// Places of rows and columns.
struct Layout<'a> {
    fates: &'a [Fate<'a>],
    room: Frame,
    bars: Frame,
    walls: Frame,
    low: f64,
    high: f64,
    row: f64,
}

impl<'a> Layout<'a> {
    fn new(room: &Frame, fates: &'a [Fate<'a>]) -> Self {
        let names = fates.iter().map(|fate| fate.label).collect::<Vec<_>>();
        let left = room.left + super::labels::width(&names, TICK, 210.0).max(90.0) + 16.0;
        let split = left + 0.66 * (room.right - left);
        let count = float(fates.len());
        let high = room.bottom - 56.0 - room.top - 84.0;
        let row = (high / count).min(250.0);
        let room = Frame { top: room.top + 0.5 * (high - row * count), ..*room };
        let top = room.top + 84.0;
        let bottom = top + row * count;
        let ends = fates.iter().map(|fate| {
            let shares = fate.parts.map(|part| fate.percent(part));
            let below: f64 = shares.iter().filter(|share| **share < 0.0).sum();
            let above: f64 = shares.iter().filter(|share| **share > 0.0).sum();
            (below, above)
        });
        let (low, high) =
            ends.fold((0.0, 100.0), |(low, high): (f64, f64), (a, b)| (low.min(a), high.max(b)));
        Self {
            fates,
            room,
            bars: Frame::new(left, top, split - 56.0, bottom),
            walls: Frame::new(split + 14.0, top, room.right - 76.0, bottom),
            low,
            high,
            row,
        }
    }

    /// Middle of a row, counted from the top.
    fn middle(&self, index: usize) -> f64 {
        self.bars.top + (float(index) + 0.5) * self.row
    }

    fn tick_axis(&self, axis: Axis, frame: Frame) -> Panel {
        let rows = Axis { low: 0.0, high: 1.0, ticks: Vec::new(), decimals: 0, decades: false };
        Panel { frame, x: axis, y: rows, tick: TICK }
    }

    /// Names of the parts with their colors, above the bars.
    fn keys(&self, sheet: &mut Sheet) {
        let (x, y) = (self.bars.left, self.room.top + 48.0);
        let heading =
            words((x, self.room.top + 14.0), "where the calcium went", LABEL, BLACK).bold();
        sheet.text(heading);
        let seen = |index: usize| {
            let share = |fate: &Fate| fate.percent(fate.parts.get(index).copied().unwrap_or(0.0));
            self.fates.iter().any(|fate| share(fate).abs() >= 0.005)
        };
        let parts = PARTS.iter().enumerate().filter(|(index, _)| seen(*index));
        let parts: Vec<(&str, Ink)> = parts.map(|(_, part)| (part.name, part.ink)).collect();
        key(sheet, (x, y), &parts, BLACK, 24.0);
        let x = self.walls.left;
        let title = words((x, self.room.top + 14.0), "into the arterial wall", LABEL, BLACK).bold();
        sheet.text(title);
        key(sheet, (x, y), &WALLS, BLACK, 24.0);
    }

    fn shares(&self, sheet: &mut Sheet) -> Result<(), FigureError> {
        let axis = Axis::new(self.low - self.room_for_losses(), self.high, 100.0, 6);
        let panel = self.tick_axis(axis, self.bars);
        let thin = 0.06;
        let mark = |x: f64| Layer::Area { from: (x - thin, 0.0), to: (x + thin, 1.0), ink: BLACK };
        let mut layers = vec![mark(100.0), mark(0.0)];
        for (index, fate) in self.fates.iter().enumerate() {
            let (top, bottom) = self.edges(index);
            for (from, to, ink) in pieces(fate) {
                layers.push(Layer::Area { from: (from, top), to: (to, bottom), ink });
            }
        }
        panel.draw(sheet, &layers)?;
        let at = (self.bars.center().0, self.bars.bottom + 52.0);
        sheet.text(words(at, self.axis_title(), TICK, GREY).middle());
        for (index, fate) in self.fates.iter().enumerate() {
            self.numbers(sheet, &panel, index, fate);
            self.name(sheet, index, fate);
        }
        Ok(())
    }

    /// Says why the parts may add up to more than what was eaten.
    fn axis_title(&self) -> &'static str {
        let bone = |fate: &Fate| fate.parts.get(3).is_some_and(|part| fate.percent(*part) < -0.05);
        if self.fates.iter().any(bone) {
            "percent of the calcium eaten [%] · left of 0: lost by bone, so more than 100 leaves"
        } else if self.fates.iter().any(|fate| fate.lost() < -0.05) {
            "percent of the calcium eaten [%] · left of 0: taken out of a store"
        } else {
            "percent of the calcium eaten [%]"
        }
    }

    /// Percent left of the longest loss that its number needs.
    fn room_for_losses(&self) -> f64 {
        let texts = self.fates.iter().map(|fate| fate.lost()).filter(|lost| *lost < -0.05);
        let widths = texts.map(|lost| font::width(&fixed(lost, 1), TICK, Weight::Regular) + 14.0);
        let widest = widths.fold(0.0, f64::max);
        (self.high - self.low) * widest / (self.bars.width() - widest).max(1.0)
    }

    /// Lower and upper edge of a bar in the units of the panel.
    fn edges(&self, index: usize) -> (f64, f64) {
        let tall = (0.58 * self.row).min(110.0);
        let share = |y: f64| 1.0 - (y - self.bars.top) / self.bars.height();
        let middle = self.middle(index);
        (share(middle - 0.5 * tall), share(middle + 0.5 * tall))
    }

    fn numbers(&self, sheet: &mut Sheet, panel: &Panel, index: usize, fate: &Fate) {
        let size = TICK.min(0.5 * self.row);
        let middle = self.middle(index) + 0.33 * size;
        let above = panel.at(0.0, self.edges(index).0.max(self.edges(index).1)).1 - 5.0;
        let mut free = panel.frame.left;
        let pieces = pieces(fate).into_iter().filter(|piece| piece.1 - piece.0 >= 0.05);
        let mut pieces = pieces.peekable();
        while let Some((from, to, ink)) = pieces.next() {
            let (left, right) = (panel.at(from, 0.0).0, panel.at(to, 0.0).0);
            let text = fixed(to - from, if to - from < 9.95 { 1 } else { 0 });
            let wide = font::width(&text, size, Weight::Regular);
            let x = 0.5 * (left + right);
            if wide + 6.0 <= right - left {
                sheet.text(words((x, middle), text, size, style::letters_on(ink)).middle());
            } else if pieces.peek().is_none() {
                sheet.text(words((right + 7.0, middle), text, size, BLACK).rimmed());
            } else if x - 0.5 * wide > free && self.row > 2.2 * size {
                sheet.text(words((x, above), text, size, GREY).middle().rimmed());
                free = x + 0.5 * wide + 4.0;
            }
        }
        let lost = fate.lost();
        if lost < -0.05 {
            let at = (panel.at(lost, 0.0).0 - 6.0, middle);
            sheet.text(words(at, fixed(lost, 1), size, BLACK).end());
        }
    }

    fn name(&self, sheet: &mut Sheet, index: usize, fate: &Fate) {
        let room = self.bars.left - self.room.left - 14.0;
        let size = TICK.min(0.4 * self.row);
        let limit = if self.row > 4.4 * size { 2 } else { 1 };
        let eaten = format!("{} eaten", mass(fate.eaten));
        let all: Vec<&str> = self.fates.iter().map(|fate| fate.label).collect();
        let fits = |label: &str| font::fits(label, size, Weight::Bold, room, limit);
        let labels = super::labels::distinct(&all, fits);
        let label = labels.get(index).map_or(fate.label, String::as_str);
        let mut lines = font::wrap(label, size, Weight::Bold, room, limit);
        if limit == 1 {
            lines = vec![font::shorten_middle(label, size, Weight::Bold, room)];
        }
        let half = 0.5 * (float(lines.len()) + 1.0) * 1.12 * size;
        let mut y = self.middle(index) - half + 0.85 * size;
        let look = style::arm(fate.arm);
        for line in lines {
            sheet.text(words((self.room.left, y), line, size, look.letters).bold());
            y += 1.12 * size;
        }
        let eaten = font::shorten(&eaten, 0.9 * size, Weight::Regular, room);
        sheet.text(words((self.room.left, y), eaten, 0.9 * size, GREY));
    }

    fn arterial(&self, sheet: &mut Sheet) -> Result<(), FigureError> {
        let most =
            self.fates.iter().map(|fate| fate.arterial().max(fate.aortic).max(fate.coronary));
        let least = self.fates.iter().map(|fate| fate.aortic.min(0.0) + fate.coronary.min(0.0));
        let (low, high) = (least.fold(0.0, f64::min), most.fold(0.0, f64::max));
        let axis = Axis::rounded(low, high, 0.01, 4);
        let panel = self.tick_axis(axis, self.walls);
        let mut layers = Vec::new();
        for (index, fate) in self.fates.iter().enumerate() {
            let (top, bottom) = self.edges(index);
            let first = (0.0, fate.aortic);
            let base = if fate.aortic * fate.coronary >= 0.0 { fate.aortic } else { 0.0 };
            let second = (base, base + fate.coronary);
            for ((from, to), ink) in [(first, tint::ARTERY), (second, tint::CORONARY)] {
                layers.push(Layer::Area { from: (from, top), to: (to, bottom), ink });
            }
        }
        panel.draw(sheet, &layers)?;
        for (index, fate) in self.fates.iter().enumerate() {
            let size = TICK.min(0.5 * self.row);
            let x = panel.at(fate.arterial().max(0.0), 0.0).0 + 8.0;
            let text = significant(fate.arterial(), 3);
            sheet.text(words((x, self.middle(index) + 0.33 * size), text, size, BLACK));
        }
        let below = (self.walls.center().0, self.walls.bottom + 52.0);
        sheet.text(words(below, "milligrams [mg]", TICK, GREY).middle());
        let note =
            words((self.walls.left, self.room.top + 74.0), self.magnified(&panel), CAPTION, GREY);
        sheet.text(note);
        Ok(())
    }

    /// The factor by which a milligram is drawn longer here than in the bars of percent.
    fn magnified(&self, panel: &Panel) -> String {
        let per_mg = panel.frame.width() / (panel.x.high - panel.x.low);
        let most = self.fates.iter().map(|fate| fate.eaten).fold(0.0, f64::max);
        let other = self.bars.width() / ((self.high - self.low) / 100.0 * most);
        format!("own scale, magnified × {}", significant(round_two(per_mg / other), 2))
    }
}

/// The pieces of an arm's bar \[%\]: gains to the right of 0, losses of stores to the left.
fn pieces(fate: &Fate) -> Vec<(f64, f64, Ink)> {
    let (mut right, mut left) = (0.0, 0.0);
    let mut out = Vec::new();
    for (part, amount) in PARTS.iter().zip(fate.parts) {
        let share = fate.percent(amount);
        let start = if share >= 0.0 { &mut right } else { &mut left };
        out.push((*start, *start + share, part.ink));
        *start += share;
    }
    out
}
