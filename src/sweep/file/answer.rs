//! `answer`: what the sweep or the analysis says to its question.

use crate::error::problem::Misread;
use crate::form::tree::get;
use crate::scenario::claims::sentence::Sentence;
use crate::sweep::answer::{EXAMPLE, ResultNumber, Subjects};
use crate::sweep::file::Reader;

impl Reader<'_> {
    /// The answer with places for results; `None` if there is none.
    pub(super) fn answer(&mut self, subjects: &Subjects<'_>) -> Option<Sentence<ResultNumber>> {
        self.answer_with(EXAMPLE, &mut |inner| ResultNumber::read(inner, subjects))
    }

    /// The answer of a sensitivity analysis: words alone.
    pub(super) fn answer_in_words(&mut self) -> String {
        let help = "write it in words: the shares of an analysis carry intervals and stand in its \
                    tables; {{ stands for a brace";
        let refuse = &mut |inner: &str| {
            let message = "the answer of a sensitivity analysis takes no numbers";
            Err::<(), _>(Misread::new(message, 0..inner.len()))
        };
        let sentence = self.answer_with(help, refuse);
        sentence.and_then(|sentence| sentence.told(&|()| None)).unwrap_or_default()
    }

    fn answer_with<N>(
        &mut self,
        example: &str,
        number: &mut dyn FnMut(&str) -> Result<N, Misread>,
    ) -> Option<Sentence<N>> {
        let node = get(self.entries, "answer")?;
        let text = node.text().filter(|text| !text.trim().is_empty())?;
        match Sentence::read(text, example, number) {
            Ok(sentence) => Some(sentence),
            Err(misreads) => {
                misreads.into_iter().for_each(|misread| self.problems.misread(node, misread));
                None
            }
        }
    }
}
