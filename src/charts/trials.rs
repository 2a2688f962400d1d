//! Published trials over the dose of one input, beside the curve of one person.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Scale, Words};
use crate::charts::course::between;
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::evidence::over_dose::{Effect, Found, Measure};
use crate::evidence::table::short_citation;
use crate::plots::canvas::Ink;
use crate::plots::chart_words;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, GREY, Shape};
use crate::words::catalogue::message;
use crate::words::names::inside;
use crate::words::numbers::{at_most, significant};

/// Distance between dots of the same dose, as a share of the axis.
const BESIDE: f64 = 0.014;
/// More dots than these have their names only under the pointer and in the table.
const MOST_NAMED: usize = 4;
const TRIAL: Ink = Ink::new(0x3A, 0x3A, 0x3A);

/// Trials of one read-out, and the line of a person over the same doses.
pub(crate) struct Shown {
    pub found: Found,
    pub line: Vec<(f64, f64)>,
}

/// A trial beside the line, as people read it.
#[derive(serde::Serialize)]
pub(crate) struct Row {
    pub study: String,
    pub people: String,
    pub years: String,
    pub dose: String,
    pub readout: String,
    pub unit: String,
    pub found: String,
    pub here: String,
    pub inside: bool,
    pub notes: String,
}

impl Measure {
    /// Words for the unit, in brackets.
    fn unit(self) -> String {
        match self {
            Self::PercentPerYear => message!(trials.percent_per_year),
            Self::GrowthRatio => message!(trials.growth_ratio),
            Self::Percent => message!(trials.percent),
        }
    }

    const fn decimals(self) -> usize {
        match self {
            Self::Percent => 0,
            Self::PercentPerYear | Self::GrowthRatio => 2,
        }
    }
}

impl Shown {
    /// The line at a dose, straight between its points; `None` beyond its ends.
    fn here(&self, dose: f64) -> Option<f64> {
        between(&self.line, dose).map(|point| point.1).filter(|value| value.is_finite())
    }

    fn is_inside(&self, effect: &Effect) -> bool {
        let (low, high) = effect.interval;
        self.here(effect.dose).is_some_and(|here| (low..=high).contains(&here))
    }
}

/// Every trial with what the line says at its dose.
pub(crate) fn rows(shown: &[Shown], axis: &AxisData) -> Vec<Row> {
    let all = shown.iter().flat_map(|one| one.found.trials.iter().map(move |trial| (one, trial)));
    let row = |(one, effect): (&Shown, &Effect)| {
        let trial = &effect.trial;
        let number = |value: f64| at_most(value, one.found.measure.decimals());
        Row {
            study: trial.citation.clone(),
            people: trial.population.clone(),
            years: length(effect.years()),
            dose: axis.measured(effect.dose),
            readout: one.found.quantity.label.to_owned(),
            unit: one.found.measure.unit(),
            found: found_words(one.found.measure, effect),
            here: one.here(effect.dose).map_or_else(String::new, number),
            inside: one.is_inside(effect),
            notes: trial.notes.clone(),
        }
    };
    all.map(row).collect()
}

fn found_words(measure: Measure, effect: &Effect) -> String {
    let number = |value: f64| at_most(value, measure.decimals());
    let (low, high) = effect.interval;
    let (observed, low, high) = (number(effect.observed), number(low), number(high));
    message!(trials.found, observed, low, high)
}

/// "3 years", "12 weeks".
fn length(years: f64) -> String {
    if (0.95..1.05).contains(&years) {
        message!(trials.year)
    } else if years >= 0.95 {
        message!(trials.years, count = significant(years, 2).trim_end_matches(".0"))
    } else {
        message!(trials.weeks, count = at_most(years * 52.18, 0))
    }
}

pub(crate) fn chart(data: &SweepData, axis: &AxisData, shown: &[Shown]) -> Chart {
    let rows = rows(shown, axis);
    let words = words(data, axis, shown, &rows);
    let panels = shown.iter().map(|one| panel(axis, one, data.look(0))).collect();
    data.chart(words, Picture::Panels { panels, columns: None })
}

fn words(data: &SweepData, axis: &AxisData, shown: &[Shown], rows: &[Row]) -> Words {
    let inside_count = rows.iter().filter(|row| row.inside).count();
    let told = rows.iter().map(|row| {
        message!(
            trials.described,
            study = row.study,
            people = row.people,
            years = row.years,
            dose = row.dose,
            readout = inside(&row.readout),
            unit = row.unit,
            found = row.found,
            here = row.here
        )
    });
    let years = shown.iter().flat_map(|one| one.found.trials.iter().map(Effect::years));
    let (short, long) = years.fold((f64::INFINITY, 0.0_f64), |(a, b), y| (a.min(y), b.max(y)));
    let subtitle = message!(
        trials.subtitle,
        axis = axis.short_label(),
        person = data.person,
        short = length(short),
        long = length(long)
    );
    let title = message!(trials.title, inside = inside_count, all = rows.len());
    Words::told(title, subtitle, told)
}

fn panel(axis: &AxisData, shown: &Shown, look: usize) -> Panel {
    let Found { quantity, measure, trials } = &shown.found;
    let x = axis.scale();
    let span = x.high - x.low;
    let neutral = Layer::Rule { x: None, y: Some(measure.neutral()), dash: &[] };
    let mut layers = vec![neutral, Layer::of_arm(look, shown.line.clone())];
    let mut labels = Vec::new();
    let on_axis = trials.iter().filter(|one| (x.low..=x.high).contains(&one.dose));
    let on_axis: Vec<&Effect> = on_axis.collect();
    for (index, effect) in on_axis.iter().enumerate() {
        let near = |other: &&&Effect| (other.dose - effect.dose).abs() < BESIDE * span;
        let before = on_axis.iter().take(index).filter(near).count();
        let shift = float(before) * BESIDE * span;
        let across = if effect.dose > x.low + 0.5 * span { -shift } else { shift };
        let at = (effect.dose + across, effect.observed);
        let (study, people) = (short_citation(&effect.trial), &effect.trial.population);
        let (years, dose) = (length(effect.years()), axis.measured(effect.dose));
        let name = message!(trials.name, study, people, years, dose);
        let (interval, shape, ink) = (Some(effect.interval), Shape::Diamond, TRIAL);
        layers.push(Layer::Observed { name, at, interval, shape, ink });
        if on_axis.len() <= MOST_NAMED {
            let label = Label::new(Place::Close(at), study.to_owned(), GREY).small();
            labels.push(Label { priority: 4, ..label });
        }
    }
    let ends = trials.iter().flat_map(|one| [one.interval.0, one.interval.1, one.observed]);
    let values = ends.chain(shown.line.iter().map(|point| point.1));
    let values = values.chain([measure.neutral()]).filter(|value| value.is_finite());
    let (low, high, least) = chart_words::value_range(values, measure.decimals(), None);
    let y = Scale::untitled(low, high, Ends::Rounded(least));
    Panel {
        heading: quantity.label.trim_end_matches(", relative").to_owned(),
        unit: measure.unit(),
        keys: vec![(message!(trials.line), style::arm(look).ink), (message!(trials.dots), TRIAL)],
        ..Panel::of(x, y, layers, labels)
    }
}
