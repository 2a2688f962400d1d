//! Paired differences between arms: each person as a dot, the middle 50 and 90 %, and the share
//! of people on either side of no difference.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData, label_of};
use crate::charts::sweeps::phrases;
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::{self, float};
use crate::plots::page::words;
use crate::plots::style::{self, AXIS, BLACK, GREY, GRID, LABEL, TICK, WHITE};
use crate::plots::{Drawing, FigureError};
use crate::sweep::quantile::quantile;
use crate::words::names::capital;
use crate::words::numbers::percent;

const MOST: usize = 6;
const MOST_DOTS: usize = 1500;
/// Width of the words left of a strip.
const WORDS: f64 = 370.0;
/// Width of the words right of it.
const SHARES: f64 = 250.0;

/// Bins in which a strip counts its values.
const BINS: usize = 48;

/// A strip: the values that become dots, in the order of samples, and all in ascending order.
struct Strip<'a> {
    outcome: &'a OutcomeData,
    values: Vec<f64>,
    sorted: Vec<f64>,
}

/// The strips of a sweep: differences first; other outcomes only where there are none.
fn strips(data: &SweepData) -> (Vec<Strip<'_>>, usize) {
    let points = data.selection.points().max(1);
    let numeric =
        || data.outcomes.iter().filter(|o| o.kind != NumberKind::Condition && o.has_numbers());
    let any = numeric().any(|outcome| outcome.kind == NumberKind::Difference);
    let wanted: Vec<&OutcomeData> =
        numeric().filter(|outcome| !any || outcome.kind == NumberKind::Difference).collect();
    let strips = wanted.iter().take(MOST).filter_map(|outcome| {
        let every = data.selection.samples.div_ceil(MOST_DOTS).max(1);
        let values = outcome.values.iter().step_by(points).step_by(every).copied().collect();
        let sorted = data.at(&outcome.values, 0);
        (!sorted.is_empty()).then_some(Strip { outcome, values, sorted })
    });
    (strips.collect(), wanted.len().saturating_sub(MOST))
}

/// Whether samples differ, and outcomes compare arms or there is nothing else to show.
pub(crate) fn suits(data: &SweepData) -> bool {
    let paired = data.outcomes.iter().any(|outcome| outcome.kind == NumberKind::Difference);
    data.compares_samples() && (data.axes.is_empty() || paired)
}

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let (strips, undrawn) = if data.sampled() { strips(data) } else { (Vec::new(), 0) };
    let title = strips
        .first()
        .map_or_else(|| "No run gave a number to compare".to_owned(), |strip| strip.headline(data));
    let subtitle = subtitle(data, &strips, undrawn);
    let mut page = phrases::page(data, &title, &subtitle);
    let mut description = format!("{title}. {subtitle}.");
    if strips.is_empty() {
        page.note(if data.sampled() {
            "No run gave a number, so there is nothing to draw. failures.csv tells why."
        } else {
            "This needs [population] or [sample]: without samples there are no differences to draw."
        });
        return Ok((page, description));
    }
    let room = page.room;
    let height = ((room.height() + 8.0) / float(strips.len())).min(230.0);
    let mut top = room.top;
    for (look, strip) in strips.iter().enumerate() {
        let cell = Frame::new(room.left, top, room.right, top + height - 8.0);
        strip.draw(&mut page.sheet, data, cell, look);
        description.push_str(&format!(" {}", strip.numbers(data)));
        top += height;
    }
    Ok((page, description))
}

fn subtitle(data: &SweepData, strips: &[Strip], undrawn: usize) -> String {
    let one = data.who().trim_end_matches('s').replace("people", "person");
    let paired = if strips.iter().any(|strip| strip.outcome.kind == NumberKind::Difference) {
        format!("The same {} in both arms, so that the difference is the effect", data.who())
    } else {
        format!("How the {} differ", data.who())
    };
    let conditions =
        data.outcomes.iter().filter(|o| o.kind == NumberKind::Condition && o.has_numbers());
    let conditions: String = conditions
        .map(|outcome| {
            let share = data.middle(outcome, 0);
            format!(" · {}: {}", outcome.name, percent(share / 100.0))
        })
        .collect();
    let most = strips.iter().map(|strip| strip.sorted.len()).max().unwrap_or(0);
    let dots = if most > MOST_DOTS {
        format!("a dot for one {one} in {}", most.div_ceil(MOST_DOTS))
    } else {
        format!("a dot for each {one}")
    };
    let far = strips.iter().any(|strip| {
        let axis = strip.axis();
        let ends = strip.sorted.first().zip(strip.sorted.last());
        ends.is_some_and(|(first, last)| *first < axis.low || *last > axis.high)
    });
    let far = if far { " · arrows: so many lie farther out" } else { "" };
    let first = first_point(data);
    format!(
        "{paired} · {}{first} · {dots}, bars: the middle 50 and 90 %{far}{conditions}{}{}",
        phrases::whom(data),
        phrases::missing(data),
        phrases::rest(data, undrawn)
    )
}

/// Which point of a grid is shown, if there is one.
pub(crate) fn first_point(data: &SweepData) -> String {
    let names = data.axes.iter().map(|axis| format!(" · {}: {}", axis.label, axis.name(0)));
    names.collect()
}

/// The bin of a share of the axis.
fn bin(share: f64) -> usize {
    numbers::count(share * float(BINS), 0, BINS - 1)
}

impl Strip<'_> {
    /// Shares below and above zero as they are written: what rounds to zero is neither.
    fn shares(&self) -> (f64, f64) {
        let share = |count: usize| float(count) / float(self.sorted.len().max(1));
        let half = 0.5 * self.outcome.smallest();
        let below = self.sorted.partition_point(|value| *value < -half);
        let above = self.sorted.len() - self.sorted.partition_point(|value| *value <= half);
        (share(below), share(above))
    }

    fn headline(&self, data: &SweepData) -> String {
        let (below, above) = self.shares();
        let outcome = self.outcome;
        let median = outcome.measured(quantile(&self.sorted, 0.5));
        let who = data.who();
        let noun = phrases::noun(outcome);
        let Some((arm, minus)) = self.arms(data) else {
            let (low, high) = (quantile(&self.sorted, 0.05), quantile(&self.sorted, 0.95));
            return capital(&format!(
                "{noun}: median {median}, and 90\u{A0}% of all {who} lie between {} and {}",
                outcome.number(low),
                outcome.measured(high)
            ));
        };
        let (share, word) = if below >= above { (below, "lower") } else { (above, "higher") };
        if share < 0.01 {
            return format!("Hardly anybody differs in {noun} between “{arm}” and “{minus}”");
        }
        capital(&format!(
            "{} {noun} is {word} with “{arm}” than with “{minus}”: median difference {median}",
            if share < 1.0 {
                format!("in {} of all {who},", percent(share))
            } else {
                format!("in all {} {who},", self.sorted.len())
            }
        ))
    }

    /// The labels of the arms, for a difference.
    fn arms(&self, data: &SweepData) -> Option<(String, String)> {
        let about = self.outcome.about.as_ref()?;
        let label = |name: &str| label_of(&data.arms, name);
        Some((label(&about.arm), label(about.reference_arm.as_deref()?)))
    }

    fn draw(&self, sheet: &mut Sheet, data: &SweepData, cell: Frame, look: usize) {
        let frame =
            Frame::new(cell.left + WORDS, cell.top + 6.0, cell.right - SHARES, cell.bottom - 26.0);
        self.words(sheet, data, cell, frame);
        let axis = self.axis();
        let at = |value: f64| frame.left + axis.share(value) * frame.width();
        for tick in &axis.ticks {
            let x = at(*tick);
            sheet.line(&[(x, frame.top), (x, frame.bottom)], GRID, 1.25, &[]);
            let label = axis.label(*tick);
            sheet.text(words((x, frame.bottom + 20.0), label, TICK, GREY).middle());
        }
        sheet.line(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], AXIS, 1.5, &[]);
        let ink = style::arm(look).ink;
        let middle = frame.top + 0.64 * frame.height();
        self.dots(sheet, &axis, frame, middle, look);
        self.beyond(sheet, &axis, frame, frame.top + 0.16 * frame.height(), look);
        let bar = frame.top + 0.16 * frame.height();
        let inside = |value: f64| value.clamp(axis.low, axis.high);
        let shares =
            [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| at(inside(quantile(&self.sorted, share))));
        let [low, lower, center, upper, high] = shares;
        sheet.line(&[(low, bar), (high, bar)], ink, 4.0, &[]);
        sheet.line(&[(lower, bar), (upper, bar)], ink, 14.0, &[]);
        sheet.disc((center, bar), 10.0, BLACK);
        sheet.disc((center, bar), 6.5, WHITE);
        if axis.low < 0.0 && axis.high > 0.0 {
            let zero = at(0.0);
            sheet.line(&[(zero, frame.top - 4.0), (zero, frame.bottom)], BLACK, 2.0, &[]);
        }
    }

    /// Name and unit on the left, median and shares on the right.
    fn words(&self, sheet: &mut Sheet, data: &SweepData, cell: Frame, frame: Frame) {
        let outcome = self.outcome;
        let room = WORDS - 70.0;
        let name = format!("{} {}", capital(&outcome.noun), outcome.bracketed);
        let mut y = cell.top + 0.9 * LABEL;
        for line in font::wrap(&name, LABEL, Weight::Bold, room, 2) {
            sheet.text(words((cell.left, y), line, LABEL, BLACK).bold());
            y += 1.15 * LABEL;
        }
        let arms = match self.arms(data) {
            Some((arm, minus)) => format!("{arm}, minus {minus}"),
            None => outcome.name.clone(),
        };
        for line in font::wrap(&arms, TICK, Weight::Regular, room, 2) {
            if y < cell.bottom {
                sheet.text(words((cell.left, y), line, TICK, GREY));
            }
            y += 1.15 * TICK;
        }
        let x = frame.right + 24.0;
        let room = cell.right - x;
        let median = format!("median {}", outcome.measured(quantile(&self.sorted, 0.5)));
        let mut lines = vec![(median, true)];
        if outcome.kind == NumberKind::Difference || outcome.is_signed() {
            let (below, above) = self.shares();
            let rest = 1.0 - below - above;
            let shares = [("lower", below), ("the same", rest), ("higher", above)];
            let written = shares.iter().filter(|(_, share)| *share > 1e-9);
            lines.extend(
                written.map(|(word, share)| (format!("{word} in {}", percent(*share)), false)),
            );
        }
        let mut y = cell.top + 0.9 * LABEL;
        for (text, bold) in lines {
            let weight = if bold { Weight::Bold } else { Weight::Regular };
            let text = font::shorten(&text, TICK, weight, room);
            let text = words((x, y), text, TICK, BLACK);
            sheet.text(if bold { text.bold() } else { text });
            y += 1.25 * TICK;
        }
    }

    /// All values and zero, where that is near. A few values far out do not squeeze the others:
    /// they stand as arrows at the edge, and are counted there.
    fn axis(&self) -> Axis {
        let at = |share| quantile(&self.sorted, share);
        let (mut low, mut high) = (at(0.0), at(1.0));
        let (inner, outer) = (at(0.05), at(0.95));
        let reach = (outer - inner).max(8.0 * self.outcome.smallest());
        (low, high) = (low.max(inner - reach), high.min(outer + reach));
        let least = (8.0 * self.outcome.smallest()).max(0.02 * low.abs().max(high.abs()));
        let near =
            self.outcome.kind == NumberKind::Difference || low.abs().min(high.abs()) < high - low;
        (low, high) = if near { (low.min(0.0), high.max(0.0)) } else { (low, high) };
        let margin = 0.03 * (high - low).max(least);
        Axis::new(low - margin, high + margin, least, 8)
    }

    fn beyond(&self, sheet: &mut Sheet, axis: &Axis, frame: Frame, y: f64, look: usize) {
        let below = self.sorted.partition_point(|value| *value < axis.low);
        let above = self.sorted.len() - self.sorted.partition_point(|value| *value <= axis.high);
        let ink = style::readable(style::arm(look).ink);
        if below > 0 {
            let text = words((frame.left + 2.0, y + 6.0), format!("← {below}"), TICK, ink);
            sheet.text(text.rimmed());
        }
        if above > 0 {
            let text = words((frame.right - 2.0, y + 6.0), format!("{above} →"), TICK, ink);
            sheet.text(text.end().rimmed());
        }
    }

    /// A dot for each sample, scattered upright by a fixed pattern so that dots do not hide others.
    fn dots(&self, sheet: &mut Sheet, axis: &Axis, frame: Frame, middle: f64, look: usize) {
        let ink = style::arm(look).ink.clear(0.32);
        let half = 0.32 * frame.height();
        let density = self.density(axis);
        let inside = |value: &&f64| (axis.low..=axis.high).contains(*value);
        let finite = self.values.iter().filter(inside);
        for (index, value) in finite.enumerate() {
            // Multiples of the golden ratio fill an interval evenly.
            let shift = (float(index) * 0.618_033_988_749_895).fract() - 0.5;
            let share = axis.share(*value);
            let spread = half * density.get(bin(share)).copied().unwrap_or(0.0);
            let x = frame.left + share * frame.width();
            sheet.disc((x, middle + 2.0 * spread * shift), 3.6, ink);
        }
    }

    /// Number of values in each bin of the axis, smoothed, relative to the fullest.
    fn density(&self, axis: &Axis) -> Vec<f64> {
        let mut counts = vec![0.0_f64; BINS];
        for value in &self.sorted {
            if let Some(count) = counts.get_mut(bin(axis.share(*value))) {
                *count += 1.0;
            }
        }
        let at = |index: usize| counts.get(index).copied().unwrap_or(0.0);
        let smooth = |index: usize| {
            let below = index.checked_sub(1).map_or(0.0, at);
            0.25 * below + 0.5 * at(index) + 0.25 * at(index + 1)
        };
        let smoothed: Vec<f64> = (0..BINS).map(smooth).collect();
        let most = smoothed.iter().copied().fold(1e-9, f64::max);
        smoothed.into_iter().map(|count| count / most).collect()
    }

    fn numbers(&self, data: &SweepData) -> String {
        let outcome = self.outcome;
        let at = |share| outcome.measured(quantile(&self.sorted, share));
        let (below, above) = self.shares();
        let arms = self
            .arms(data)
            .map_or_else(String::new, |(arm, minus)| format!(" ({arm} minus {minus})"));
        format!(
            "{}{arms}: median {}, middle half {} to {}, middle 90 % {} to {}; lower in {}, higher \
             in {}.",
            capital(&outcome.noun),
            at(0.5),
            at(0.25),
            at(0.75),
            at(0.05),
            at(0.95),
            percent(below),
            percent(above)
        )
    }
}
