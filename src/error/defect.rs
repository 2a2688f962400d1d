//! States that cannot happen: a program that meets one is wrong and must not go on with a guess.

/// Ends the work with the name of the state that was thought impossible.
///
/// It is a panic, the only one that this program asks for: what is unfinished is not kept, the
/// command line says what was met and asks for a report, a caller of the library sees the message.
#[allow(clippy::panic)]
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn defect(what: &str) -> ! {
    panic!("{what}")
}

/// A value that is always there.
pub(crate) trait OrDefect<T> {
    /// The value; [`defect`] where it is missing.
    fn or_defect(self, what: &str) -> T;
}

impl<T> OrDefect<T> for Option<T> {
    #[inline(always)]
    #[track_caller]
    fn or_defect(self, what: &str) -> T {
        match self {
            Some(value) => value,
            None => defect(what),
        }
    }
}

impl<T, E: std::fmt::Debug> OrDefect<T> for Result<T, E> {
    #[inline(always)]
    #[track_caller]
    fn or_defect(self, what: &str) -> T {
        match self {
            Ok(value) => value,
            Err(error) => defect(&format!("{what}: {error:?}")),
        }
    }
}

/// The error of a panic, for the user.
pub(crate) fn report(what: &str, place: &str) -> String {
    let what = crate::printed::visible_line(what);
    format!(
        "internal error at {place}: {what}; what was not finished is left out, earlier results \
         stay; please report it with the command and its files"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_given_and_what_is_missing_is_named() {
        assert_eq!(Some(1).or_defect("no number"), 1);
        assert_eq!("2".parse::<u8>().or_defect("no number"), 2);
        for missing in [|| None.or_defect("no number"), || "x".parse::<u8>().or_defect("no number")]
        {
            let panicked = std::panic::catch_unwind(missing).unwrap_err();
            let message = panicked.downcast_ref::<String>().unwrap();
            assert!(message.starts_with("no number"), "{message}");
        }
    }

    #[test]
    fn a_report_says_what_where_and_what_to_do() {
        let text = report("no state 44", "src/trajectory.rs:48");
        let start = "internal error at src/trajectory.rs:48: no state 44; ";
        assert!(text.starts_with(start), "{text}");
        assert!(text.ends_with("please report it with the command and its files"), "{text}");
    }
}
