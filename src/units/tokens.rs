//! Splits text into numbers, clock times, words and signs, with their places.

use crate::error::problem::Misread;
use crate::units::lookalikes;
use crate::units::written_number::{
    digits, has_separators, thousands_before, with_separators, written_length,
};
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A number without its sign.
    Number(f64),
    /// A clock time such as 07:30 \[h\].
    Clock(f64),
    /// Letters, with digits, hyphens or underscores inside: `mg`, `MK-7`.
    Word,
    Sign(char),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    pub bytes: Range<usize>,
}

impl Token<'_> {
    /// True if it is this word, in upper or lower case.
    pub(crate) fn is(&self, word: &str) -> bool {
        let same = || {
            if self.text.is_ascii() && word.is_ascii() {
                self.text.eq_ignore_ascii_case(word)
            } else {
                self.text.to_lowercase() == word.to_lowercase()
            }
        };
        self.kind == TokenKind::Word && same()
    }
}

/// The pieces of a text, read one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    pub text: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
}

impl<'a> Tokens<'a> {
    /// Cuts `text`. A number like `1,5` or `1e999` is refused, and so are curly quotes.
    pub(crate) fn new(text: &'a str) -> Result<Self, Misread> {
        let mut tokens = Vec::new();
        let mut start = 0;
        while let Some(rest) = text.get(start..) {
            let Some(first) = rest.chars().next() else { break };
            if first.is_whitespace() {
                start += first.len_utf8();
                continue;
            }
            let token = cut(text, first, start)?;
            start = token.bytes.end;
            tokens.push(token);
        }
        Ok(Self { text, tokens, next: 0 })
    }

    /// The next piece without taking it.
    pub(crate) fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next)
    }

    /// The piece after `ahead` others.
    pub(crate) fn ahead(&self, ahead: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.next + ahead)
    }

    pub(crate) fn take(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.get(self.next).cloned();
        self.next += usize::from(token.is_some());
        token
    }

    /// Takes the next pieces if they are these words or signs.
    pub(crate) fn eat(&mut self, words: &[&str]) -> bool {
        let fits = words.iter().enumerate().all(|(ahead, word)| {
            self.ahead(ahead).is_some_and(|token| token.is(word) || token.text == *word)
        });
        self.next += if fits { words.len() } else { 0 };
        fits
    }

    /// Takes the next piece if it is one of these words; true if it was.
    pub(crate) fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(&[word]))
    }

    /// Takes a number that may carry a sign.
    pub(crate) fn number(&mut self) -> Option<f64> {
        let negative =
            self.peek().is_some_and(|token| matches!(token.kind, TokenKind::Sign('-' | '−')));
        match self.ahead(usize::from(negative))?.kind {
            TokenKind::Number(value) => {
                self.next += 1 + usize::from(negative);
                Some(if negative { -value } else { value })
            }
            _ => None,
        }
    }

    /// The text at a place; nothing where no piece stands.
    pub(crate) fn part(&self, place: &Range<usize>) -> &'a str {
        self.text.get(place.clone()).unwrap_or_default()
    }

    /// The text from the next piece on.
    pub(crate) fn rest(&self) -> &'a str {
        self.part(&(self.here().start..self.text.len()))
    }

    /// Place of the next piece, or the end of the text.
    pub(crate) fn here(&self) -> Range<usize> {
        self.peek().map_or(self.text.len()..self.text.len(), |token| token.bytes.clone())
    }

    /// Number of pieces taken: a mark to return to.
    pub(crate) const fn mark(&self) -> usize {
        self.next
    }

    pub(crate) const fn back_to(&mut self, mark: usize) {
        self.next = mark;
    }

    /// True if every piece was taken.
    pub(crate) fn at_end(&self) -> bool {
        self.next >= self.tokens.len()
    }

    /// Place from a mark to the last piece taken.
    pub(crate) fn since(&self, mark: usize) -> Range<usize> {
        let start = self.tokens.get(mark).map_or(self.text.len(), |token| token.bytes.start);
        let last = self.next.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(start, |token| token.bytes.end).max(start)
    }
}

fn cut(text: &str, first: char, start: usize) -> Result<Token<'_>, Misread> {
    let rest = text.get(start..).unwrap_or_default();
    let digit_after_point = first == '.' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let (kind, length) = if first.is_ascii_digit() || digit_after_point {
        number(text, start)?
    } else if first.is_alphabetic() {
        (TokenKind::Word, word_length(rest))
    } else if let Some(name) = lookalikes::name(first) {
        return Err(Misread::new(format!("a {name} stands here"), start..start + first.len_utf8())
            .help(lookalikes::remedy(first)));
    } else {
        (TokenKind::Sign(first), first.len_utf8())
    };
    let text = rest.get(..length).unwrap_or(rest);
    Ok(Token { kind, text, bytes: start..start + length })
}

fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '_')
            && chars.peek().is_some_and(|(_, after)| after.is_alphanumeric());
        if !(c.is_alphanumeric() || joins) {
            return at;
        }
    }
    rest.len()
}

/// The help for digits with separators and a power of ten.
const WITHOUT_SEPARATORS: &str =
    "write a point before the decimals and no other separator, such as 1.5e3";

/// Reads the number that begins at `start`.
fn number(text: &str, start: usize) -> Result<(TokenKind, usize), Misread> {
    let (before, rest) = text.split_at_checked(start).unwrap_or_default();
    let after = |at: usize| rest.get(at..).unwrap_or_default();
    let colon = digits(rest);
    if let Some(minutes) = after(colon).strip_prefix(':') {
        return clock(rest, colon, digits(minutes), start);
    }
    // ".5" is a number too.
    let lead = usize::from(rest.starts_with('.'));
    let mut end = lead + written_length(after(lead));
    let written = rest.get(..end).unwrap_or(rest);
    let exponent = after(end).strip_prefix(['e', 'E']).unwrap_or_default();
    let sign = usize::from(exponent.starts_with(['+', '-']));
    let power = digits(exponent.get(sign..).unwrap_or_default());
    if has_separators(written) {
        let joins = digits(written) == 3;
        let start = start - if joins { thousands_before(before) } else { 0 };
        let minus = before.get(..start).is_some_and(|lead| lead.trim_start() == "-");
        let start = start - usize::from(minus);
        let whole = text.get(start..before.len() + end).unwrap_or(written);
        let misread = with_separators(whole, start);
        // The suggested number would lack the power of ten.
        return Err(if power == 0 { misread } else { misread.help(WITHOUT_SEPARATORS) });
    }
    if power > 0 {
        end += 1 + sign + power;
    }
    match rest.get(..end).and_then(|text| text.parse::<f64>().ok()) {
        Some(value) if value.is_finite() => Ok((TokenKind::Number(value), end)),
        _ => Err(Misread::new("not a finite number", start..start + end)
            .label("too large")
            .help("write a smaller number")),
    }
}

fn clock(
    rest: &str,
    colon: usize,
    minutes: usize,
    start: usize,
) -> Result<(TokenKind, usize), Misread> {
    let end = colon + 1 + minutes;
    let part =
        |from: usize, to: usize| rest.get(from..to).and_then(|text| text.parse::<u32>().ok());
    match (part(0, colon), part(colon + 1, end)) {
        (Some(hour), Some(minute)) if hour < 24 && minute < 60 && minutes == 2 => {
            Ok((TokenKind::Clock(f64::from(hour) + f64::from(minute) / 60.0), end))
        }
        _ => Err(Misread::new("not a clock time", start..start + end)
            .label("not between 00:00 and 23:59")
            .help("write hours and minutes with two digits, such as \"07:30\"")),
    }
}
