//! Text that leaves the program: what people write must not command a terminal, a spreadsheet or a
//! shell.
//!
//! Characters that a terminal or the order of letters would obey are shown as escapes in the
//! spelling of TOML and JSON: `\u001B`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// True for characters that act instead of being seen: control characters, controls of the writing
/// direction, separators of lines and characters that no text may hold.
fn acts(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
        )
}

/// True if a text holds characters that act instead of being seen; a name must not.
pub(crate) fn has_acting_characters(text: &str) -> bool {
    text.chars().any(acts)
}

fn escaped(text: &str, kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let acting = |letter: char| acts(letter) && !kept(letter);
    if !text.chars().any(acting) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if acting(letter) {
            // Writing into memory does not fail. All of these have four digits.
            let _ = write!(out, "\\u{:04X}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// A text of any number of lines with visible escapes.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| matches!(letter, '\n' | '\t'))
}

/// A text on one line with visible escapes, those of line breaks and tabs too.
pub(crate) fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// A path on one line with visible escapes.
pub(crate) fn shown_path(path: &Path) -> String {
    visible_line(&path.to_string_lossy()).into_owned()
}

/// A text for the terminal; with `color` the program's own colors stay.
#[cfg(feature = "cli")]
pub(crate) fn for_terminal(text: &str, color: bool) -> Cow<'_, str> {
    if !color || !text.contains('\u{1b}') {
        return visible(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out += &visible(before);
        let color = after.strip_prefix('[').and_then(|codes| codes.split_once('m'));
        let plain = |codes: &str| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
        if let Some((codes, after)) = color.filter(|(codes, _)| plain(codes)) {
            let _ = write!(out, "\u{1b}[{codes}m");
            rest = after;
        } else {
            out += "\\u001B";
            rest = after;
        }
    }
    Cow::Owned(out + &visible(rest))
}

/// A cell of a table for free words: a spreadsheet takes them as words, never as a formula.
///
/// Where the lines of a text end is only how its file is written: they are one line here.
pub(crate) fn cell(words: &str) -> Cow<'_, str> {
    let line = match words.contains('\n') {
        true => {
            let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
            Cow::Owned(visible_line(&lines.collect::<Vec<_>>().join(" ")).into_owned())
        }
        false => visible_line(words),
    };
    if line.starts_with(['=', '+', '-', '@']) && line.parse::<f64>().is_err() {
        return Cow::Owned(format!("'{line}"));
    }
    line
}

/// Words that stay words in a line or cell of Markdown.
pub(crate) fn in_markdown(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        if "\\|<>[]*_`#".contains(letter) {
            out.push('\\');
        }
        out.push(if letter == '\n' { ' ' } else { letter });
    }
    out
}

/// A word of a command that a person may paste into a POSIX shell.
pub(crate) fn shell_word(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./=+,:@".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if !has_acting_characters(word) {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    let mut out = "$'".to_owned();
    for letter in word.chars() {
        match letter {
            '\'' | '\\' => out.extend(['\\', letter]),
            _ if acts(letter) => {
                let bytes = letter.encode_utf8(&mut [0; 4]).bytes().collect::<Vec<_>>();
                // Three octal digits end by themselves.
                bytes.iter().for_each(|byte| out += &format!("\\{byte:03o}"));
            }
            _ => out.push(letter),
        }
    }
    out + "'"
}

/// A path as a word of a command, which no program takes for an option.
pub(crate) fn shell_path(path: &str) -> String {
    if path.starts_with('-') && path != "-" {
        return shell_word(&format!("./{path}"));
    }
    shell_word(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_and_what_is_seen_stays() {
        let told = visible("a\u{1b}[31m\u{7}\u{0}\u{8}\u{202e}b\u{9b}\n\tc\u{ffff}");
        assert_eq!(told, "a\\u001B[31m\\u0007\\u0000\\u0008\\u202Eb\\u009B\n\tc\\uFFFF");
        let seen = "−2.4 µg · 納豆 α\u{301} שלום \u{1f468}\u{200d}\u{1f469} a\u{a0}b";
        assert_eq!(visible_line(seen), seen);
        assert_eq!(visible_line("a\nb\tc\r"), "a\\u000Ab\\u0009c\\u000D");
    }

    #[cfg(feature = "cli")]
    #[test]
    fn only_colors_pass_to_a_terminal() {
        let text = "\u{1b}[32m✓\u{1b}[0m \u{1b}]0;title\u{7} \u{1b}[2J\u{1b}[1;31mx\u{1b}";
        assert_eq!(
            for_terminal(text, true),
            "\u{1b}[32m✓\u{1b}[0m \\u001B]0;title\\u0007 \\u001B[2J\u{1b}[1;31mx\\u001B"
        );
        assert!(!for_terminal(text, false).contains('\u{1b}'));
    }

    #[cfg(feature = "files")]
    #[test]
    fn formulas_become_words_and_numbers_stay() {
        for (words, cell_text) in [
            ("=1+1", "'=1+1"),
            ("+49", "+49"),
            ("-x", "'-x"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "\\u0009=1"),
            ("-2.4", "-2.4"),
            ("-1e-7", "-1e-7"),
            ("K2 = less", "K2 = less"),
            ("", ""),
        ] {
            assert_eq!(cell(words), cell_text);
        }
    }

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(shell_word("a/b-c.toml"), "a/b-c.toml");
        assert_eq!(shell_word("mk7_supplement=30 ug/day"), "'mk7_supplement=30 ug/day'");
        assert_eq!(shell_word("it's"), "'it'\\''s'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("a\u{1b}'1\u{202e}"), "$'a\\033\\'1\\342\\200\\256'");
        assert_eq!(shell_path("-rf.toml"), "./-rf.toml");
        assert_eq!(shell_path("-x y"), "'./-x y'");
        assert_eq!(shell_path("-"), "-");
    }
}
