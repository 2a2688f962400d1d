//! Mean flows between organs, added up from the rows of the ledger.

use crate::error::defect::OrDefect as _;
use crate::physiology::ledger::{LEDGER, Pool};
use crate::trajectory::{Row, Trajectory};
use crate::units::DAYS_PER_YEAR;

/// A place on the body map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Organ {
    Food,
    Gut,
    Blood,
    Surface,
    Bone,
    Artery,
    Urine,
    Sweat,
    Feces,
}

impl Organ {
    pub(crate) const fn of(pool: Pool) -> Self {
        match pool {
            Pool::Stomach | Pool::Intestine => Self::Gut,
            Pool::Ecf => Self::Blood,
            Pool::Exchangeable => Self::Surface,
            Pool::Cortical | Pool::Trabecular => Self::Bone,
            Pool::Coronary | Pool::Aortic => Self::Artery,
            Pool::IntakeSource => Self::Food,
            Pool::Feces => Self::Feces,
            Pool::Urine => Self::Urine,
            Pool::Sweat => Self::Sweat,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stream {
    pub from: Organ,
    pub to: Organ,
    /// Mean flow \[mg/d\].
    pub mg_per_day: f64,
}

/// Mean flows and last stocks of an arm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Means {
    /// The flows, one per pair of organs.
    pub streams: Vec<Stream>,
    pub days: f64,
    last: Row,
}

impl Means {
    /// Means over the last year, or over the whole run if it is shorter than two years.
    ///
    /// Everything eaten passes the gut, and so does everything that ends in the feces: averaged
    /// intake and secretion are led through the gut although the ledger needs no stop there.
    pub(crate) fn of(trajectory: &Trajectory) -> Option<Self> {
        let last = trajectory.rows.last()?;
        let first = window(trajectory)?;
        let days = last.time_days - first.time_days;
        if !(days > 0.0 && days.is_finite()) {
            return None;
        }
        let mut means = Self { streams: Vec::new(), days, last: last.clone() };
        let gain = |pool: Pool| {
            let at = |row: &Row| row.states.get(pool.state()).copied();
            let gain = at(last).zip(at(first)).map(|(end, start)| end - start);
            gain.or_defect("a pool without a state") / days
        };
        means.add(Organ::Food, Organ::Gut, -gain(Pool::IntakeSource));
        means.add(Organ::Gut, Organ::Feces, gain(Pool::Feces));
        for (index, movement) in LEDGER.iter().enumerate() {
            let flow = mean(trajectory, first.time_days, index);
            match (Organ::of(movement.from), Organ::of(movement.to)) {
                (Organ::Food | Organ::Gut, Organ::Feces | Organ::Gut) => (),
                (Organ::Food, to) => means.add(Organ::Gut, to, flow),
                (from, Organ::Feces) => means.add(from, Organ::Gut, flow),
                (from, to) if from != to => means.add(from, to, flow),
                _ => (),
            }
        }
        Some(means)
    }

    fn add(&mut self, from: Organ, to: Organ, mg_per_day: f64) {
        if !mg_per_day.is_finite() {
            return;
        }
        let same = |stream: &&mut Stream| stream.from == from && stream.to == to;
        match self.streams.iter_mut().find(same) {
            Some(stream) => stream.mg_per_day += mg_per_day,
            None => self.streams.push(Stream { from, to, mg_per_day }),
        }
    }

    /// The flow from one organ to another \[mg/d\].
    pub(crate) fn flow(&self, from: Organ, to: Organ) -> f64 {
        let same = |stream: &&Stream| stream.from == from && stream.to == to;
        self.streams.iter().find(same).map_or(0.0, |stream| stream.mg_per_day)
    }

    /// Calcium in an organ at the end \[mg\].
    pub(crate) fn stock(&self, organ: Organ) -> f64 {
        let pools = Pool::ALL.into_iter().filter(|pool| Organ::of(*pool) == organ);
        pools.filter_map(|pool| self.last.states.get(pool.state())).sum()
    }
}

/// The row at which the averaged time begins.
fn window(trajectory: &Trajectory) -> Option<&Row> {
    let (first, last) = (trajectory.rows.first()?, trajectory.rows.last()?);
    if last.time_days - first.time_days < 2.0 * DAYS_PER_YEAR {
        return Some(first);
    }
    let start = last.time_days - DAYS_PER_YEAR;
    let before = trajectory.rows.iter().rev().find(|row| row.time_days <= start + 1e-6);
    before.or(Some(first))
}

/// Time mean of a flow from a day on, straight between rows; rows that are not finite are left out.
fn mean(trajectory: &Trajectory, from_day: f64, flow: usize) -> f64 {
    let rows = trajectory.rows.iter().filter(|row| row.time_days >= from_day);
    let points = rows.filter_map(|row| Some((row.time_days, *row.flows.get(flow)?)));
    let points: Vec<(f64, f64)> = points.filter(|(_, value)| value.is_finite()).collect();
    let (mut area, mut days) = (0.0, 0.0);
    for pair in points.windows(2) {
        let [a, b] = pair else { continue };
        area += 0.5 * (a.1 + b.1) * (b.0 - a.0);
        days += b.0 - a.0;
    }
    if days > 0.0 { area / days } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(time_days: f64, eaten: f64, absorbed: f64) -> Row {
        let mut row = Row::zeros(time_days);
        row.states[Pool::IntakeSource.state()] = -eaten;
        row.flows[0] = absorbed;
        row
    }

    #[test]
    fn what_is_eaten_passes_the_gut() {
        let rows = vec![row(0.0, 0.0, 200.0), row(10.0, 8000.0, 300.0)];
        let means = Means::of(&Trajectory { rows, ..Trajectory::default() }).unwrap();
        assert_eq!(means.flow(Organ::Food, Organ::Gut), 800.0);
        assert_eq!(means.flow(Organ::Gut, Organ::Blood), 250.0);
        assert_eq!(means.days, 10.0);
    }

    #[test]
    fn a_single_row_has_no_means() {
        let rows = vec![row(0.0, 0.0, 200.0)];
        assert_eq!(Means::of(&Trajectory { rows, ..Trajectory::default() }), None);
    }
}
