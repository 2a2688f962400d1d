//! Every movement of calcium: name, from-pool, to-pool. The only source of calcium derivatives.
//!
//! The derivative of a pool is the sum of the flows into it minus the sum of the flows out of it.
//! So calcium can neither appear nor vanish, whatever the parameters. A new flow is one row here,
//! one in `quantities.csv` (its words and digits) and one function in its mechanism file.

include!(concat!(env!("OUT_DIR"), "/ledger.rs"));

impl Pool {
    pub const fn state(self) -> usize {
        self as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Movement {
    pub name: &'static str,
    pub from: Pool,
    pub to: Pool,
    /// A state that is a part of the source pool and loses all of the flow; no pool of its own.
    pub part: Option<&'static str>,
}

const fn row(name: &'static str, from: Pool, to: Pool) -> Movement {
    Movement { name, from, to, part: None }
}

impl Movement {
    /// The same flow, all of it out of a part of its source pool.
    const fn out_of(self, part: &'static str) -> Self {
        Self { part: Some(part), ..self }
    }
}

#[rustfmt::skip] // reads as a table
pub(crate) static LEDGER: [Movement; FLOW_COUNT] = [
    row("intake_to_ecf", Pool::IntakeSource, Pool::Ecf),
    row("intake_to_feces", Pool::IntakeSource, Pool::Feces),
    row("stomach_to_intestine", Pool::Stomach, Pool::Intestine),
    row("intestine_to_ecf_active", Pool::Intestine, Pool::Ecf),
    row("intestine_to_ecf_passive", Pool::Intestine, Pool::Ecf),
    row("intestine_to_feces", Pool::Intestine, Pool::Feces),
    row("ecf_to_feces", Pool::Ecf, Pool::Feces),
    row("ecf_to_sweat", Pool::Ecf, Pool::Sweat),
    row("ecf_to_urine", Pool::Ecf, Pool::Urine),
    row("ecf_to_exchangeable", Pool::Ecf, Pool::Exchangeable),
    row("exchangeable_to_ecf", Pool::Exchangeable, Pool::Ecf),
    row("ecf_to_cortical", Pool::Ecf, Pool::Cortical),
    row("cortical_to_ecf", Pool::Cortical, Pool::Ecf),
    row("ecf_to_trabecular", Pool::Ecf, Pool::Trabecular),
    row("trabecular_to_ecf", Pool::Trabecular, Pool::Ecf),
    row("ecf_to_coronary", Pool::Ecf, Pool::Coronary),
    row("coronary_to_ecf", Pool::Coronary, Pool::Ecf).out_of("coronary_removable_mg"),
    row("ecf_to_aortic", Pool::Ecf, Pool::Aortic),
    row("aortic_to_ecf", Pool::Aortic, Pool::Ecf).out_of("aortic_removable_mg"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::quantities::QUANTITIES;
    use crate::physiology::state::STATES;

    #[test]
    fn the_flows_of_the_ledger_are_those_of_quantities_csv() {
        let flows = QUANTITIES.iter().filter(|row| row.column.is_flow());
        let names: Vec<_> = flows.map(|row| row.short_name).collect();
        assert_eq!(LEDGER.map(|row| row.name).to_vec(), names);
    }

    #[test]
    fn a_pool_stands_where_its_state_does() {
        for (index, pool) in Pool::ALL.into_iter().enumerate() {
            assert_eq!((pool.state(), STATES[index].pool), (index, Some(pool)));
        }
        assert!(STATES[Pool::ALL.len()..].iter().all(|state| state.pool.is_none()));
    }
}
