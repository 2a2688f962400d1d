//! The lessons that travel inside the program.

use crate::library::listings::{table, word};
use crate::sweep::results_table::ColumnType::Word;
use crate::sweep::results_table::Table;

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lesson {
    pub name: &'static str,
    pub text: &'static str,
}

impl Lesson {
    pub(crate) fn title(&self) -> &'static str {
        self.top_level("title")
    }

    pub(crate) fn question(&self) -> &'static str {
        self.top_level("question")
    }

    /// A one-line value of the file's head, as it is spelled there.
    fn top_level(&self, key: &str) -> &'static str {
        let head = self.text.lines().take_while(|line| !line.starts_with('['));
        let mut values = head.filter_map(|line| {
            line.strip_prefix(key)?.trim_start().strip_prefix('=').map(str::trim)
        });
        values.next().unwrap_or_default().trim_matches('"')
    }
}

pub(crate) fn lesson(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.name == name)
}

/// The lessons that come along: name, title, question.
///
/// ```
/// let names = calcifate::lessons().texts("lesson").ok_or("no such column")?;
/// assert!(names.contains(&"calcium_paradox".to_owned()));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn lessons() -> Table {
    let columns = [
        ("lesson", Word, "1", "its name"),
        ("title", Word, "1", "its headline"),
        ("question", Word, "1", "the question that it asks"),
    ];
    let row = |lesson: &Lesson| [lesson.name, lesson.title(), lesson.question()].map(word).to_vec();
    table(&columns, LESSONS.iter().map(row).collect())
}

/// The text of a lesson that comes along; `None` if there is none of that name.
///
/// ```
/// let text = calcifate::lesson_text("one_day").ok_or("no such lesson")?;
/// let scenario = calcifate::Scenario::parse(text)?;
/// assert!(!scenario.question().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn lesson_text(name: &str) -> Option<&'static str> {
    Some(lesson(name)?.text)
}
