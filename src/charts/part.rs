//! A chart as a part of a page: without the words around it, for a wide and a narrow screen, and
//! its numbers with their places, so that a page can tell them.

use serde_json::{Value, json};

use crate::charts::chart::{Chart, Ends, Panel, Picture};
use crate::charts::diagram;
use crate::charts::layout;
use crate::charts::media::{Medium, Screen};
use crate::plots::axis::Axis;
use crate::plots::canvas::Ink;
use crate::plots::page::Page;
use crate::plots::panel::{Layer, Panel as Plotted};
use crate::plots::{FigureError, style, svg};
use crate::words::catalogue::message;
use crate::words::numbers::rounded_to_digits;

/// A chart laid out for a screen.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub svg: String,
    /// Places of the panels on the drawing, for the program of a page.
    pub places: Value,
    /// Arrows of diagrams on the drawing, with what flows along them.
    pub flows: Value,
}

impl Part {
    /// Lays a chart out; its description has the id `described` on the page.
    /// Errors: [`FigureError::Drawing`] if plotters refuses.
    pub(crate) fn of(chart: &Chart, screen: Screen, described: &str) -> Result<Self, FigureError> {
        let mut page = Page::bare(screen.width(&chart.picture));
        let (plotted, arrows) = layout::lay(&mut page, chart, Medium::Part(screen))?;
        let svg = svg::part(&page.sheet, screen.name(), &chart.title, described);
        let flow = |(points, flow): &diagram::Drawn| {
            let points: Vec<_> = points.iter().map(|(x, y)| [short(*x), short(*y)]).collect();
            json!({ "points": points, "flow": short(*flow) })
        };
        let flows = arrows.iter().map(flow).collect();
        Ok(Self { svg, places: plotted.iter().map(place).collect(), flows })
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
    use crate::charts::rows;
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
