//! A chart as a part of a page: without the words around it, for a wide and a narrow screen, and
//! its numbers with their places, so that a page can tell them.

use serde_json::{Value, json};

use crate::charts::chart::{Chart, Ends, Panel, Picture};
use crate::charts::diagram;
use crate::charts::layout::{arrangement, drawn, room_beside, write_legend};
use crate::charts::rows;
use crate::plots::axis::Axis;
use crate::plots::canvas::{Ink, Sheet};
use crate::plots::cells::{GAPS, cells};
use crate::plots::numbers::float;
use crate::plots::page::Page;
use crate::plots::panel::{Layer, Panel as Plotted};
use crate::plots::{FigureError, style, svg};
use crate::words::catalogue::message;
use crate::words::numbers::rounded_to_digits;

/// More rows than this have room for one line each beside them.
const MOST_TALL_ROWS: f64 = 7.0;

/// Width of every drawing for phones, on which it is never moved to be read.
const NARROW: f64 = 500.0;

/// The screens for which a chart is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Wide,
    Narrow,
}

/// A chart laid out for a screen.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub svg: String,
    /// Places of the panels on the drawing, for the program of a page.
    pub places: Value,
    /// Arrows of diagrams on the drawing, with what flows along them.
    pub flows: Value,
}

impl Screen {
    pub(crate) const BOTH: [Self; 2] = [Self::Wide, Self::Narrow];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    /// Width of a drawing: on wide screens more for diagrams and for rows beside each other, which
    /// have more words.
    fn width(self, picture: &Picture) -> f64 {
        let rows = |panel: &Panel| matches!(panel.y.ends, Ends::Rows(_));
        let (usual, wordy) = match self {
            Self::Wide => (1100.0, 1480.0),
            Self::Narrow => (NARROW, NARROW),
        };
        match picture {
            Picture::Diagrams { .. } => wordy,
            Picture::Panels { panels, columns } => match self {
                Self::Wide if columns.is_some_and(|count| count > 1) && panels.iter().any(rows) => {
                    wordy
                }
                _ => usual,
            },
            Picture::Note(_) => usual,
        }
    }

    /// Height of a cell so wide.
    fn height(self, width: f64, count: usize) -> f64 {
        match (self, count) {
            (Self::Wide, 1) => 0.48 * width,
            (Self::Wide, _) if width > 800.0 => 0.25 * width, // below each other
            (Self::Wide, _) => (0.62 * width).clamp(250.0, 420.0),
            (Self::Narrow, 1) => width,
            (Self::Narrow, _) => 0.64 * width,
        }
    }
}

impl Part {
    /// Lays a chart out; its description has the id `described` on the page.
    /// Errors: [`FigureError::Drawing`] if plotters refuses.
    pub(crate) fn of(chart: &Chart, screen: Screen, described: &str) -> Result<Self, FigureError> {
        let (sheet, plotted, arrows) = sheet(chart, screen)?;
        let svg = svg::part(&sheet, screen.name(), &chart.title, described);
        let flow = |(points, flow): &diagram::Drawn| {
            let points: Vec<_> = points.iter().map(|(x, y)| [short(*x), short(*y)]).collect();
            json!({ "points": points, "flow": short(*flow) })
        };
        let flows = arrows.iter().map(flow).collect();
        Ok(Self { svg, places: plotted.iter().map(place).collect(), flows })
    }
}

type Laid = (Sheet, Vec<Plotted>, Vec<diagram::Drawn>);

fn sheet(chart: &Chart, screen: Screen) -> Result<Laid, FigureError> {
    let width = screen.width(&chart.picture);
    let mut page = Page::bare(width);
    let (mut plotted, mut arrows) = (Vec::new(), Vec::new());
    match &chart.picture {
        Picture::Note(sentence) => {
            page.make_room(160.0);
            page.note(sentence);
        }
        Picture::Panels { panels, columns } => {
            let (panels, columns) = match screen {
                Screen::Wide => (panels.clone(), *columns),
                Screen::Narrow => (rows::under_names(below_each_other(panels)), Some(1)),
            };
            let beside = Some(room_beside(chart)).filter(|room| *room < 0.25 * width);
            let beside = beside.unwrap_or(0.0);
            write_legend(&mut page, chart, beside);
            let arranged = arrangement(&panels, columns);
            let across = float(arranged.columns.len().max(1));
            let cell = (page.room.width() - beside - GAPS.0 * (across - 1.0)) / across;
            let tall = panels.iter().map(|panel| height(panel, screen, cell, panels.len()));
            let tall = tall.fold(0.0, f64::max);
            let least = arranged.rows.iter().copied().fold(f64::INFINITY, f64::min).min(1.0);
            let shares: f64 = arranged.rows.iter().map(|share| share / least).sum();
            page.make_room(tall * shares + GAPS.1 * (float(arranged.rows.len()) - 1.0));
            let cells = cells(page.room, &arranged, beside, GAPS);
            plotted = drawn(&mut page.sheet, &panels, &cells, beside)?;
        }
        Picture::Diagrams { diagrams, widest } => {
            let shape = match screen {
                Screen::Wide => diagram::shape(diagrams.len()),
                Screen::Narrow => (1, diagrams.len().clamp(1, 4)),
            };
            let (tall, below) = match screen {
                Screen::Wide => (0.45, 30.0),
                Screen::Narrow => (0.74, diagram::KEY),
            };
            page.make_room(float(shape.1) * tall * width / float(shape.0) + below);
            arrows = diagram::draw(&mut page, diagrams, *widest, shape);
        }
    }
    Ok((page.sheet, plotted, arrows))
}

/// Panels that stood side by side: rows that the first of them named have their names again.
fn below_each_other(panels: &[Panel]) -> Vec<Panel> {
    let named = panels.iter().find_map(|panel| match &panel.y.ends {
        Ends::Rows(names) if !names.is_empty() => Some(names.clone()),
        _ => None,
    });
    let mut panels = panels.to_vec();
    for panel in &mut panels {
        panel.shares.0 = 1.0;
        if let (Ends::Rows(names), Some(named)) = (&mut panel.y.ends, &named)
            && names.is_empty()
        {
            names.clone_from(named);
        }
    }
    panels
}

/// Height that a panel needs in a cell so wide: rows need it for their words.
fn height(panel: &Panel, screen: Screen, cell: f64, count: usize) -> f64 {
    match &panel.y.ends {
        Ends::Rows(_) => {
            let row = if panel.y.high > MOST_TALL_ROWS { 36.0 } else { 76.0 };
            130.0 + rows::height_of_dots(panel).max(row) * panel.y.high
        }
        Ends::RowsUnderNames(_) => {
            panel.height_around(cell) + rows::height_under_names(panel, cell)
        }
        _ => screen.height(cell, count),
    }
}

/// Frame and ends of the axes of a panel on its drawing.
fn place(plotted: &Plotted) -> Value {
    let frame = plotted.frame;
    let axis = |axis: &Axis| json!({ "low": axis.low, "high": axis.high, "decades": axis.decades, "decimals": axis.decimals });
    let edges = [frame.left, frame.top, frame.right, frame.bottom].map(short);
    json!({
        "frame": edges,
        "x": axis(&plotted.x),
        "y": axis(&plotted.y),
    })
}

/// The numbers of the panels, for the program of a page.
pub(crate) fn numbers(chart: &Chart) -> Value {
    let Picture::Panels { panels, .. } = &chart.picture else { return json!([]) };
    panels.iter().map(|panel| numbers_of(panel, &chart.legend)).collect()
}

fn numbers_of(panel: &Panel, legend: &[String]) -> Value {
    // Keys of measured values have the colors of the arms, which have names of their own.
    let of_arm = |layer: &Layer| matches!(layer, Layer::Observed { name, .. } if name.is_empty());
    let observed = panel.layers.iter().any(of_arm);
    let keys = if observed { &[] } else { panel.keys.as_slice() };
    let name = |ink: Ink| {
        let key = keys.iter().find(|(_, known)| known.rgb == ink.rgb);
        let arm =
            legend.iter().enumerate().find(|(index, _)| style::arm(*index).ink.rgb == ink.rgb);
        key.map(|(name, _)| name.as_str()).or(arm.map(|(_, name)| name.as_str())).unwrap_or("")
    };
    let pair = |(x, y): (f64, f64)| [short(x), short(y)];
    let series = panel.layers.iter().filter_map(|layer| match layer {
        Layer::Line { points, ink, width, .. } if *width >= style::LINE => Some(json!({
            "name": name(*ink),
            "color": ink.hex(),
            "points": points.iter().copied().filter(is_finite).map(pair).collect::<Vec<_>>(),
        })),
        Layer::Dot { at, ink, .. } if is_finite(at) => Some(json!({
            "name": name(*ink), "color": ink.hex(), "points": [pair(*at)],
        })),
        Layer::Observed { name: own, at, interval, ink, .. } => Some(json!({
            "name": if own.is_empty() { observed_name(name(*ink)) } else { own.clone() }, "color": ink.hex(), "points": [pair(*at)],
            "interval": interval.map(pair),
        })),
        Layer::Bar { from, to, ink } => Some(json!({
            "name": name(*ink), "color": ink.hex(), "bar": [pair(*from), pair(*to)],
        })),
        _ => None,
    });
    let rows = match &panel.y.ends {
        Ends::Rows(names) => names.iter().map(|row| row.name.as_str()).collect(),
        _ => Vec::new(),
    };
    json!({
        "heading": panel.heading,
        "unit": panel.unit,
        "x": panel.x.title,
        "y": panel.y.title,
        "rows": rows,
        "series": series.collect::<Vec<_>>(),
    })
}

/// The name of a measured value of an arm; a run of one arm does not name it.
fn observed_name(arm: &str) -> String {
    if arm.is_empty() { message!(course.observed) } else { message!(course.observed_of, arm) }
}

fn is_finite(point: &(f64, f64)) -> bool {
    point.0.is_finite() && point.1.is_finite()
}

/// As many digits as a picture shows.
fn short(value: f64) -> f64 {
    rounded_to_digits(value, 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::chart::{RowName, Scale, Words};
    use crate::plots::style::{BLACK, GREY};

    #[test]
    fn many_rows_with_long_names_fit_a_narrow_screen_under_whole_names() {
        let name = "Reference Values for Arterial Stiffness Collaboration 2010: natural history";
        let names = (0..11).map(|row| RowName {
            name: format!("{row} {name}"),
            text: "Pulse wave velocity: 6.5 [5.85 to 7.15] m/s".to_owned(),
            ink: BLACK,
        });
        let bar = |row: usize| {
            let (from, to) = rows::edges(row, 11);
            Layer::Bar { from: (0.0, from), to: (1.0, to), ink: GREY }
        };
        let ends = Ends::Steps(&[1.0]);
        let x = Scale { title: "share".to_owned(), low: 0.0, high: 1.0, ends };
        let layers = (0..11).map(bar).collect();
        let panel = rows::panel(names.collect(), x, (layers, Vec::new()), Vec::new());
        let words = ["title", "subtitle", "description"].map(str::to_owned);
        let [title, subtitle, description] = words;
        let picture = Picture::Panels { panels: vec![panel], columns: None };
        let chart = Chart::about("", "", Words { title, subtitle, description }, picture);
        let part = Part::of(&chart, Screen::Narrow, "d").unwrap();
        assert!(part.svg.contains("class=\"narrow\""), "{}", &part.svg[..200]);
        assert!(!part.svg.contains('…'));
        assert_eq!(part.svg.matches("natural history").count(), 11);
        assert_eq!(part.svg.matches("5.85 to 7.15").count(), 11);
    }
}
