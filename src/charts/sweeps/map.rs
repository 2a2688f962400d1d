//! Maps over two axes, one for each outcome, with the corner of the calcium paradox marked.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{by_length, home};
use crate::charts::sweeps::map_panel::Map;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::plane::{Paradox, Plane};
use crate::charts::sweeps::shades::Shades;
use crate::plots::cells::{Arrangement, cells};
use crate::plots::{Drawing, FigureError};
use crate::words::names::{capital, inside};

const MOST: usize = 6;

/// Whether a sweep has two scales and nothing else.
pub(crate) fn suits(data: &SweepData) -> bool {
    data.search.is_none() && data.axes.len() == 2 && data.scales() == 2
}

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let plane = plane(data);
    let all: Vec<&OutcomeData> = data.drawable().collect();
    let shown: Vec<&OutcomeData> = all.iter().copied().take(MOST).collect();
    let (Some(plane), false) = (plane, shown.is_empty()) else { return Ok(nothing(data)) };
    let paradox = plane.paradox(data, &shown);
    let title = title(data, &plane, &shown);
    let subtitle = subtitle(data, &plane, paradox.as_ref(), all.len() - shown.len());
    let mut page = phrases::page(data, &title, &subtitle);
    let mut description = format!("{title}. {subtitle}.");
    for (outcome, cell) in shown.iter().zip(cells(page.room, &Arrangement::usual(shown.len()), 0.0))
    {
        let values = plane.values(data, outcome);
        let Some(shades) = Shades::of(outcome, values.iter().copied()) else { continue };
        description.push_str(&format!(" {}", plane.extremes(outcome, &values)));
        let marked = outcome.is_artery() || outcome.is_bone();
        let map = Map {
            outcome,
            plane: &plane,
            values,
            shades: &shades,
            region: paradox.as_ref().filter(|_| marked).map(|paradox| &paradox.region),
            ring: paradox.as_ref().filter(|_| marked).map(|p| plane.numbers_at(p.ring)),
            bar: !shades.levels.is_empty(),
            cell: cell.frame,
        };
        map.draw(&mut page.sheet)?;
    }
    Ok((page, description))
}

fn nothing(data: &SweepData) -> Drawing {
    let title = "Nothing to map";
    let mut page = phrases::page(data, title, &phrases::whom(data));
    let sentence = "A map needs two axes of numbers and an outcome with numbers.";
    page.note(sentence);
    (page, format!("{title}. {sentence}"))
}

/// The two longest scales; further axes are held at the scenario's own value.
fn plane(data: &SweepData) -> Option<Plane<'_>> {
    let order = by_length(data);
    let (across, up) = (*order.first()?, *order.get(1)?);
    // As the file lists them: the first axis runs across.
    let (across, up) = (across.min(up), across.max(up));
    let held = data.axes.iter().map(home).collect();
    Plane::of(data, across, up, held)
}

/// Which axis matters more for the headline's outcome.
fn title(data: &SweepData, plane: &Plane, shown: &[&OutcomeData]) -> String {
    let Some(outcome) = phrases::headliner(shown) else { return "Nothing was computed".to_owned() };
    let values = plane.values(data, outcome);
    capital(&plane.compared(outcome, &values))
}

fn subtitle(data: &SweepData, plane: &Plane, paradox: Option<&Paradox>, undrawn: usize) -> String {
    let what = if data.sampled() {
        format!("median of {}", phrases::whom(data))
    } else {
        phrases::whom(data)
    };
    let held = plane.remark(data).map_or_else(String::new, |text| format!(" · {text}"));
    let paradox = paradox.map_or_else(String::new, |Paradox { ring, share, .. }| {
        let where_it_is = if *share > 0.0 { "hatched:" } else { "nowhere are" };
        let ring = format!("{}, {}", plane.across().name(ring.0), plane.up().name(ring.1));
        format!(" · {where_it_is} arteries harder and bones weaker than at the ring ({ring})")
    });
    let grey = if plane.has_holes() { " · grey: no result" } else { "" };
    let rest = phrases::rest(data, undrawn);
    let missing = phrases::missing(data);
    let axes = format!("{} and {}", plane.across().label, inside(&plane.up().label));
    format!("{} · {what}{held}{paradox}{grey}{missing}{rest}", capital(&axes))
}
