//! Units whose exponents follow from parameters: `mg^calcification_exponent` is mg^0.7.
//!
//! The build reads this file too, for the units that tables show; so it uses nothing.

/// The unit with every exponent worked out: a number, a name, or a difference of these in
/// parentheses. `None` where an exponent cannot be read.
pub(crate) fn worked_out(unit: &str, value: &dyn Fn(&str) -> Option<f64>) -> Option<String> {
    let mut parts = unit.split('^');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (exponent, rest) = match part.strip_prefix('(') {
            Some(inner) => inner.split_once(')')?,
            None => part.split_at(part.find(['/', ' ']).unwrap_or(part.len())),
        };
        text += &format!("^{}{rest}", difference(exponent, value)?);
    }
    Some(text)
}

/// `1 - name` as a number without the noise of its arithmetic; a leading minus is taken from 0.
fn difference(text: &str, value: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
    let term = |term: &str| match term.trim() {
        "" => Some(0.0),
        term => term.parse().ok().or_else(|| value(term)),
    };
    let mut terms = text.split('-').map(term);
    let first = terms.next()??;
    let exact = terms.try_fold(first, |sum, term| Some(sum - term?))?;
    Some((exact * 1e6).round() / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_follow_their_parameters() {
        let value = |name: &str| (name == "q").then_some(0.7);
        let at = |unit: &str| worked_out(unit, &value);
        assert_eq!(at("mg^q").as_deref(), Some("mg^0.7"));
        assert_eq!(at("mg^(1 - q)/y").as_deref(), Some("mg^0.3/y"));
        assert_eq!(at("AU^(q - 1)").as_deref(), Some("AU^-0.3"));
        assert_eq!(at("AU^-0.37").as_deref(), Some("AU^-0.37"));
        assert_eq!(at("nmol/L per ug/d").as_deref(), Some("nmol/L per ug/d"));
        assert_eq!((at("mg^p"), at("mg^(q")), (None, None));
    }
}
