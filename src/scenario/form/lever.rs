//! A building block of some forms that a sweep varies.

use crate::model::{Block, Form};
use crate::scenario::fault::diagnostic::Diagnostic;
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::plan::factor::Ground;

/// As the form itself has it.
const ON: &str = "on";
/// As the baseline has it.
const OFF: &str = "off";

/// A block of some forms, and where it may come from.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockLever {
    block: Block,
    /// Indices of the cases whose block it is.
    cases: Vec<usize>,
    /// The words of its levels, with the form from which the block then comes; none for the form's
    /// own.
    sources: Vec<(String, Option<Form>)>,
}

impl BlockLever {
    /// The block of that name, in these cases.
    pub(crate) fn of(
        name: &str,
        cases: Vec<usize>,
        ground: &Ground<'_>,
    ) -> Result<Self, Diagnostic> {
        let blocks = Block::ALL.into_iter().filter(|one| *one != Block::Values);
        let words: Vec<&str> = blocks.map(Block::key).collect();
        let block = Block::from_key(name).filter(|block| words.contains(&block.key()));
        let block = block.ok_or_else(|| {
            let fact = said!("a form has no building block `{}`", shown(name));
            Diagnostic::error(code::NO_SUCH_SETTING, fact).help(suggestion::help(name, &words))
        })?;
        let baseline = &ground.cases[ground.baseline].form;
        let ends = [
            (ON.to_owned(), None),
            (OFF.to_owned(), Some(baseline.clone())),
        ];
        let forms = ground.cases.iter().map(|case| &case.form);
        let forms = forms.map(|form| (form.key.clone(), Some(form.clone())));
        Ok(BlockLever {
            block,
            cases,
            sources: ends.into_iter().chain(forms).collect(),
        })
    }

    /// The words that its levels may be.
    pub(crate) fn words(&self) -> Vec<String> {
        self.sources.iter().map(|(word, _)| word.clone()).collect()
    }

    /// The block of a case and the form from which it comes at a level; none where the form keeps
    /// its own.
    pub(crate) fn taken(&self, word: &str, case: usize) -> Option<(Block, &Form)> {
        if !self.cases.contains(&case) {
            return None;
        }
        let (_, source) = self.sources.iter().find(|(one, _)| one == word)?;
        Some((self.block, source.as_ref()?))
    }
}
