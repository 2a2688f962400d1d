//! Other spellings of the words that files choose from.

/// Each with the word that it stands for, where that is one of the choices.
const SYNONYMS: [(&str, &str); 8] = [
    ("woman", "female"),
    ("women", "female"),
    ("f", "female"),
    ("w", "female"),
    ("man", "male"),
    ("men", "male"),
    ("m", "male"),
    ("average", "averaged"),
];

/// The word among these that is meant: itself, in other letters of upper or lower case, or by a
/// synonym.
pub(crate) fn usual_word<'a>(words: &[&'a str], written: &str) -> Option<&'a str> {
    let trimmed = written.trim();
    let find = |wanted: &str| words.iter().copied().find(|word| word.eq_ignore_ascii_case(wanted));
    find(trimmed).or_else(|| {
        let same = |(synonym, _): &&(&str, &str)| synonym.eq_ignore_ascii_case(trimmed);
        find(SYNONYMS.iter().find(same)?.1)
    })
}

/// The flag that a word stands for: yes or no.
pub(crate) fn flag(written: &str) -> Option<bool> {
    let is_any = |words: [&str; 3]| words.iter().any(|w| w.eq_ignore_ascii_case(written.trim()));
    if is_any(["yes", "true", "on"]) {
        return Some(true);
    }
    is_any(["no", "false", "off"]).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synonym_stands_only_where_its_word_is_a_choice() {
        let sexes = ["female", "male"];
        for (written, word) in
            [("woman", "female"), ("F", "female"), ("Male", "male"), (" m ", "male")]
        {
            assert_eq!(usual_word(&sexes, written), Some(word), "{written}");
        }
        assert_eq!(usual_word(&["p50", "p75"], "P75"), Some("p75"));
        assert_eq!(usual_word(&["hen", "goose"], "woman"), None);
        assert_eq!(usual_word(&sexes, ""), None);
        assert_eq!((flag("Yes"), flag("NO"), flag("maybe")), (Some(true), Some(false), None));
    }
}
