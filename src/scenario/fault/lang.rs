//! The two languages of this program.

use crate::model::Label;

/// The language that people read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Names of the languages on the command line.
    pub const KEYS: [&'static str; 2] = ["nl", "en"];

    /// Its name.
    pub fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }

    /// The language of that name.
    pub fn from_key(key: &str) -> Option<Lang> {
        [Lang::Nl, Lang::En]
            .into_iter()
            .find(|one| one.key() == key)
    }

    /// The text in this language.
    pub fn pick<'a>(self, nl: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Nl => nl,
            Lang::En => en,
        }
    }

    /// The label in this language.
    pub fn label(self, label: &Label) -> &str {
        self.pick(&label.nl, &label.en)
    }
}
