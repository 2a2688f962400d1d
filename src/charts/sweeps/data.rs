//! The facts that the figures of a sweep use: its axes, its outcomes, and a number for each run drawn.

use crate::charts::chart::{Chart, Picture, Words};
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::charts::sweeps::selection::Selection;
use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::Quantity as Reported;
use crate::plots::numbers::{count, float};
use crate::sweep::Sweep;
use crate::sweep::inverse::{Search, SearchGoal};
use crate::sweep::quantile::quantile;
use crate::words::catalogue::message;
use crate::words::names::{self, capital, in_words, inside};
use crate::words::numbers::{short, with_unit};

pub(crate) const MOST_OUTCOMES: usize = 12;

/// A sweep as its figures see it.
#[derive(Clone, Debug)]
pub(crate) struct SweepData {
    pub title: String,
    /// Hypothesis set(s): "paradox".
    pub hypothesis: String,
    /// The person: "woman 50 → 70".
    pub person: String,
    /// Name and label of each arm that runs.
    pub arms: Vec<(String, String)>,
    /// Color and shape of each, by what it adds to the first ([`crate::plots::style::arm`]).
    pub looks: Vec<usize>,
    /// The axes of the grid, the last varies fastest.
    pub axes: Vec<AxisData>,
    /// Whether samples differ in who they are, so that they are people.
    pub people: bool,
    pub selection: Selection,
    pub outcomes: Vec<OutcomeData>,
    /// Names of outcomes that find no room.
    pub left_out: Vec<String>,
    pub search: Option<SearchData>,
    pub courses: Vec<CourseData>,
}

#[derive(Clone, Debug)]
pub(crate) struct SearchData {
    /// The number that was looked for, with the values found; NaN where none was.
    pub found: OutcomeData,
    goal: SearchGoal,
    pub between: (f64, f64),
    /// The condition as written.
    pub condition: String,
    /// Column of the words of the answer.
    column: String,
    /// 0 not reachable, 1 found, 2 already holds at the end; NaN if the run failed.
    pub answers: Vec<f64>,
}

/// Time courses of one quantity in one arm.
#[derive(Clone, Debug)]
pub(crate) struct CourseData {
    pub arm: usize,
    pub quantity: &'static Reported,
    pub days: Vec<f64>,
    /// One line of values for each sample.
    pub lines: Vec<Vec<f64>>,
}

/// Facts for the figures that the sweep itself does not hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Circumstances {
    pub hypothesis: String,
    pub person: String,
    /// Name and label of each arm that runs, and its look.
    pub arms: Vec<(String, String)>,
    pub looks: Vec<usize>,
    /// The scenario's own value of each axis, where there is one.
    pub own: Vec<Option<f64>>,
}

impl SweepData {
    /// Everything but the numbers.
    pub(crate) fn of(sweep: &Sweep, circumstances: Circumstances) -> Self {
        let selection = Selection::of(&sweep.plan);
        let own = circumstances.own.iter().copied().chain(std::iter::repeat(None));
        let axes = sweep.plan.axes.iter().zip(own).enumerate().map(|(index, (axis, own))| {
            let cells = selection.positions(index).iter().filter_map(|at| axis.values.get(*at));
            AxisData::of(axis.dial.label(&circumstances.arms), axis.dial.dial.unit(), cells, own)
        });
        let axes = axes.collect();
        let (drawn, rest) =
            sweep.outcomes.split_at_checked(MOST_OUTCOMES).unwrap_or((&sweep.outcomes, &[]));
        let several = circumstances.arms.len() > 1;
        let outcomes = drawn.iter().map(|one| OutcomeData::of(one, &circumstances.arms, several));
        Self {
            title: sweep.title.clone(),
            axes,
            people: sweep.plan.sampled.iter().any(|draw| draw.dial.dial.is_personal()),
            outcomes: outcomes.collect(),
            left_out: rest.iter().map(|outcome| in_words(&outcome.name)).collect(),
            search: sweep.search.as_ref().map(|search| SearchData::of(search, &circumstances.arms)),
            courses: Vec::new(),
            selection,
            hypothesis: circumstances.hypothesis,
            person: circumstances.person,
            arms: circumstances.arms,
            looks: circumstances.looks,
        }
    }

    /// A figure of the sweep with these words, without a legend.
    pub(crate) fn chart(&self, words: Words, picture: Picture) -> Chart {
        Chart::about(&self.title, &self.hypothesis, words, picture)
    }

    /// The look of an arm, by its position.
    pub(crate) fn look(&self, arm: usize) -> usize {
        *self.looks.get(arm).or_defect("an arm without a look")
    }

    /// The columns of the results that are drawn, in the order in which [`Self::fill`] takes them.
    pub(crate) fn columns(&self) -> Vec<String> {
        let outcomes = self.outcomes.iter().map(|outcome| outcome.column.clone());
        let search = self.search.iter();
        let search = search.flat_map(|search| [search.found.column.clone(), search.column.clone()]);
        outcomes.chain(search).collect()
    }

    /// Takes the numbers: one column for each of [`Self::columns`], one number for each slot.
    pub(crate) fn fill(&mut self, columns: Vec<Vec<f64>>) {
        let mut columns = columns.into_iter();
        for (outcome, values) in self.outcomes.iter_mut().zip(columns.by_ref()) {
            outcome.values = values;
        }
        if let (Some(search), Some(values)) = (&mut self.search, columns.next()) {
            search.found.values = values;
            search.answers = columns.next().or_defect("a search without its column of answers");
        }
    }

    pub(crate) const fn who(&self) -> &'static str {
        if self.people { "people" } else { "samples" }
    }

    /// One of them: "person".
    pub(crate) fn one(&self) -> String {
        if self.people { message!(sweep.person) } else { message!(sweep.sample) }
    }

    pub(crate) const fn sampled(&self) -> bool {
        self.selection.all_samples > 1
    }

    /// Whether outcomes are numbers that differ between samples.
    pub(crate) fn compares_samples(&self) -> bool {
        let numeric = self.outcomes.iter().any(|outcome| outcome.kind != NumberKind::Condition);
        self.search.is_none() && self.sampled() && numeric
    }

    /// The axes that are long enough to run along an edge of a figure.
    pub(crate) fn scales(&self) -> usize {
        self.axes.iter().filter(|axis| axis.is_scale()).count()
    }

    /// The outcomes that a map or a curve can show: numbers, or shares of samples.
    pub(crate) fn drawable(&self) -> impl Iterator<Item = &OutcomeData> {
        let drawable = |o: &&OutcomeData| self.sampled() || o.kind != NumberKind::Condition;
        self.outcomes.iter().filter(|outcome| outcome.has_numbers()).filter(drawable)
    }

    /// The numbers of an outcome at a point of the grid, ascending, without missing ones.
    pub(crate) fn at(&self, values: &[f64], point: usize) -> Vec<f64> {
        let points = self.selection.points().max(1);
        let mut found: Vec<f64> = values.iter().skip(point).step_by(points).copied().collect();
        found.retain(|value| value.is_finite());
        found.sort_by(f64::total_cmp);
        found
    }

    /// The middle number of an outcome at a point: its only one where there are no samples; of
    /// conditions the percentage of samples in which they hold.
    pub(crate) fn middle(&self, outcome: &OutcomeData, point: usize) -> f64 {
        if outcome.kind == NumberKind::Condition && self.sampled() {
            let found = self.at(&outcome.values, point);
            return 100.0 * found.iter().sum::<f64>() / float(found.len());
        }
        if !self.sampled() {
            return outcome.values.get(point).copied().unwrap_or(f64::NAN);
        }
        quantile(&self.at(&outcome.values, point), 0.5)
    }

    /// The point of the grid with these positions on the axes.
    pub(crate) fn point(&self, positions: &[usize]) -> usize {
        let axes = self.axes.iter().zip(positions);
        axes.fold(0, |point, (axis, position)| point * axis.len() + position)
    }
}

impl SearchData {
    fn of(search: &Search, arms: &[(String, String)]) -> Self {
        let [found, column] = search.found_and_answer();
        let (label, unit) = (search.dial.label(arms), search.number.unit);
        let axis = AxisData::of(label, unit, [].into_iter(), None);
        let noun = format!("{} {}", search.word(), inside(&axis.label));
        let found = OutcomeData {
            column: found,
            heading: capital(&noun),
            heading_of_arms: capital(&noun),
            name: noun.clone(),
            noun: format!("the {noun}"),
            change_of: None,
            bracketed: names::bracketed(&axis.unit),
            unit: axis.unit,
            normal: None,
            decimals: decimals(search.tolerance, search.range),
            kind: NumberKind::Level,
            about: None,
            values: Vec::new(),
        };
        let condition = names::condition(&search.text);
        let between = search.range;
        Self { goal: search.goal, found, between, condition, column, answers: Vec::new() }
    }

    /// Whether the lowest value is looked for, else the highest.
    pub(crate) fn is_lowest(&self) -> bool {
        self.goal == SearchGoal::Lowest
    }

    /// The ends of the range tried: the one that is best, and the one beyond which nothing was.
    pub(crate) fn ends(&self) -> (f64, f64) {
        let (low, high) = self.between;
        if self.is_lowest() { (low, high) } else { (high, low) }
    }

    /// The far end: "720 µg/day".
    pub(crate) fn far_end(&self) -> String {
        with_unit(&short(self.ends().1, 6), &self.found.unit)
    }

    /// The values found, with the far end for runs of which none is enough: else a median would be
    /// one of those alone that have an answer.
    pub(crate) fn censored(&self) -> OutcomeData {
        let mut found = self.found.clone();
        for (value, _) in found.values.iter_mut().zip(&self.answers).filter(|(_, one)| **one == 0.0)
        {
            *value = self.ends().1;
        }
        found
    }
}

/// As many decimals as an answer's interval allows; none of a fixed number where that were more
/// than three digits of the range.
fn decimals(tolerance: f64, (low, high): (f64, f64)) -> Option<usize> {
    let digits = -(2.0 * tolerance).log10().floor();
    let allowed = if digits.is_finite() { count(digits, 0, 6) } else { 2 };
    let shown = 2.0 - low.abs().max(high.abs()).log10().floor();
    (!shown.is_finite() || allowed <= count(shown, 0, 6)).then_some(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A title once said "467.31 µg/day", as fine as the search and not as anybody reads.
    #[test]
    fn answers_have_the_digits_of_their_search_and_three_at_most() {
        assert_eq!(decimals(1.0, (0.0, 720.0)), Some(0));
        assert_eq!(decimals(0.01, (0.0, 720.0)), None);
        assert_eq!(decimals(0.01, (0.0, 5.0)), Some(2));
        assert_eq!(decimals(0.0, (0.0, 0.0)), Some(2));
    }
}
