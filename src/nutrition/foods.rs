//! The food table: contents of 100 g of each food.

include!(concat!(env!("OUT_DIR"), "/foods.rs"));

/// The food matrix of vitamin K1, which decides how much of it is absorbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matrix {
    Mixed,
    LeafyPlain,
    /// Leaves eaten with fat.
    LeafyWithFat,
    Oil,
    /// A pill: 1 g is one pill, contents go to the supplement inputs.
    Supplement,
}

/// A row of `foods.csv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Food {
    pub name: &'static str,
    pub serving_g: f64,
    pub calcium_mg_per_100g: f64,
    pub vitamin_d_ug_per_100g: f64,
    pub k1_ug_per_100g: f64,
    pub mk4_ug_per_100g: f64,
    pub mk7_ug_per_100g: f64,
    pub long_chain_mk_ug_per_100g: f64,
    pub matrix: Matrix,
    pub source: &'static str,
    /// State of the check against the source.
    pub checked: &'static str,
}

impl Food {
    /// A usual serving \[g\], then what 100 g hold: calcium \[mg\], vitamin D, K1, MK-4, MK-7, MK-8 and
    /// MK-9 \[µg\].
    pub(crate) const fn numbers(&self) -> [f64; 7] {
        [
            self.serving_g,
            self.calcium_mg_per_100g,
            self.vitamin_d_ug_per_100g,
            self.k1_ug_per_100g,
            self.mk4_ug_per_100g,
            self.mk7_ug_per_100g,
            self.long_chain_mk_ug_per_100g,
        ]
    }
}

/// The food called `name`; underscores count as spaces.
pub(crate) fn food(name: &str) -> Option<&'static Food> {
    let wanted = name.replace('_', " ");
    FOODS.iter().find(|food| food.name.eq_ignore_ascii_case(&wanted))
}
