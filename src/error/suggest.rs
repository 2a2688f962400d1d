//! "Did you mean": the nearest known word to a misspelled one.

use crate::error::problem::Misread;
use std::cmp::Reverse;
use std::ops::Range;

/// The candidate nearest to `word`, if one is near enough to be meant.
///
/// Case, spaces, hyphens and underscores do not count. Letters in another order win over other
/// letters ("ui" is "IU" rather than "ug"), then the longest equal beginning ("cax" is "cac" rather
/// than "ctx"). At most one mistake per three letters where the first three are equal, else per four,
/// and one in a word of three; words of one or two letters only in another order. A word with other
/// digits, or another letter that stands alone, is another thing: MK-9 is not meant as MK-7, p80 not
/// as p50, vitamin_k not as vitamin_d.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = plain(word);
    if wanted.is_empty() || wanted.len() > 100 {
        return None;
    }
    let length = wanted.chars().count();
    let (wanted_digits, wanted_letter) = (digits(&wanted), lone_letter(word));
    candidates
        .into_iter()
        .map(|candidate| {
            let name = plain(candidate);
            let distance = strsim::osa_distance(&wanted, &name);
            let prefix = name.starts_with(&wanted) && wanted.len() >= 3;
            let same_letters = letters(&wanted) == letters(&name);
            let equal = wanted.chars().zip(name.chars()).take_while(|(one, other)| one == other);
            let equal = equal.count();
            let allowed = (length / if equal >= 3 { 3 } else { 4 }).max(1);
            let near = distance <= allowed && (length > 2 || same_letters);
            let same_digits = wanted_digits.is_empty() || wanted_digits == digits(&name);
            let same_kind = wanted_letter.is_none() || wanted_letter == lone_letter(candidate);
            let rank = (distance, !same_letters, Reverse(equal));
            ((near || prefix) && same_digits && same_kind, rank, candidate)
        })
        // The word itself is no help: it is known, but not wanted here.
        .filter(|(near, _, candidate)| *near && *candidate != word)
        .min_by_key(|(_, rank, _)| *rank)
        .map(|(.., candidate)| candidate)
}

/// True if two names differ at most in case, spaces, hyphens, underscores and the s of a plural.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    let [one, other] = [plain(one), plain(other)];
    one.strip_suffix('s').unwrap_or(&one) == other.strip_suffix('s').unwrap_or(&other)
}

/// The same as [`nearest`] for names that the user made up, of arms: any letter or digit may be mistyped.
pub(crate) fn did_you_mean_arm<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = plain(word);
    let allowed = (wanted.chars().count() / 3).max(1);
    let apart = |name: &'a str| (strsim::osa_distance(&wanted, &plain(name)), name);
    let names = names.into_iter().take(MOST_COMPARED).filter(|name| *name != word);
    let nearest = names.map(apart).min_by_key(|(apart, _)| *apart);
    meant(nearest.filter(|(apart, _)| *apart <= allowed).map(|(_, near)| near))
}

/// `did you mean "x"? ` with a trailing space, or nothing.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    meant(nearest(word, candidates))
}

fn meant(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!("did you mean \"{word}\"? "))
}

/// Most words that are listed in a help.
const MOST_LISTED: usize = 30;
/// Most words among which the nearest is looked for.
const MOST_COMPARED: usize = 500;

/// The nearest of some names, and all of them, or of many the first: `did you mean "b"? Arms: a, b.`
pub(crate) fn known_words<'a>(
    what: &str,
    word: &str,
    words: impl Iterator<Item = &'a str>,
) -> String {
    let words: Vec<&str> = words.collect();
    let meant = did_you_mean_arm(word, words.iter().copied());
    format!("{meant}{}", listed_words(what, &words))
}

/// The error of a name that no arm has.
pub(crate) fn unknown_arm<'a>(
    name: &str,
    arms: impl Iterator<Item = &'a str>,
    place: Range<usize>,
) -> Misread {
    Misread::new(format!("unknown arm \"{name}\""), place).help(known_words("Arms", name, arms))
}

/// `Arms: a, b.`; of many words the first.
pub(crate) fn listed_words(what: &str, words: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = words.iter().take(MOST_LISTED).map(AsRef::as_ref).collect();
    let more = words.len().saturating_sub(MOST_LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{what}: {}{rest}.", shown.join(", "))
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

/// The letter of "vitamin K": one that is a word of its own, or has digits behind it.
fn lone_letter(word: &str) -> Option<String> {
    let mut parts = word.split([' ', '-', '_']).skip(1);
    let bare = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    parts.find_map(|part| Some(bare(part)).filter(|bare| bare.chars().count() == 1))
}

fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misleading_suggestion_is_none() {
        assert_eq!(nearest("cod liver oil", ["olive oil", "rapeseed oil"]), None);
        assert_eq!(nearest("µM", ["µg", "mg", "pg"]), None);
        assert_eq!(nearest("p80", ["p50", "p75", "p90"]), None);
        assert_eq!(nearest("MK-9", ["MK-7", "MK-4"]), None);
        assert_eq!(nearest("vitamin_d", ["vitamin_d3"]), Some("vitamin_d3"));
        assert_eq!(nearest("vitamin_k", ["vitamin_d", "calcium"]), None);
        assert_eq!(nearest("vitamin K", ["vitamin D3"]), None);
        assert_eq!(nearest("vitamn_d", ["vitamin_d"]), Some("vitamin_d"));
        assert_eq!(nearest("quesion", ["question"]), Some("question"));
        assert_eq!(nearest("paradocks", ["paradox", "day"]), Some("paradox"));
        assert_eq!(did_you_mean_arm("k3", ["usual", "k2"]), "did you mean \"k2\"? ");
        assert_eq!(did_you_mean_arm("warfarin", ["usual", "k2"]), "");
    }

    #[test]
    fn swapped_letters_win_and_strangers_are_not_suggested() {
        assert_eq!(nearest("ui", ["ug", "IU", "mg"]), Some("IU"));
        assert_eq!(nearest("cax", ["ctx", "cac"]), Some("cac"));
        assert_eq!(nearest("gauda", ["gouda", "edam"]), Some("gouda"));
        assert_eq!(nearest("zebra", ["gouda", "edam"]), None);
        assert_eq!(nearest("with", ["with", "edam"]), None);
        assert_eq!(nearest("calcium-diet", ["calcium_diet"]), Some("calcium_diet"));
    }
}
