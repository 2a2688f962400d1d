//! The 38 states: name, unit, meaning, scale and absolute tolerance, in one table.
//!
//! Scale: the size against which an error of the state counts (about its reference or largest
//! usual value). A run's error is the largest |x − r| / (|r| + 10⁻³·scale). The tolerance of a step
//! is relative tolerance · (|x| + absolute · scale) / strictness. States that forget their errors
//! within hours have strictness 1; coronary calcium, which grows from almost nothing and remembers,
//! has more, so that all states end with errors of one size.

use super::ledger::Pool;
use crate::real::Real;

/// Number of states.
pub const STATE_COUNT: usize = 38;

/// A row of the table of states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateInfo {
    /// Name with its unit.
    pub name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// Size against which an error counts.
    pub scale: f64,
    /// Absolute tolerance per unit of relative tolerance and scale.
    pub absolute: f64,
    /// How many times smaller its tolerance is than that of the others.
    pub strictness: f64,
    /// The calcium pool that it is, if it is one.
    pub pool: Option<Pool>,
}

macro_rules! states {
    ($($name:ident, $unit:literal, $scale:literal, $absolute:literal, $strictness:literal, $pool:expr, $meaning:literal;)*) => {
        /// The state by name; order and units as in [`STATES`].
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct State<R> {
            $(#[doc = concat!($meaning, " \\[", $unit, "\\]")] pub $name: R,)*
        }

        impl<R: Real> State<R> {
            /// Names the numbers of an array in the order of [`STATES`].
            #[inline(always)]
            #[must_use]
            pub fn from_array(values: &[R; STATE_COUNT]) -> Self {
                let [$($name),*] = *values;
                Self { $($name),* }
            }

            /// The numbers in the order of [`STATES`].
            #[inline(always)]
            #[must_use]
            pub fn to_array(&self) -> [R; STATE_COUNT] {
                [$(self.$name),*]
            }
        }

        /// One row per state, in the order of the trajectory's columns.
        pub static STATES: [StateInfo; STATE_COUNT] = [$(StateInfo {
            name: stringify!($name), unit: $unit, meaning: $meaning,
            scale: $scale, absolute: $absolute, strictness: $strictness, pool: $pool,
        },)*];
    };
}

states! {
    stomach_calcium_mg, "mg", 300.0, 1e-3, 0.1, Some(Pool::Stomach), "calcium in the stomach";
    intestine_calcium_mg, "mg", 300.0, 1e-3, 3.0, Some(Pool::Intestine), "calcium in the intestine";
    ecf_calcium_mg, "mg", 960.0, 1e-3, 0.1, Some(Pool::Ecf), "calcium in plasma and interstitial fluid";
    exchangeable_calcium_mg, "mg", 4000.0, 1e-3, 0.1, Some(Pool::Exchangeable), "exchangeable calcium of bone surface and soft tissue";
    cortical_calcium_mg, "mg", 700000.0, 1e-3, 0.1, Some(Pool::Cortical), "calcium in cortical bone";
    trabecular_calcium_mg, "mg", 170000.0, 1e-3, 0.1, Some(Pool::Trabecular), "calcium in trabecular bone";
    coronary_calcium_mg, "mg", 10.0, 1e-5, 1.0, Some(Pool::Coronary), "calcium in the coronary wall";
    aortic_calcium_mg, "mg", 100.0, 1e-3, 0.1, Some(Pool::Aortic), "calcium in the aortic wall";
    intake_source_mg, "mg", 1000.0, 1e-3, 0.1, Some(Pool::IntakeSource), "minus the calcium eaten since the start";
    feces_calcium_mg, "mg", 1000.0, 1e-3, 0.1, Some(Pool::Feces), "calcium lost with the feces since the start";
    urine_calcium_mg, "mg", 1000.0, 1e-3, 0.1, Some(Pool::Urine), "calcium lost with the urine since the start";
    sweat_calcium_mg, "mg", 1000.0, 1e-3, 0.1, Some(Pool::Sweat), "calcium lost with the sweat since the start";
    pth_pmol_per_l, "pmol/L", 4.0, 1e-3, 0.1, None, "parathyroid hormone";
    parathyroid_capacity, "1", 1.0, 1e-3, 0.1, None, "slow size of the parathyroid glands";
    vitamin_d_store_ug, "ug", 720.0, 1e-3, 0.1, None, "stored vitamin D3";
    calcidiol_nmol_per_l, "nmol/L", 75.0, 1e-3, 0.1, None, "25(OH)D, calcidiol";
    calcitriol_pmol_per_l, "pmol/L", 100.0, 1e-3, 0.1, None, "calcitriol";
    osteoclast_activity, "1", 1.0, 1e-3, 0.1, None, "resorbing activity";
    osteoblast_activity, "1", 1.0, 1e-3, 0.1, None, "forming activity";
    k1_slow_gut_ug, "ug", 50.0, 0.1, 0.3, None, "bioavailable vitamin K1 in the gut from mixed and leafy food";
    k1_fast_gut_ug, "ug", 50.0, 0.1, 0.3, None, "bioavailable vitamin K1 in the gut from oil and pills";
    mk4_gut_ug, "ug", 50.0, 0.1, 0.3, None, "bioavailable MK-4 in the gut";
    mk7_gut_ug, "ug", 50.0, 0.1, 0.3, None, "bioavailable MK-7 in the gut";
    long_chain_mk_gut_ug, "ug", 50.0, 0.1, 0.3, None, "bioavailable MK-8 and MK-9 in the gut";
    k1_plasma_ug, "ug", 20.0, 1e-2, 0.1, None, "exchangeable vitamin K1";
    mk4_plasma_ug, "ug", 10.0, 1e-2, 0.1, None, "exchangeable MK-4";
    mk7_plasma_ug, "ug", 50.0, 1e-2, 0.1, None, "exchangeable MK-7";
    long_chain_mk_plasma_ug, "ug", 40.0, 1e-2, 0.1, None, "exchangeable MK-8 and MK-9";
    tissue_cofactor_nm, "nM", 1.2, 1e-3, 0.1, None, "lagged vitamin K cofactor of bone and liver";
    vessel_cofactor_nm, "nM", 1.2, 1e-3, 0.1, None, "lagged weighted vitamin K cofactor of the vessel wall";
    liver_store_nm, "nM", 3.6, 1e-3, 0.1, None, "sticky long-chain menaquinone store of the liver";
    undercarboxylated_osteocalcin_fraction, "1", 0.3, 1e-3, 0.1, None, "undercarboxylated share of osteocalcin";
    active_mgp, "1", 0.8, 1e-3, 0.1, None, "carboxylated matrix Gla protein of the wall";
    inactive_mgp, "1", 0.2, 1e-3, 0.1, None, "uncarboxylated matrix Gla protein of the wall";
    warfarin_level_mg_per_day, "mg/d", 5.0, 1e-3, 0.1, None, "dose-equivalent warfarin level";
    carboxylated_clotting_fraction, "1", 1.0, 1e-3, 0.1, None, "carboxylated share of clotting factors";
    bone_quality_carboxylation, "1", 0.7, 1e-3, 0.1, None, "lagged carboxylated osteocalcin fraction";
    vessel_elasticity_mgp, "1", 1.0, 1e-3, 0.1, None, "lagged relative active matrix Gla protein";
}

/// The scales of all states, in their order.
#[must_use]
pub fn scales() -> [f64; STATE_COUNT] {
    STATES.map(|state| state.scale)
}

/// The strictness of all states, in their order.
#[must_use]
pub fn strictness() -> [f64; STATE_COUNT] {
    STATES.map(|state| state.strictness)
}

/// The absolute tolerances of all states at a relative tolerance.
#[must_use]
pub fn absolute_tolerances(relative_tolerance: f64) -> [f64; STATE_COUNT] {
    STATES.map(|state| state.absolute * state.scale * relative_tolerance)
}
