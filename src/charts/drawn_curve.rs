//! A curve that people draw before the model answers: the empty chart, and the model over theirs.

use crate::charts::chart::{Chart, Label, Picture, Words};
use crate::charts::course::Course;
use crate::physiology::quantities::Quantity;
use crate::plots::Subject;
use crate::plots::panel::Layer;
use crate::plots::span::Clock;
use crate::plots::style::GREY;
use crate::words::catalogue::message;
use crate::words::names::inside;
use crate::words::numbers::{clinical, measured};

/// What is drawn, at which times, between which ends of the axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnCurve<'a> {
    pub quantity: &'static Quantity,
    /// Words of the arm that is drawn.
    pub arm: &'a str,
    /// Values of the model's curve, if it is shown.
    pub model: Option<&'a [f64]>,
    /// Times of the curves of people \[d\].
    pub days: &'a [f64],
    /// Their values, one list for each.
    pub drawn: &'a [Vec<f64>],
    pub limits: (f64, f64),
    pub clock: &'a Clock,
}

/// The chart; the subject has the arms that are shown.
pub(crate) fn chart(subject: &Subject, drawn: &DrawnCurve) -> Chart {
    let mut course = Course::new(subject, drawn.quantity, drawn.clock);
    let (from, to) = drawn.clock.days();
    (course.x.low, course.x.high) = (drawn.clock.at(from), drawn.clock.at(to));
    if let ([only], None) = (subject.arms.as_slice(), drawn.model)
        && let Some((_, end)) = only.course(drawn.quantity).last()
    {
        let at = (drawn.clock.at(to), *end);
        course.labels.push(Label::beside(only.look, at, only.label));
    }
    let mut panel = course.panel();
    let times = || drawn.days.iter().map(|day| drawn.clock.at(*day));
    let line = |values: &Vec<f64>| Layer::Line {
        points: times().zip(values.iter().copied()).collect(),
        ink: GREY.clear(0.55),
        width: 2.0,
        dash: &[],
    };
    let place = panel.layers.iter().position(|layer| matches!(layer, Layer::Line { .. }));
    let place = place.unwrap_or(panel.layers.len());
    panel.layers.splice(place..place, drawn.drawn.iter().map(line));
    let panel = panel.limited(None, Some(drawn.limits));
    Chart::new(subject, words(subject, drawn), Picture::of(panel))
}

fn words(subject: &Subject, drawn: &DrawnCurve) -> Words {
    let name = inside(drawn.quantity.label);
    let subtitle = subject.person.clone();
    let ends = drawn.model.and_then(|values| Some((values.first()?, values.last()?)));
    let Some((start, end)) = ends else {
        let title = message!(class.pad, name, arm = drawn.arm);
        let given: Vec<&str> = subject.arms.iter().map(|arm| arm.label).collect();
        let description = if given.is_empty() {
            message!(class.pad_empty)
        } else {
            message!(class.pad_given, arms = given.join(", "))
        };
        return Words { title, subtitle, description };
    };
    let (start, end) = (clinical(drawn.quantity, *start), measured(drawn.quantity, *end));
    let until = drawn.clock.end_in_words();
    let title = message!(class.course, arm = drawn.arm, name, start, end, until);
    let description = match drawn.drawn.len() {
        0 => message!(class.course_alone),
        count => message!(class.course_drawn, count),
    };
    Words { title, subtitle, description }
}
