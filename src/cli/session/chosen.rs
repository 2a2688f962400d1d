//! The choice among things that have an id and a topic, by words of the command line.

use crate::error::suggest::{did_you_mean, listed_words};
use crate::printed::visible_line;

/// The things with these ids or of these topics; all if there is no word.
/// Errors: A word that is neither the id nor the topic of one.
pub(crate) fn chosen_by_word<T>(
    all: Vec<T>,
    id_and_topic: impl Fn(&T) -> Option<(&str, &str)>,
    words: &[impl AsRef<str>],
    thing: &str,
) -> Result<Vec<T>, String> {
    let fits = |one: &T, word: &str| {
        id_and_topic(one).is_some_and(|(id, topic)| id == word || topic.eq_ignore_ascii_case(word))
    };
    let words = words.iter().map(AsRef::as_ref);
    if let Some(unknown) = words.clone().find(|word| !all.iter().any(|one| fits(one, word))) {
        let (ids, mut topics): (Vec<&str>, Vec<&str>) = all.iter().filter_map(id_and_topic).unzip();
        topics.sort_unstable();
        topics.dedup();
        let meant = did_you_mean(unknown, ids.into_iter().chain(topics.iter().copied()));
        let (unknown, help) = (visible_line(unknown), listed_words("Topics", &topics));
        return Err(format!("no {thing} and no topic is called \"{unknown}\"; {meant}{help}"));
    }
    let keep = |one: &T| words.len() == 0 || words.clone().any(|word| fits(one, word));
    Ok(all.into_iter().filter(keep).collect())
}
