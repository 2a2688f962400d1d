//! The sparsity pattern of the terms, and a coloring of the states that can share a direction of
//! differentiation.

use super::System;
use crate::error::defect::OrDefect as _;
use crate::real::Pattern;

/// The defect of an index that no variable has.
const NO_VARIABLE: &str = "a variable that does not exist";

/// Variables read by each term: states by number, time as number `STATES`.
pub(crate) fn term_patterns<M: System>(system: &M) -> Vec<Pattern> {
    let state: Vec<Pattern> = (0..M::STATES).map(Pattern::variable).collect();
    let mut terms = vec![Pattern::NONE; M::TERMS];
    system.terms(Pattern::variable(M::STATES), &state, &mut terms);
    terms
}

/// Gives each variable a color so that no term reads two variables of one color.
///
/// Greedy, the variable that sees most colors first, then the one with most conflicts. `None` for
/// a variable that no term reads.
pub(crate) fn color_variables(patterns: &[Pattern], variables: usize) -> Vec<Option<usize>> {
    let conflicts: Vec<u128> =
        (0..variables).map(|variable| conflicts_of(patterns, variable)).collect();
    let mut colors = vec![None; variables];
    let mut seen = vec![0_u128; variables];
    while let Some((variable, others)) = (0..variables)
        .zip(&conflicts)
        .filter(|&(variable, others)| *others != 0 && colors.get(variable) == Some(&None))
        .max_by_key(|&(variable, others)| {
            (seen.get(variable).or_defect(NO_VARIABLE).count_ones(), others.count_ones())
        })
    {
        let color = seen.get(variable).or_defect(NO_VARIABLE).trailing_ones() as usize;
        for (other, seen) in seen.iter_mut().enumerate() {
            if others >> other & 1 == 1 {
                *seen |= 1 << color;
            }
        }
        *colors.get_mut(variable).or_defect(NO_VARIABLE) = Some(color);
    }
    colors
}

/// The variables read by any term that reads `variable`, as bits, itself included.
fn conflicts_of(patterns: &[Pattern], variable: usize) -> u128 {
    patterns
        .iter()
        .filter(|pattern| pattern.contains(variable))
        .flat_map(|pattern| pattern.variables())
        .fold(0, |bits, other| bits | 1 << other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(variables: &[usize]) -> Pattern {
        variables.iter().fold(Pattern::NONE, |all, &one| all + Pattern::variable(one))
    }

    #[test]
    fn no_term_reads_a_color_twice() {
        let terms: Vec<Pattern> =
            (0..40).map(|i| pattern(&[i, (i * 7 + 3) % 40, (i * i + 1) % 40])).collect();
        let colors = color_variables(&terms, 41);
        assert_eq!(colors[40], None);
        for term in terms {
            let mut used: Vec<_> = term.variables().map(|variable| colors[variable]).collect();
            let count = used.len();
            used.sort_unstable();
            used.dedup();
            assert_eq!(used.len(), count);
        }
    }

    #[test]
    fn a_chain_needs_two_colors() {
        let terms: Vec<Pattern> = (0..20).map(|i| pattern(&[i, i + 1])).collect();
        let most = color_variables(&terms, 21).into_iter().flatten().max();
        assert_eq!(most, Some(1));
    }
}
