//! Labels at the ends of lines, moved apart where they would overlap.

use super::canvas::{Frame, Ink, Point, Sheet};
use super::font::{self, Weight};
use super::page::words;
use super::style::{AXIS, TICK};

/// Most lines that are labeled directly; more get a legend.
pub(crate) const MOST: usize = 6;

/// A label beside the end of a line.
#[derive(Clone, Debug)]
pub(crate) struct EndLabel<'a> {
    /// End of the line.
    pub at: Point,
    /// Color of its letters.
    pub ink: Ink,
    pub text: &'a str,
}

/// Width that labels at line ends need, at most `most`.
pub(crate) fn width(labels: &[&str], size: f64, most: f64) -> f64 {
    let lines = labels.iter().flat_map(|label| font::wrap(label, size, Weight::Bold, most, 2));
    lines.map(|line| font::width(&line, size, Weight::Bold)).fold(0.0, f64::max).ceil()
}

/// Room for labels at the ends of lines; 0 if there is one line or a legend is needed.
pub(crate) fn room(labels: &[&str]) -> f64 {
    const WIDEST: f64 = 190.0;
    let short = |label: &&str| font::fits(label, TICK, Weight::Bold, WIDEST, 2);
    if (2..=MOST).contains(&labels.len()) && labels.iter().all(short) {
        width(labels, TICK, WIDEST) + 22.0
    } else {
        0.0
    }
}

/// Writes labels right of a panel into the room that [`room`] found, from `top` to `bottom`.
pub(crate) fn beside(
    sheet: &mut Sheet,
    labels: &[EndLabel],
    panel: &Frame,
    room: f64,
    (top, bottom): (f64, f64),
) {
    let x = panel.right + 22.0;
    write(sheet, labels, x, TICK, &Frame::new(x, top, panel.right + room + 2.0, bottom));
}

/// Labels that do not fit lose the words that all begin with, so that they still differ.
pub(crate) fn distinct(labels: &[&str], fits: impl Fn(&str) -> bool) -> Vec<String> {
    let words = |label: &str| label.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = labels.iter().map(|label| words(label)).collect();
    let same = |index: usize| {
        let mut here = all.iter().map(|words| words.get(index));
        here.next().is_some_and(|first| first.is_some() && here.all(|other| other == first))
    };
    let shared = (0..).take_while(|index| same(*index)).count();
    if labels.len() < 2 || shared == 0 || labels.iter().all(|label| fits(label)) {
        return labels.iter().map(|label| (*label).to_owned()).collect();
    }
    let rest = all.iter().map(|words| words.get(shared.saturating_sub(1)..).unwrap_or_default());
    rest.map(|words| format!("… {}", words.join(" "))).collect()
}

/// Writes labels right of `x` within `room`, each as near to its line as the others allow.
pub(crate) fn write(sheet: &mut Sheet, labels: &[EndLabel], x: f64, size: f64, room: &Frame) {
    let mut sorted: Vec<&EndLabel> = labels.iter().filter(|label| label.at.1.is_finite()).collect();
    sorted.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let wrapped: Vec<Vec<String>> = sorted
        .iter()
        .map(|label| font::wrap(label.text, size, Weight::Bold, room.right - x, 2))
        .collect();
    let line = 1.08 * size;
    #[allow(clippy::cast_precision_loss)] // a few lines
    let heights: Vec<f64> = wrapped.iter().map(|lines| lines.len() as f64 * line + 3.0).collect();
    let wanted: Vec<f64> = sorted.iter().map(|label| label.at.1).collect();
    let middles = apart(&wanted, &heights, room.top, room.bottom);
    for (((label, lines), middle), height) in sorted.iter().zip(&wrapped).zip(middles).zip(&heights)
    {
        if (middle - label.at.1).abs() > 3.0 {
            let bend = [(label.at.0 + 4.0, label.at.1), (x - 6.0, middle)];
            sheet.line(&bend, AXIS, 1.25, &[]);
        }
        let mut y = middle - 0.5 * height + 1.5 + 0.8 * line;
        for text in lines {
            sheet.text(words((x, y), text.as_str(), size, label.ink).bold());
            y += line;
        }
    }
}

/// Middles of stacked boxes, in order and not overlapping, as near to `wanted` (ascending) as
/// possible in the sense of least squares, inside `low` to `high` if there is room.
pub(crate) fn apart(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    // Boxes that touch form a group; a group stands at the mean of its members' wishes.
    let mut groups: Vec<(f64, f64, Vec<f64>)> = Vec::new();
    for (want, height) in wanted.iter().zip(heights) {
        let mut group = (want - 0.5 * height, *height, vec![*height]);
        while let Some((top, tall, members)) = groups.last().cloned() {
            if top + tall <= group.0 {
                break;
            }
            groups.pop();
            group = join((top, tall, members), group);
        }
        groups.push(group);
    }
    let total: f64 = heights.iter().sum();
    let mut floor = low;
    let mut left = total;
    let mut middles = Vec::new();
    for (top, tall, members) in groups {
        let mut y = top.min(high - left).max(floor);
        floor = y + tall;
        left -= tall;
        for height in members {
            middles.push(y + 0.5 * height);
            y += height;
        }
    }
    middles
}

type Group = (f64, f64, Vec<f64>);

#[allow(clippy::cast_precision_loss)] // a few labels
fn join(upper: Group, lower: Group) -> Group {
    let (first, second) = (upper.2.len() as f64, lower.2.len() as f64);
    let wish = (upper.0 * first + (lower.0 - upper.1) * second) / (first + second);
    let members = [upper.2, lower.2].concat();
    (wish, upper.1 + lower.1, members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stay_where_there_is_room() {
        assert_eq!(apart(&[10.0, 50.0], &[20.0, 20.0], 0.0, 100.0), [10.0, 50.0]);
    }

    #[test]
    fn long_labels_still_differ() {
        let labels = ["calcium with meals and MK-7 15 ug", "calcium with meals and MK-7 30 ug"];
        assert_eq!(distinct(&labels, |_| true), labels);
        assert_eq!(distinct(&labels, |_| false), ["… MK-7 15 ug", "… MK-7 30 ug"]);
        assert_eq!(distinct(&["a", "a"], |_| false), ["… a", "… a"]);
        assert!(distinct(&[], |_| false).is_empty());
    }

    #[test]
    fn labels_part_evenly() {
        assert_eq!(apart(&[50.0, 50.0], &[20.0, 20.0], 0.0, 100.0), [40.0, 60.0]);
    }

    #[test]
    fn labels_stay_inside() {
        let middles = apart(&[0.0, 1.0, 2.0, 99.0], &[20.0; 4], 0.0, 100.0);
        assert_eq!(middles, [10.0, 30.0, 50.0, 90.0]);
    }
}
