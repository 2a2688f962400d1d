//! Characters that look like others: word processors and web pages put them into texts.

const NAMES: [(char, &str); 15] = [
    ('\u{a0}', "no-break space (U+00A0)"),
    ('\u{2007}', "figure space (U+2007)"),
    ('\u{2009}', "thin space (U+2009)"),
    ('\u{202f}', "narrow no-break space (U+202F)"),
    ('\u{ad}', "soft hyphen (U+00AD)"),
    ('\u{200b}', "zero-width space (U+200B)"),
    ('\u{200c}', "zero-width non-joiner (U+200C)"),
    ('\u{200d}', "zero-width joiner (U+200D)"),
    ('\u{2060}', "word joiner (U+2060)"),
    ('\u{feff}', "byte order mark (U+FEFF)"),
    ('“', "curly quote “"),
    ('”', "curly quote ”"),
    ('„', "curly quote „"),
    ('‘', "curly quote ‘"),
    ('’', "curly quote ’"),
];

/// Its name, if it is one of them.
pub(crate) fn name(letter: char) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == letter).map(|(_, name)| *name)
}

/// The remedy of a character with that name.
pub(crate) fn remedy(letter: char) -> &'static str {
    match letter {
        '“' | '”' | '„' => "write straight quotes: \"…\"",
        '‘' | '’' => "write straight quotes: '…' or \"…\"",
        letter if letter.is_whitespace() => "write a usual space",
        _ => "take it out: it cannot be seen",
    }
}

/// The first of them in a text, with its place.
pub(crate) fn first(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, letter)| name(*letter).is_some())
}
