//! The lessons that travel inside the program.

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
