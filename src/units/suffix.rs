//! The end of a name that repeats its unit: `dp_ucmgp_pmol_per_l` is measured in pmol/L.
//!
//! The build reads this file too, for the short names of quantities; so it uses nothing.

/// A unit as the end of a name: `pmol/L` is `_pmol_per_l`; nothing for plain numbers.
pub(crate) fn suffix(unit: &str) -> String {
    match unit {
        "" | "1" => return String::new(),
        "%" => return "_percent".to_owned(),
        "d" | "days" => return "_days".to_owned(),
        "y" => return "_years".to_owned(),
        _ => {}
    }
    let mut words = String::new();
    for (index, part) in unit.split('/').enumerate() {
        let end = part.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(part.len());
        let (word, rest) = part.split_at(end);
        words += if index == 0 { "_" } else { "_per_" };
        words += if index > 0 && word == "d" { "day" } else { word };
        words += rest;
    }
    let safe = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    words.to_lowercase().chars().map(safe).collect()
}

/// A name without the suffix that repeats its unit.
pub(crate) fn without_unit<'a>(name: &'a str, unit: &str) -> &'a str {
    match suffix(unit) {
        suffix if suffix.is_empty() => name,
        suffix => name.strip_suffix(suffix.as_str()).unwrap_or(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_the_unit_in_words() {
        let cases = [
            ("mg/d", "_mg_per_day"),
            ("ug/d", "_ug_per_day"),
            ("mL/min", "_ml_per_min"),
            ("nM", "_nm"),
            ("%", "_percent"),
            ("y", "_years"),
            ("days", "_days"),
            ("1", ""),
            ("mg/d·d", "_mg_per_day_d"),
            ("nmol/L per ug/d", "_nmol_per_l_per_ug_per_day"),
        ];
        for (unit, expected) in cases {
            assert_eq!(suffix(unit), expected, "{unit}");
        }
    }

    /// An outcome in mg/dL once had a column named `…_mg_per_dayl`.
    #[test]
    fn a_deciliter_is_not_a_day() {
        assert_eq!(suffix("mg/dL"), "_mg_per_dl");
        assert_eq!(suffix("mg/day"), "_mg_per_day");
    }

    #[test]
    fn a_name_loses_its_own_unit_only() {
        assert_eq!(without_unit("calcium_diet_mg_per_day", "mg/d"), "calcium_diet");
        assert_eq!(without_unit("cac_agatston", "AU"), "cac_agatston");
        assert_eq!(without_unit("active_mgp", "1"), "active_mgp");
        assert_eq!(without_unit("k1_plasma_nm", "nM"), "k1_plasma");
    }
}
