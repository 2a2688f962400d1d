//! Limits of axes that a file asks for: what lies outside is cut off.

use crate::charts::chart::{Ends, Label, Panel, Place};
use crate::plots::panel::Layer;

/// Lower and upper end of an axis.
pub(crate) type Limits = (f64, f64);

impl Panel {
    /// The same with these ends of its axes.
    pub(crate) fn limited(mut self, x: Option<Limits>, y: Option<Limits>) -> Self {
        for (scale, limits) in [(&mut self.x, x), (&mut self.y, y)] {
            if let Some((low, high)) = limits {
                (scale.low, scale.high, scale.ends) = (low, high, Ends::Exact(0.0));
            }
        }
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        let area = Area { x: x.unwrap_or(all), y: y.unwrap_or(all) };
        self.layers = self.layers.into_iter().flat_map(|layer| area.parts(layer)).collect();
        self.labels.retain_mut(|label| area.keeps(label));
        self
    }

    /// True if no line and no dot is drawn.
    pub(crate) fn is_blank(&self) -> bool {
        let drawn = |layer: &Layer| matches!(layer, Layer::Line { .. } | Layer::Dot { .. });
        !self.layers.iter().any(drawn)
    }
}

/// The part of the plane between the ends of both axes.
struct Area {
    x: Limits,
    y: Limits,
}

impl Area {
    fn contains(&self, (x, y): (f64, f64)) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }

    /// What is inside of a layer.
    fn parts(&self, layer: Layer) -> Vec<Layer> {
        match layer {
            Layer::Line { points, ink, width, dash } => {
                let parts = self.parts_of_line(&points).into_iter();
                parts.map(|points| Layer::Line { points, ink, width, dash }).collect()
            }
            Layer::Dot { at, .. } | Layer::Observed { at, .. } if !self.contains(at) => Vec::new(),
            Layer::Rule { x: Some(x), .. } if !(self.x.0..=self.x.1).contains(&x) => Vec::new(),
            Layer::Rule { y: Some(y), .. } if !(self.y.0..=self.y.1).contains(&y) => Vec::new(),
            other => vec![other],
        }
    }

    /// The parts of a line, each up to the edge.
    fn parts_of_line(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let Some((start, end)) = self.part_of(*from, *to) else { continue };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&start) => part.push(end),
                _ => parts.push(vec![start, end]),
            }
        }
        parts
    }

    /// The part of a straight line that is inside.
    fn part_of(&self, from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        if !(dx + dy).is_finite() {
            return None;
        }
        let (mut first, mut last) = (0.0_f64, 1.0_f64);
        for (at, step, (low, high)) in [(from.0, dx, self.x), (from.1, dy, self.y)] {
            if step == 0.0 {
                if !(low..=high).contains(&at) {
                    return None;
                }
                continue;
            }
            let (one, other) = ((low - at) / step, (high - at) / step);
            first = first.max(one.min(other));
            last = last.min(one.max(other));
        }
        let point = |share: f64| match share {
            0.0 => from,
            1.0 => to,
            _ => (from.0 + share * dx, from.1 + share * dy),
        };
        (first < last).then(|| (point(first), point(last)))
    }

    /// False for a label of a point outside; a name beside a line stays, at the edge.
    fn keeps(&self, label: &mut Label) -> bool {
        match &mut label.place {
            Place::Beside(at) => {
                at.1 = at.1.clamp(self.y.0, self.y.1);
                true
            }
            Place::Near(at) | Place::Close(at) | Place::At(at, _) => self.contains(*at),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_at_the_edge_and_comes_back() {
        let area = Area { x: (0.0, 10.0), y: (0.0, 1.0) };
        let line = [(0.0, 0.5), (2.0, 1.5), (4.0, 0.5), (12.0, 0.5)];
        let parts = area.parts_of_line(&line);
        assert_eq!(
            parts,
            [vec![(0.0, 0.5), (1.0, 1.0)], vec![(3.0, 1.0), (4.0, 0.5), (10.0, 0.5)]]
        );
        assert!(area.parts_of_line(&[(11.0, 0.5), (12.0, 0.5)]).is_empty());
        assert!(area.parts_of_line(&[(0.0, f64::NAN), (1.0, 0.5)]).is_empty());
    }
}
