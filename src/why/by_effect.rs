//! The difference of an outcome between two arms by effect: the last factors of its law.
//!
//! The wall of an artery gains dM/dt = law(M, age) · Π factors, a bone dM/dt = accretion − resorption,
//! each a product of factors. Along the course of the first arm each factor is exchanged for that of
//! the other, alone and with all others: share of a set S = ∫ flow · (Π_{i in S} fᵢ' / fᵢ − 1) dt
//! \[mg\]; the shares of single effects are Shapley values. What remains of the difference is the
//! answer of the tissue to its own mass: plaque grows on plaque, bone returns to its set point.

use crate::explain::reading_at;
use crate::physiology::quantities::{QUANTITIES, Quantity};
use crate::scenario::Arm;
use crate::trajectory::Trajectory;
use crate::why::shapley::Game;
use crate::words::catalogue::message;

/// A run of an arm.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side<'a> {
    pub arm: &'a Arm,
    pub course: &'a Trajectory,
}

/// An outcome at the end of both arms, shared out among the effects.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ByEffect {
    pub ends: (f64, f64),
    /// Effect and its share; they sum to the difference.
    pub shares: Vec<(String, f64)>,
}

/// A tissue that gains and loses calcium: its state, its flows, and the factors of each.
struct Tissue {
    state: &'static str,
    gain: &'static str,
    loss: &'static str,
    gain_effects: &'static [Effect],
    loss_effects: &'static [Effect],
    /// True for a bone; else the wall of an artery.
    is_bone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    ActiveMgp,
    BloodMinerals,
    CalciumPills,
    Kidney,
    Osteocalcin,
    /// Osteoblasts and the minerals that they need.
    Forming,
    Resorbing,
    SetPoint,
}

const WALL: &[Effect] =
    &[Effect::ActiveMgp, Effect::BloodMinerals, Effect::CalciumPills, Effect::Kidney];
const FORMATION: &[Effect] = &[Effect::Osteocalcin, Effect::Forming, Effect::SetPoint];

const TISSUES: [Tissue; 4] = [
    wall("coronary_calcium_mg", "ecf_to_coronary", "coronary_to_ecf"),
    wall("aortic_calcium_mg", "ecf_to_aortic", "aortic_to_ecf"),
    bone("cortical_calcium_mg", "ecf_to_cortical", "cortical_to_ecf"),
    bone("trabecular_calcium_mg", "ecf_to_trabecular", "trabecular_to_ecf"),
];

const fn wall(state: &'static str, gain: &'static str, loss: &'static str) -> Tissue {
    Tissue { state, gain, loss, gain_effects: WALL, loss_effects: &[], is_bone: false }
}

const fn bone(state: &'static str, gain: &'static str, loss: &'static str) -> Tissue {
    let loss_effects = &[Effect::Resorbing];
    Tissue { state, gain, loss, gain_effects: FORMATION, loss_effects, is_bone: true }
}

/// A tissue on which the outcome depends, and the outcome's change per milligram in it.
struct Part {
    tissue: &'static Tissue,
    per_mg: f64,
}

/// Shares out the end of `outcome`; `None` unless it is a sum over bones and walls alone.
pub(crate) fn by_effect(from: Side<'_>, to: Side<'_>, outcome: &Quantity) -> Option<ByEffect> {
    let end = |side: Side<'_>| side.course.rows.last().map(|row| row.value(outcome.column));
    let ends = (end(from)?, end(to)?);
    let difference = ends.1 - ends.0;
    let parts = parts(from, outcome)?;
    let explained = total(&parts, |part| {
        change(part.tissue, from, to, |course| course.rows.last().map(|row| row.time_days))
    })?;
    if (explained - difference).abs() > 1e-6 * difference.abs().max(1e-9) {
        return None; // its measure differs between the arms
    }
    let effects = effects(&parts);
    let coalitions = 0..1_usize << effects.len();
    let values = coalitions.map(|coalition| {
        let taken = effects.iter().enumerate();
        let taken = taken.filter(|(index, _)| coalition >> index & 1 == 1).map(|(_, one)| *one);
        let taken: Vec<Effect> = taken.collect();
        total(&parts, |part| exchanged(part.tissue, from, to, &taken))
    });
    let game = Game::new(effects.len(), values.collect::<Option<_>>()?)?;
    let mut shares: Vec<(String, f64)> =
        effects.iter().map(|effect| label(*effect)).zip(game.shares()).collect();
    let start = total(&parts, |part| {
        change(part.tissue, from, to, |course| course.rows.first().map(|row| row.time_days))
    })?;
    shares.push((message!(why.start), start));
    let told: f64 = shares.iter().map(|(_, share)| share).sum();
    let answer = if parts.iter().any(|part| part.tissue.is_bone) {
        message!(why.bone_answers)
    } else {
        message!(why.plaque_grows)
    };
    shares.push((answer, difference - told));
    Some(ByEffect { ends, shares })
}

/// The tissues of which an outcome is made; `None` if it is made of anything else.
fn parts(side: Side<'_>, outcome: &Quantity) -> Option<Vec<Part>> {
    let last = side.course.rows.last()?;
    let at = |mg: &dyn Fn(&str) -> f64| reading_at(outcome, side.arm, last, mg);
    let own = at(&|_| 0.0)?;
    let parts = TISSUES.iter().filter_map(|tissue| {
        let per_mg = at(&|state| if state == tissue.state { 1.0 } else { 0.0 })? - own;
        (per_mg != 0.0).then_some(Part { tissue, per_mg })
    });
    let parts: Vec<Part> = parts.collect();
    (!parts.is_empty()).then_some(parts)
}

/// The effects on these tissues, each once.
fn effects(parts: &[Part]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for part in parts {
        for effect in part.tissue.gain_effects.iter().chain(part.tissue.loss_effects) {
            if !effects.contains(effect) {
                effects.push(*effect);
            }
        }
    }
    effects
}

/// The outcome's change when each tissue changes by so many milligrams.
fn total(parts: &[Part], mg: impl Fn(&Part) -> Option<f64>) -> Option<f64> {
    let mut total = 0.0;
    for part in parts {
        total += part.per_mg * mg(part)?;
    }
    Some(total)
}

/// How much more a tissue holds in the other arm at a time \[mg\].
fn change(
    tissue: &Tissue,
    from: Side<'_>,
    to: Side<'_>,
    time: impl Fn(&Trajectory) -> Option<f64>,
) -> Option<f64> {
    let held = |side: Side<'_>| side.course.at(named(tissue.state)?, time(side.course)?);
    Some(held(to)? - held(from)?)
}

/// How much more a tissue would gain along the first arm with effects of the other \[mg\].
fn exchanged(tissue: &Tissue, from: Side<'_>, to: Side<'_>, taken: &[Effect]) -> Option<f64> {
    let rate = |day: f64| {
        let ratio = |effects: &[Effect]| {
            effects
                .iter()
                .filter(|effect| taken.contains(effect))
                .try_fold(1.0, |all, effect| Some(all * ratio(*effect, tissue, from, to, day)?))
        };
        let gain = from.course.at(named(tissue.gain)?, day)?;
        let loss = from.course.at(named(tissue.loss)?, day)?;
        Some(
            gain * (ratio(tissue.gain_effects)? - 1.0) - loss * (ratio(tissue.loss_effects)? - 1.0),
        )
    };
    let mut sum = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for row in &from.course.rows {
        let now = (row.time_days, rate(row.time_days)?);
        if let Some(before) = before {
            sum += 0.5 * (before.1 + now.1) * (now.0 - before.0);
        }
        before = Some(now);
    }
    Some(sum)
}

/// An effect in the other arm over the same in the first, on a day; 1 where the first has none.
fn ratio(effect: Effect, tissue: &Tissue, from: Side<'_>, to: Side<'_>, day: f64) -> Option<f64> {
    let both = |factor: &dyn Fn(Side<'_>) -> Option<f64>| {
        let (one, other) = (factor(from)?, factor(to)?);
        Some(if one > 0.0 { other / one } else { 1.0 })
    };
    let read = |name: &str| both(&|side| side.course.at(named(name)?, day));
    match effect {
        Effect::ActiveMgp => read("effect_of_active_mgp_on_calcification"),
        Effect::BloodMinerals => read("effect_of_supersaturation_on_calcification"),
        Effect::CalciumPills => read("effect_of_supplement_load_on_calcification"),
        Effect::Kidney => both(&|side| kidney(side, day)),
        Effect::Osteocalcin => read("effect_of_osteocalcin_on_accretion"),
        Effect::Forming => both(&|side| forming(tissue, side, day)),
        Effect::Resorbing => both(&|side| per_mass(tissue.loss, tissue, side, day)),
        Effect::SetPoint => set_point(tissue, from, to, day),
    }
}

/// 1 + gain · impairment of the kidney.
fn kidney(side: Side<'_>, day: f64) -> Option<f64> {
    use crate::physiology::aging::{kidney_impairment, raw_kidney_impairment};
    let parameters = &side.arm.parameters;
    let egfr = side.course.at(named("egfr_ml_per_min")?, day)?;
    let relative = egfr / parameters.egfr_reference_ml_per_min;
    let at_reference = raw_kidney_impairment(1.0, parameters);
    let impairment = kidney_impairment(relative, at_reference, parameters);
    Some(1.0 + parameters.kidney_calcification_gain * impairment)
}

fn per_mass(flow: &str, tissue: &Tissue, side: Side<'_>, day: f64) -> Option<f64> {
    let mass = side.course.at(named(tissue.state)?, day)?;
    Some(side.course.at(named(flow)?, day)? / mass)
}

/// Accretion per mass without the effects of osteocalcin and of the set point.
fn forming(tissue: &Tissue, side: Side<'_>, day: f64) -> Option<f64> {
    let osteocalcin = side.course.at(named("effect_of_osteocalcin_on_accretion")?, day)?;
    let mechanostat = side.course.at(mechanostat(tissue)?, day)?;
    Some(per_mass(tissue.gain, tissue, side, day)? / osteocalcin / mechanostat)
}

/// The mechanostat's effect on the first arm's bone with the other's set point, over its own.
///
/// effect = M/(1 + (M − 1)·xᵏ), x = mass / set point, k = strength · M/(M − 1); the other set point
/// changes xᵏ by (own set point / other set point)ᵏ.
fn set_point(tissue: &Tissue, from: Side<'_>, to: Side<'_>, day: f64) -> Option<f64> {
    let name = tissue.state.replace("calcium_mg", "set_point_percent");
    let point = |side: Side<'_>| side.course.at(named(&name)?, day);
    let (own, other) = (point(from)?, point(to)?);
    let parameters = &from.arm.parameters;
    let maximum = parameters.mechanostat_maximum;
    let exponent = parameters.mechanostat_strength * maximum / (maximum - 1.0);
    let effect = from.course.at(mechanostat(tissue)?, day)?;
    let power = (maximum / effect - 1.0) * (own / other).powf(exponent);
    Some(maximum / (1.0 + power) / effect)
}

fn mechanostat(tissue: &Tissue) -> Option<&'static Quantity> {
    let bone = tissue.state.strip_suffix("_calcium_mg")?;
    named(&format!("effect_of_mechanostat_on_{bone}_accretion"))
}

/// The quantity with this name, with or without its unit.
fn named(name: &str) -> Option<&'static Quantity> {
    QUANTITIES.iter().find(|row| row.name == name || row.short_name == name)
}

fn label(effect: Effect) -> String {
    match effect {
        Effect::ActiveMgp => message!(why.active_mgp),
        Effect::BloodMinerals => message!(why.blood_minerals),
        Effect::CalciumPills => message!(why.calcium_pills),
        Effect::Kidney => message!(why.kidney),
        Effect::Osteocalcin => message!(why.osteocalcin),
        Effect::Forming => message!(why.forming),
        Effect::Resorbing => message!(why.resorbing),
        Effect::SetPoint => message!(why.set_point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::simulation::{Options, run_arm};

    const ARMS: &str = "duration = \"10 years\"\n[person]\nsex = \"female\"\nage = 60\n\
        [[arm]]\nname = \"usual\"\n\
        [[arm]]\nname = \"k2\"\ntake = [\"MK-7 180 ug daily\"]\n\
        [[arm]]\nname = \"pills\"\ntake = [\"calcium 1000 mg daily\"]\n\
        [[arm]]\nname = \"kidney\"\nperson.egfr = \"30 mL/min\"\n";

    fn effects(to: &str, outcome: &str) -> Option<ByEffect> {
        let scenario = Scenario::parse(ARMS).unwrap();
        let arm = |name: &str| scenario.arms.iter().find(|arm| arm.name == name).unwrap();
        let arms = ["usual", to].map(arm);
        let runs = arms.map(|arm| run_arm(arm, &Options::default(), &mut |_| true).trajectory);
        let [from, to] = [0, 1].map(|at| Side { arm: arms[at], course: &runs[at] });
        by_effect(from, to, named(outcome).unwrap())
    }

    fn shared(to: &str, outcome: &str) -> ByEffect {
        effects(to, outcome).unwrap()
    }

    fn share(of: &ByEffect, effect: Effect) -> f64 {
        of.shares.iter().find(|(name, _)| *name == label(effect)).unwrap().1
    }

    #[test]
    fn shares_sum_to_the_whole() {
        for outcome in ["cac_agatston", "aortic_calcium_mg", "lumbar_spine_bmd_percent"] {
            for to in ["k2", "pills", "kidney"] {
                let of = shared(to, outcome);
                let sum: f64 = of.shares.iter().map(|(_, share)| share).sum();
                let whole = of.ends.1 - of.ends.0;
                assert!((sum - whole).abs() <= 1e-9 * whole.abs(), "{outcome} {to}: {of:?}");
            }
        }
    }

    #[test]
    fn k2_acts_on_arteries_by_mgp_and_on_bone_by_osteocalcin() {
        let artery = shared("k2", "cac_agatston");
        assert!(share(&artery, Effect::ActiveMgp) < -1.0, "{artery:?}");
        assert!(share(&artery, Effect::CalciumPills).abs() < 0.01, "{artery:?}");
        let whole = artery.ends.1 - artery.ends.0;
        assert!(share(&artery, Effect::ActiveMgp) / whole > 0.5, "{artery:?}");
        let bone = shared("k2", "lumbar_spine_bmd_percent");
        let whole = bone.ends.1 - bone.ends.0;
        assert!(whole > 0.0 && share(&bone, Effect::Osteocalcin) > whole, "{bone:?}");
    }

    #[test]
    fn pills_act_by_their_load_and_failing_kidneys_by_theirs() {
        let pills = shared("pills", "cac_agatston");
        assert!(share(&pills, Effect::CalciumPills) > 0.0, "{pills:?}");
        assert!(share(&pills, Effect::Kidney).abs() < 1e-9, "{pills:?}");
        let kidney = shared("kidney", "cac_agatston");
        assert!(share(&kidney, Effect::Kidney) > 0.0, "{kidney:?}");
    }

    #[test]
    fn an_outcome_of_anything_else_has_no_effects() {
        for outcome in ["pth_pmol_per_l", "pwv_m_per_s"] {
            assert_eq!(effects("k2", outcome), None, "{outcome}");
        }
    }
}
