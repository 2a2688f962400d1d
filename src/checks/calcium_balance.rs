//! The certificate that no calcium appeared or vanished: eaten = excreted + stored.
//!
//! Taken from the unrounded first and last states of a run. It knows no flow and no equation, so
//! that it cannot share a mistake with them.

use crate::error::defect::OrDefect as _;
use crate::physiology::ledger::Pool;
use crate::trajectory::{Row, Trajectory};

/// The residual may be this share of the larger of the calcium eaten and [`SMALLEST_SCALE_MG`].
pub(crate) const RELATIVE_TOLERANCE: f64 = 1e-9;

/// A short run is judged as if this much had been eaten \[mg\].
pub(crate) const SMALLEST_SCALE_MG: f64 = 1000.0;

/// The pools that keep calcium in the body, in their order.
pub(crate) const STORES: [Pool; 8] = [
    Pool::Stomach,
    Pool::Intestine,
    Pool::Ecf,
    Pool::Exchangeable,
    Pool::Cortical,
    Pool::Trabecular,
    Pool::Coronary,
    Pool::Aortic,
];

/// The calcium balance of one run: eaten, excreted, stored \[mg\].
///
/// ```
/// let run = calcifate::Scenario::parse("duration = \"1 year\"\n")?.run()?;
/// let balance = run.balance("usual").ok_or("no such arm")?;
/// assert!(balance.holds());
/// let left = balance.eaten_mg - balance.excreted_mg() - balance.total_stored_mg();
/// assert!(left.abs() < 1e-3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct CalciumBalance {
    /// Calcium eaten since the start \[mg\].
    pub eaten_mg: f64,
    /// Lost with the feces.
    pub feces_mg: f64,
    /// Lost with the urine.
    pub urine_mg: f64,
    /// Lost with the sweat.
    pub sweat_mg: f64,
    /// Change of each store of calcium, in the order of the pools.
    pub stored_mg: [f64; STORES.len()],
    /// Eaten minus lost minus stored \[mg\]; zero but for rounding.
    pub residual_mg: f64,
}

impl CalciumBalance {
    /// The balance from the first to the last row; `None` without rows.
    pub(crate) fn of(trajectory: &Trajectory) -> Option<Self> {
        let (first, last) = (trajectory.rows.first()?, trajectory.rows.last()?);
        let change = |pool: Pool| mass(last, pool) - mass(first, pool);
        Some(Self {
            eaten_mg: -change(Pool::IntakeSource),
            feces_mg: change(Pool::Feces),
            urine_mg: change(Pool::Urine),
            sweat_mg: change(Pool::Sweat),
            stored_mg: STORES.map(change),
            residual_mg: Pool::ALL.map(change).iter().sum(),
        })
    }

    /// Lost by all routes \[mg\].
    #[must_use]
    pub fn excreted_mg(&self) -> f64 {
        self.feces_mg + self.urine_mg + self.sweat_mg
    }

    /// Change of all stores together \[mg\]; negative when the body lost calcium.
    #[must_use]
    pub fn total_stored_mg(&self) -> f64 {
        self.stored_mg.iter().sum()
    }

    /// The largest residual that is accepted \[mg\].
    #[must_use]
    pub fn tolerance_mg(&self) -> f64 {
        RELATIVE_TOLERANCE * self.eaten_mg.max(SMALLEST_SCALE_MG)
    }

    /// True if every milligram is accounted for. A residual that is not a number does not hold.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.residual_mg.abs() <= self.tolerance_mg()
    }
}

/// The calcium of a pool \[mg\].
fn mass(row: &Row, pool: Pool) -> f64 {
    row.states.get(pool.state()).copied().or_defect("a pool without a state")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::state::STATE_COUNT;

    /// The calcium of each pool, in the order of [`Pool::ALL`] \[mg\].
    type Masses = [f64; Pool::ALL.len()];

    fn row(time_days: f64, masses: Masses) -> Row {
        let mut states = [7.0; STATE_COUNT];
        states[..masses.len()].copy_from_slice(&masses);
        Row { states, ..Row::zeros(time_days) }
    }

    fn run(last: Masses) -> CalciumBalance {
        let first = [0.0, 0.0, 960.0, 4000.0, 7e5, 1.7e5, 1.0, 50.0, 0.0, 0.0, 0.0, 0.0];
        let trajectory =
            Trajectory { rows: vec![row(0.0, first), row(2.0, last)], ..Trajectory::default() };
        CalciumBalance::of(&trajectory).unwrap()
    }

    const BALANCED: Masses =
        [5.0, 3.0, 962.0, 4000.0, 7e5 + 100.0, 1.7e5, 1.0, 50.0, -2000.0, 1500.0, 300.0, 90.0];

    #[test]
    fn eaten_is_excreted_plus_stored() {
        let balance = run(BALANCED);
        assert_eq!(balance.eaten_mg, 2000.0);
        assert_eq!(balance.excreted_mg(), 1890.0);
        assert_eq!(balance.total_stored_mg(), 110.0);
        assert_eq!(balance.residual_mg, 0.0);
        assert_eq!(balance.tolerance_mg(), RELATIVE_TOLERANCE * 2000.0);
        assert!(balance.holds());
    }

    #[test]
    fn a_lost_microgram_is_noticed_and_so_is_a_number_that_is_none() {
        let mut last = BALANCED;
        last[Pool::Feces.state()] -= 1e-3;
        assert!(!run(last).holds());
        last[Pool::Feces.state()] = f64::NAN;
        assert!(!run(last).holds());
    }

    #[test]
    fn a_fast_is_judged_as_if_a_gram_had_been_eaten() {
        let mut last = BALANCED;
        last[Pool::IntakeSource.state()] = 0.0;
        assert_eq!(run(last).tolerance_mg(), RELATIVE_TOLERANCE * 1000.0);
        assert!(CalciumBalance::of(&Trajectory::default()).is_none());
    }
}
