//! A figure as data: words, panels with scales, layers and labels in the units of their axes,
//! or diagrams of boxes and arrows. No pixels: `layout` makes the sheet, a page may make its own.

use serde::Serialize;

use crate::figure_kinds::FigureLook;
use crate::plots::Subject;
use crate::plots::axis::Axis;
use crate::plots::canvas::Ink;
use crate::plots::font::{self, Weight};
use crate::plots::numbers::{count, float};
use crate::plots::panel::Layer;
use crate::plots::style::{self, NORMAL, NORMAL_WORD, TICK};
use crate::words::catalogue::message;

/// A figure before it is laid out.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chart {
    /// Title of the scenario, for the caption.
    pub scenario: String,
    /// Hypothesis set(s), for the caption.
    pub hypothesis: String,
    pub title: String,
    pub subtitle: String,
    pub description: String,
    /// Names of lines by their looks; drawn where the panels do not name their lines.
    pub legend: Vec<String>,
    pub picture: Picture,
    pub look: FigureLook,
}

/// The words of a figure.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// The finding in one sentence.
    pub title: String,
    /// The things plotted, and the people.
    pub subtitle: String,
    /// The numbers, for people who cannot see the figure.
    pub description: String,
}

impl Words {
    /// These words; the description is the subtitle, and then what is told.
    pub(crate) fn told(
        title: String,
        subtitle: String,
        told: impl Iterator<Item = String>,
    ) -> Self {
        let first = std::iter::once(message!(sweep.sentence, text = subtitle));
        Self { title, description: sentences(first.chain(told)), subtitle }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(crate) enum Picture {
    /// A sentence instead of a drawing.
    Note(String),
    /// Panels in reading order, in so many columns; in the usual ones for so many panels if none.
    Panels { panels: Vec<Panel>, columns: Option<usize> },
    /// Boxes and arrows, one diagram for each arm, and the flow that is drawn widest.
    Diagrams { diagrams: Vec<Diagram>, widest: f64 },
}

/// Two axes and what is drawn between them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Panel {
    pub heading: String,
    /// Unit beside the heading, in brackets.
    pub unit: String,
    pub x: Scale,
    pub y: Scale,
    pub layers: Vec<Layer>,
    pub labels: Vec<Label>,
    /// Names of colors, beside the heading.
    pub keys: Vec<(String, Ink)>,
    /// Width and height against those of the other columns and rows.
    pub shares: (f64, f64),
}

/// An axis before its round numbers are known.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Scale {
    /// Title with the unit in brackets; empty for a vertical axis that the heading names.
    pub title: String,
    pub low: f64,
    pub high: f64,
    pub ends: Ends,
}

/// Ends of a scale and places of its numbers.
#[derive(Clone, Debug, Serialize)]
pub(crate) enum Ends {
    /// At `low` and `high`, but at least so far apart.
    Exact(f64),
    /// At round numbers outside, at least so far apart.
    Rounded(f64),
    /// At whole decades outside.
    Decades,
    /// At `low` and `high`, numbers at 1, 2 and 5 times each power of ten.
    Logarithmic,
    /// At `low` and `high`, these words at 0, 1, 2 and so on.
    Words(Vec<String>),
    /// At `low` and `high`; above that, room without numbers up to this value.
    RoomAbove(f64),
    /// At `low` and `high`, numbers at multiples of the first of these that fits.
    Steps(&'static [f64]),
    /// Rows from 0 at the lower edge to `high` at the upper; their names, the uppermost first.
    Rows(Vec<RowName>),
    /// The same for narrow pages: each name stands above what its row shows.
    RowsUnderNames(Vec<RowName>),
}

/// Words left of a row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RowName {
    pub name: String,
    pub text: String,
    pub ink: Ink,
}

impl Picture {
    /// A single panel.
    pub(crate) fn of(panel: Panel) -> Self {
        Self::Panels { panels: vec![panel], columns: None }
    }
}

impl Scale {
    pub(crate) const fn new(title: String, low: f64, high: f64, ends: Ends) -> Self {
        Self { title, low, high, ends }
    }

    /// A vertical axis that the heading names.
    pub(crate) const fn untitled(low: f64, high: f64, ends: Ends) -> Self {
        Self::new(String::new(), low, high, ends)
    }

    /// The axis on so many pixels, with about one number for each `pitch` of them.
    pub(crate) fn axis(&self, pixels: f64, pitch: f64) -> Axis {
        let count = count(pixels / pitch, 2, 12);
        match &self.ends {
            Ends::Exact(span) => Axis::new(self.low, self.high, *span, count.min(8)),
            Ends::Rounded(span) => Axis::rounded(self.low, self.high, *span, count.min(7)),
            Ends::Decades => Axis::in_decades(self.low, self.high),
            Ends::Logarithmic => Axis::logarithmic(self.low, self.high, count),
            Ends::Words(words) => {
                let room = pixels / float(words.len().max(1)) - 6.0;
                let short = |word: &String| font::shorten(word, TICK, Weight::Regular, room);
                Axis::of_words(self.low, self.high, words.iter().map(short).collect())
            }
            Ends::RoomAbove(top) => {
                Axis { high: *top, ..Axis::new(self.low, self.high, 0.0, count.min(8)) }
            }
            Ends::Steps(steps) => Axis::stepped(self.low, self.high, steps, count),
            Ends::Rows(_) | Ends::RowsUnderNames(_) => {
                Axis { ticks: Vec::new(), ..Axis::new(self.low, self.high, 1.0, 1) }
            }
        }
    }
}

/// Words inside or beside a panel.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Label {
    pub place: Place,
    /// First line, in bold letters; none if empty.
    pub name: String,
    /// Second line; none if empty.
    pub text: String,
    pub size: Size,
    pub ink: Ink,
    /// The highest is placed first; the lowest is left out first.
    pub priority: u8,
}

/// Places where a label may stand.
#[derive(Clone, Debug, Serialize)]
pub(crate) enum Place {
    /// Right of the panel, beside the end of a line; the legend replaces it where there is no room.
    Beside((f64, f64)),
    /// Near a point, where it covers least.
    Near((f64, f64)),
    /// The same, but nowhere rather than far from it.
    Close((f64, f64)),
    /// On this side of a point, or nowhere.
    At((f64, f64), Side),
    /// In a corner: right (else left), upper (else lower).
    Corner { right: bool, upper: bool },
    /// At one of the ends of the band between two values.
    Band(f64, f64),
    /// Above the panel at a value of the horizontal axis.
    Above(f64),
    /// On a line, as near to its middle as other labels allow, where it covers least.
    Along(Vec<(f64, f64)>),
}

/// Side of a point on which words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Side {
    /// Around it.
    On,
    Above,
    Left,
    Right,
}

/// Boxes in shares of a rectangle, and arrows between them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Diagram {
    pub heading: String,
    pub ink: Ink,
    pub boxes: Vec<DiagramBox>,
    pub arrows: Vec<Arrow>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramBox {
    /// Left, top, right, bottom.
    pub place: (f64, f64, f64, f64),
    pub name: String,
    pub text: String,
    pub ink: Ink,
}

/// An arrow as wide as what flows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Arrow {
    /// From start to tip.
    pub points: Vec<(f64, f64)>,
    pub flow: f64,
    pub ink: Ink,
    pub word: String,
    /// The number, and what is added to it where there is room.
    pub number: String,
    pub remark: String,
    /// Place of word and number.
    pub at: (f64, f64),
    pub side: Side,
}

/// Size of a label's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Size {
    Small,
    Usual,
    Large,
}

impl Chart {
    /// The figure of a run with these words; its legend names the arms.
    pub(crate) fn new(subject: &Subject, words: Words, picture: Picture) -> Self {
        let arms = subject.arms.iter().filter(|_| subject.arms.len() > 1);
        let legend = names_by_look(arms.map(|arm| (arm.look, arm.label)));
        Self { legend, ..Self::about(subject.title, &subject.hypothesis, words, picture) }
    }

    /// The figure of anything with a title and hypothesis sets, without a legend.
    pub(crate) fn about(scenario: &str, hypothesis: &str, words: Words, picture: Picture) -> Self {
        Self {
            scenario: scenario.to_owned(),
            hypothesis: hypothesis.to_owned(),
            description: format!("{}. {}", words.title, words.description),
            title: words.title,
            subtitle: words.subtitle,
            legend: Vec::new(),
            picture,
            look: FigureLook::default(),
        }
    }

    /// The same with a title of the author, if there is one.
    pub(crate) fn titled(self, title: Option<String>) -> Self {
        let Some(title) = title else { return self };
        let numbers = self.description.strip_prefix(&self.title).unwrap_or(&self.description);
        Self { description: format!("{title}{numbers}"), title, ..self }
    }

    /// The names of its legend.
    pub(crate) fn named(&self) -> Vec<&str> {
        self.legend.iter().map(String::as_str).filter(|name| !name.is_empty()).collect()
    }

    /// Every label of every panel.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &Label> {
        let panels = match &self.picture {
            Picture::Panels { panels, .. } => panels.as_slice(),
            Picture::Note(_) | Picture::Diagrams { .. } => &[],
        };
        panels.iter().flat_map(|panel| &panel.labels)
    }
}

impl Panel {
    /// A panel without a heading.
    pub(crate) fn of(x: Scale, y: Scale, layers: Vec<Layer>, labels: Vec<Label>) -> Self {
        let (heading, unit, keys) = (String::new(), String::new(), Vec::new());
        Self { heading, unit, x, y, layers, labels, keys, shares: (1.0, 1.0) }
    }

    /// The same with the pale band of usual values and its word, if there is one.
    pub(crate) fn with_normal(mut self, normal: Option<(f64, f64)>) -> Self {
        if let Some((low, high)) = normal {
            let (from, to) = ((f64::NEG_INFINITY, low), (f64::INFINITY, high));
            self.layers.insert(0, Layer::Area { from, to, ink: NORMAL });
            let word = Label::new(Place::Band(low, high), message!(course.normal), NORMAL_WORD);
            self.labels.push(Label { priority: 1, ..word.small() });
        }
        self
    }
}

impl Label {
    pub(crate) const fn new(place: Place, text: String, ink: Ink) -> Self {
        Self { place, name: String::new(), text, size: Size::Usual, ink, priority: 5 }
    }

    /// The same in small letters.
    pub(crate) fn small(self) -> Self {
        Self { size: Size::Small, ..self }
    }

    /// A name right of the panel, beside the end of an arm's line.
    pub(crate) fn beside(arm: usize, end: (f64, f64), name: &str) -> Self {
        let label = Self::new(Place::Beside(end), String::new(), style::arm(arm).letters);
        Self { name: name.to_owned(), ..label }
    }

    /// Words on one side of a point.
    pub(crate) fn at(at: (f64, f64), side: Side, text: String, ink: Ink) -> Self {
        Self::new(Place::At(at, side), text, ink)
    }

    /// A number of an arm, near its point.
    pub(crate) fn number(arm: usize, at: (f64, f64), text: String) -> Self {
        Self::new(Place::Near(at), text, style::arm(arm).letters).small()
    }
}

impl Layer {
    /// A line that shows an arm.
    pub(crate) fn of_arm(arm: usize, points: Vec<(f64, f64)>) -> Self {
        let look = style::arm(arm);
        Self::Line { points, ink: look.ink, width: style::LINE, dash: look.dash }
    }
}

/// The names of lines by their looks; nothing where all are empty.
pub(crate) fn names_by_look<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (look, label) in lines {
        names.resize(names.len().max(look + 1), String::new());
        if let Some(name) = names.get_mut(look).filter(|_| !label.is_empty()) {
            label.clone_into(name);
        }
    }
    if names.iter().all(String::is_empty) { Vec::new() } else { names }
}

/// Sentences one after the other.
pub(crate) fn sentences(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(" ")
}
