//! Every movement of calcium: name, from-pool, to-pool. The only source of calcium derivatives.
//!
//! The derivative of a pool is the sum of the flows into it minus the sum of the flows out of it.
//! So calcium can neither appear nor vanish, whatever the parameters. A new flow is one row here
//! and one function in its mechanism file.

/// A place where calcium is, or a sink that it leaves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // named after their states
pub enum Pool {
    Stomach,
    Intestine,
    Ecf,
    Exchangeable,
    Cortical,
    Trabecular,
    Coronary,
    Aortic,
    IntakeSource,
    Feces,
    Urine,
    Sweat,
}

impl Pool {
    /// Every pool; its position is the position of its state.
    pub const ALL: [Self; 12] = [
        Self::Stomach,
        Self::Intestine,
        Self::Ecf,
        Self::Exchangeable,
        Self::Cortical,
        Self::Trabecular,
        Self::Coronary,
        Self::Aortic,
        Self::IntakeSource,
        Self::Feces,
        Self::Urine,
        Self::Sweat,
    ];

    /// The index of the state that holds this pool.
    #[must_use]
    pub const fn state(self) -> usize {
        self as usize
    }
}

/// A row of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Name of the flow.
    pub name: &'static str,
    /// Where the calcium comes from.
    pub from: Pool,
    /// Where it goes.
    pub to: Pool,
}

macro_rules! ledger {
    ($count:literal; $($name:ident: $from:ident => $to:ident, $meaning:literal;)*) => {
        /// Number of flows.
        pub const FLOW_COUNT: usize = $count;

        /// Every flow by name \[mg/d\]; never negative.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Flows<R> { $(#[doc = $meaning] pub $name: R,)* }

        impl<R: Copy> Flows<R> {
            /// The flows in the order of [`LEDGER`].
            #[inline(always)]
            pub fn to_array(&self) -> [R; FLOW_COUNT] {
                [$(self.$name),*]
            }
        }

        /// One row per flow.
        pub static LEDGER: [Movement; FLOW_COUNT] = [
            $(Movement { name: stringify!($name), from: Pool::$from, to: Pool::$to },)*
        ];
    };
}

ledger! { 19;
    intake_to_ecf: IntakeSource => Ecf, "absorbed at once (averaged and pills)";
    intake_to_feces: IntakeSource => Feces, "not absorbed (averaged and pills)";
    stomach_to_intestine: Stomach => Intestine, "emptying of the stomach (meals)";
    intestine_to_ecf_active: Intestine => Ecf, "saturable absorption, driven by vitamin D (meals)";
    intestine_to_ecf_passive: Intestine => Ecf, "absorption between the cells (meals)";
    intestine_to_feces: Intestine => Feces, "transit (meals)";
    ecf_to_feces: Ecf => Feces, "secretion into the gut that is not absorbed again";
    ecf_to_sweat: Ecf => Sweat, "loss through the skin";
    ecf_to_urine: Ecf => Urine, "excretion by the kidney";
    ecf_to_exchangeable: Ecf => Exchangeable, "onto the bone surface";
    exchangeable_to_ecf: Exchangeable => Ecf, "off the bone surface";
    ecf_to_cortical: Ecf => Cortical, "accretion of cortical bone";
    cortical_to_ecf: Cortical => Ecf, "resorption of cortical bone";
    ecf_to_trabecular: Ecf => Trabecular, "accretion of trabecular bone";
    trabecular_to_ecf: Trabecular => Ecf, "resorption of trabecular bone";
    ecf_to_coronary: Ecf => Coronary, "calcification of the coronary wall";
    coronary_to_ecf: Coronary => Ecf, "regression of coronary calcium (hypothesis, off)";
    ecf_to_aortic: Ecf => Aortic, "calcification of the aortic wall";
    aortic_to_ecf: Aortic => Ecf, "regression of aortic calcium (hypothesis, off)";
}
