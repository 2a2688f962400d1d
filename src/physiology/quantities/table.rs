//! The table of reported numbers: states, then flows, then read-outs.
//!
//! Normal ranges are those of common laboratory practice (textbook, lab_range) where one exists;
//! livable ranges are *assumed*, wide, and serve warnings only.

use super::{Column, Quantity};
use std::sync::LazyLock;

/// Every reported number; states, flows and read-outs each in the order of their columns.
pub static QUANTITIES: LazyLock<Vec<Quantity>> = LazyLock::new(|| {
    let states = STATES.iter().enumerate().map(|(i, row)| row.at(Column::State(i)));
    let flows = FLOWS.iter().enumerate().map(|(i, row)| row.at(Column::Flow(i)));
    let read_outs = READ_OUTS.iter().enumerate().map(|(i, row)| row.at(Column::ReadOut(i)));
    states.chain(flows).chain(read_outs).collect()
});

impl Quantity {
    const fn at(mut self, column: Column) -> Self {
        self.column = column;
        self
    }

    const fn or(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn normal(mut self, low: f64, high: f64) -> Self {
        self.normal = Some((low, high));
        self
    }

    const fn livable(mut self, low: f64, high: f64) -> Self {
        self.livable = Some((low, high));
        self
    }
}

/// Name, unit, decimals, label; one line each, so that the table reads as a table.
const fn row(
    name: &'static str,
    unit: &'static str,
    decimals: usize,
    label: &'static str,
) -> Quantity {
    let column = Column::State(usize::MAX); // replaced by the row's position
    Quantity { name, unit, aliases: &[], label, normal: None, livable: None, decimals, column }
}

#[rustfmt::skip]
static STATES: [Quantity; 38] = [
    row("stomach_calcium_mg", "mg", 0, "Calcium in the stomach").livable(0.0, 5000.0),
    row("intestine_calcium_mg", "mg", 0, "Calcium in the intestine").livable(0.0, 5000.0),
    row("ecf_calcium_mg", "mg", 0, "Calcium in blood and tissue fluid").normal(880.0, 1045.0).livable(480.0, 1800.0),
    row("exchangeable_calcium_mg", "mg", 0, "Calcium on the bone surface").livable(1500.0, 9000.0),
    row("cortical_calcium_mg", "mg", 0, "Calcium in cortical bone").livable(150e3, 2.5e6),
    row("trabecular_calcium_mg", "mg", 0, "Calcium in trabecular bone").livable(20e3, 1e6),
    row("coronary_calcium_mg", "mg", 2, "Calcium in the coronary arteries").livable(-1e-6, 2000.0),
    row("aortic_calcium_mg", "mg", 1, "Calcium in the aorta").livable(0.0, 5000.0),
    row("intake_source_mg", "mg", 0, "Minus the calcium eaten").or(&["intake_source"]),
    row("feces_calcium_mg", "mg", 0, "Calcium lost with the feces"),
    row("urine_calcium_mg", "mg", 0, "Calcium lost with the urine"),
    row("sweat_calcium_mg", "mg", 0, "Calcium lost through the skin"),
    row("pth_pmol_per_l", "pmol/L", 1, "Parathyroid hormone").or(&["pth"]).normal(1.6, 6.9).livable(0.0, 300.0),
    row("parathyroid_capacity", "1", 2, "Size of the parathyroid glands").livable(0.0, 50.0),
    row("vitamin_d_store_ug", "ug", 0, "Stored vitamin D3"),
    row("calcidiol_nmol_per_l", "nmol/L", 0, "25(OH) vitamin D").or(&["calcidiol", "vitamin_d_25"]).normal(50.0, 125.0).livable(0.0, 1500.0),
    row("calcitriol_pmol_per_l", "pmol/L", 0, "Calcitriol").or(&["calcitriol"]).normal(42.0, 169.0).livable(0.0, 600.0),
    row("osteoclast_activity", "1", 2, "Osteoclast activity").livable(0.05, 10.0),
    row("osteoblast_activity", "1", 2, "Osteoblast activity").livable(0.05, 10.0),
    row("k1_slow_gut_ug", "ug", 2, "Vitamin K1 in the gut (food)"),
    row("k1_fast_gut_ug", "ug", 2, "Vitamin K1 in the gut (oil, pills)"),
    row("mk4_gut_ug", "ug", 3, "MK-4 in the gut"),
    row("mk7_gut_ug", "ug", 3, "MK-7 in the gut"),
    row("long_chain_mk_gut_ug", "ug", 3, "MK-8/9 in the gut"),
    row("k1_plasma_ug", "ug", 2, "Exchangeable vitamin K1"),
    row("mk4_plasma_ug", "ug", 3, "Exchangeable MK-4"),
    row("mk7_plasma_ug", "ug", 2, "Exchangeable MK-7"),
    row("long_chain_mk_plasma_ug", "ug", 2, "Exchangeable MK-8/9"),
    row("tissue_cofactor_nm", "nM", 2, "Vitamin K in bone and liver"),
    row("vessel_cofactor_nm", "nM", 2, "Vitamin K in the vessel wall"),
    row("liver_store_nm", "nM", 2, "Vitamin K store of the liver"),
    row("undercarboxylated_osteocalcin_fraction", "1", 3, "Inactive share of osteocalcin").livable(-1e-6, 1.000_001),
    row("active_mgp", "1", 3, "Active MGP in the wall").livable(-1e-6, 1.000_001),
    row("inactive_mgp", "1", 3, "Inactive MGP in the wall").livable(-1e-6, 1.000_001),
    row("warfarin_level_mg_per_day", "mg/d", 1, "Warfarin level").or(&["warfarin_level"]).livable(-1e-6, 20.0),
    row("carboxylated_clotting_fraction", "1", 3, "Active share of clotting factors").livable(0.005, 1.000_001),
    row("bone_quality_carboxylation", "1", 3, "Active osteocalcin built into bone"),
    row("vessel_elasticity_mgp", "1", 3, "Active MGP, as elasticity follows it"),
];

#[rustfmt::skip]
static FLOWS: [Quantity; 19] = [
    row("intake_to_ecf_mg_per_day", "mg/d", 0, "Food to blood"),
    row("intake_to_feces_mg_per_day", "mg/d", 0, "Food to feces"),
    row("stomach_to_intestine_mg_per_day", "mg/d", 0, "Stomach to intestine"),
    row("intestine_to_ecf_active_mg_per_day", "mg/d", 0, "Active absorption"),
    row("intestine_to_ecf_passive_mg_per_day", "mg/d", 0, "Passive absorption"),
    row("intestine_to_feces_mg_per_day", "mg/d", 0, "Intestine to feces"),
    row("ecf_to_feces_mg_per_day", "mg/d", 0, "Blood to feces"),
    row("ecf_to_sweat_mg_per_day", "mg/d", 0, "Blood to sweat"),
    row("ecf_to_urine_mg_per_day", "mg/d", 0, "Blood to urine"),
    row("ecf_to_exchangeable_mg_per_day", "mg/d", 0, "Blood to bone surface"),
    row("exchangeable_to_ecf_mg_per_day", "mg/d", 0, "Bone surface to blood"),
    row("ecf_to_cortical_mg_per_day", "mg/d", 1, "Blood to cortical bone"),
    row("cortical_to_ecf_mg_per_day", "mg/d", 1, "Cortical bone to blood"),
    row("ecf_to_trabecular_mg_per_day", "mg/d", 1, "Blood to trabecular bone"),
    row("trabecular_to_ecf_mg_per_day", "mg/d", 1, "Trabecular bone to blood"),
    row("ecf_to_coronary_mg_per_day", "mg/d", 5, "Blood to coronary wall"),
    row("coronary_to_ecf_mg_per_day", "mg/d", 5, "Coronary wall to blood"),
    row("ecf_to_aortic_mg_per_day", "mg/d", 5, "Blood to aortic wall"),
    row("aortic_to_ecf_mg_per_day", "mg/d", 5, "Aortic wall to blood"),
];

#[rustfmt::skip]
static READ_OUTS: [Quantity; 49] = [
    row("age_years", "y", 1, "Age").livable(30.0, 110.001),
    row("serum_total_calcium_mmol_per_l", "mmol/L", 2, "Serum calcium").or(&["serum_calcium", "total_calcium"]).normal(2.2, 2.6).livable(1.2, 4.5),
    row("serum_ionized_calcium_mmol_per_l", "mmol/L", 2, "Ionized calcium").or(&["ionized_calcium"]).normal(1.15, 1.30).livable(0.6, 2.35),
    row("phosphate_mmol_per_l", "mmol/L", 2, "Serum phosphate").or(&["phosphate"]).normal(0.8, 1.45).livable(0.3, 4.0),
    row("fractional_absorption", "1", 2, "Absorbed share of calcium").or(&["absorption"]).normal(0.15, 0.45).livable(0.0, 1.0),
    row("absorbed_calcium_mg_per_day", "mg/d", 0, "Absorbed calcium"),
    row("urinary_calcium_mg_per_day", "mg/d", 0, "Urinary calcium").or(&["urinary_calcium"]).normal(50.0, 300.0).livable(0.0, 1500.0),
    row("fecal_calcium_mg_per_day", "mg/d", 0, "Fecal calcium"),
    row("sweat_calcium_mg_per_day", "mg/d", 0, "Calcium loss through the skin").or(&["sweat_calcium"]),
    row("bone_accretion_mg_per_day", "mg/d", 0, "Bone accretion"),
    row("bone_resorption_mg_per_day", "mg/d", 0, "Bone resorption"),
    row("bone_balance_mg_per_day", "mg/d", 1, "Bone balance").livable(-1000.0, 1000.0),
    row("lumbar_spine_bmd_percent", "%", 1, "Lumbar spine density").or(&["lumbar_spine_bmd", "bmd"]).normal(90.0, 110.0).livable(25.0, 250.0),
    row("femoral_neck_bmd_percent", "%", 1, "Femoral neck density").or(&["femoral_neck_bmd"]).normal(86.0, 114.0).livable(25.0, 250.0),
    row("total_body_bmd_percent", "%", 1, "Whole-body density").or(&["total_body_bmd"]).livable(25.0, 250.0),
    row("lumbar_spine_t_score", "1", 1, "Lumbar spine T-score").or(&["t_score"]).normal(-1.0, 1.0).livable(-7.5, 15.0),
    row("femoral_neck_t_score", "1", 1, "Femoral neck T-score").normal(-1.0, 1.0).livable(-6.0, 11.0),
    row("hip_fracture_relative_risk", "1", 2, "Hip fracture risk, relative").or(&["hip_fracture_risk"]),
    row("any_fracture_relative_risk", "1", 2, "Fracture risk, relative").or(&["fracture_risk"]),
    row("ctx_relative", "1", 2, "CTX (bone resorption marker), relative").or(&["ctx"]).livable(0.05, 10.0),
    row("p1np_relative", "1", 2, "P1NP (bone formation marker), relative").or(&["p1np"]).livable(0.05, 10.0),
    row("osteocalcin_ng_per_ml", "ng/mL", 1, "Osteocalcin").or(&["osteocalcin"]).normal(10.0, 40.0).livable(1.0, 250.0),
    row("ucoc_percent", "%", 0, "Inactive osteocalcin").or(&["ucoc"]).livable(-1e-4, 100.001),
    row("ucoc_ng_per_ml", "ng/mL", 1, "Inactive osteocalcin in blood"),
    row("cac_agatston", "AU", 0, "Coronary calcium").or(&["cac", "agatston"]).livable(-1e-4, 20e3),
    row("pwv_m_per_s", "m/s", 1, "Pulse wave velocity").or(&["pwv", "stiffness"]).normal(5.0, 10.0).livable(3.0, 25.0),
    row("dp_ucmgp_pmol_per_l", "pmol/L", 0, "Inactive MGP in blood").or(&["dp_ucmgp"]).normal(0.0, 500.0).livable(-1e-3, 10e3),
    row("active_mgp_relative", "1", 2, "Active MGP, relative").livable(-1e-6, 2.0),
    row("mgp_carboxylated_share", "1", 2, "Active share of MGP").livable(0.0, 1.0),
    row("inr", "1", 1, "INR").normal(0.8, 1.2).livable(0.5, 12.0),
    row("k1_plasma_nm", "nM", 2, "Plasma vitamin K1").or(&["k1_plasma"]),
    row("mk4_plasma_nm", "nM", 2, "Plasma MK-4").or(&["mk4_plasma"]),
    row("mk7_plasma_nm", "nM", 2, "Plasma MK-7").or(&["mk7_plasma"]),
    row("long_chain_mk_plasma_nm", "nM", 2, "Plasma MK-8/9").or(&["long_chain_mk_plasma"]),
    row("k1_plasma_ng_per_ml", "ng/mL", 2, "Plasma vitamin K1"),
    row("mk4_plasma_ng_per_ml", "ng/mL", 2, "Plasma MK-4"),
    row("mk7_plasma_ng_per_ml", "ng/mL", 2, "Plasma MK-7"),
    row("egfr_ml_per_min", "mL/min", 0, "Kidney function (eGFR)").or(&["egfr"]).normal(60.0, 120.0).livable(2.0, 200.0),
    row("estrogen_relative", "1", 2, "Estrogen, relative").or(&["estrogen"]).livable(0.0, 1.000_001),
    row("kidney_impairment", "1", 2, "Kidney impairment").livable(0.0, 1.0),
    row("pth_secretion_pmol_per_l", "pmol/L", 1, "Parathyroid secretion"),
    row("effect_of_active_mgp_on_calcification", "1", 2, "Effect of active MGP on calcification"),
    row("effect_of_supersaturation_on_calcification", "1", 2, "Effect of blood minerals on calcification"),
    row("effect_of_supplement_load_on_calcification", "1", 2, "Effect of calcium pills on calcification"),
    row("effect_of_osteocalcin_on_accretion", "1", 3, "Effect of osteocalcin on bone accretion"),
    row("carboxylated_osteocalcin_percent", "%", 0, "Active osteocalcin").or(&["carboxylated_osteocalcin"]).livable(-1e-3, 100.001),
    row("ucoc_to_coc_ratio", "1", 2, "Inactive over active osteocalcin"),
    row("skeleton_calcium_mg", "mg", 0, "Calcium in the skeleton").livable(170e3, 3.5e6),
    row("arterial_calcium_mg", "mg", 1, "Calcium in the arteries").livable(0.0, 7000.0),
];
