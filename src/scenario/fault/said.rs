//! What is said of a user's files: once in English where it is said, and once in Dutch in `dutch.toml`.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::{self, Display};
use std::io::{self, ErrorKind};
use std::sync::LazyLock;

use super::lang::Lang;

/// The Dutch of every English sentence, hole by hole.
static DUTCH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(include_str!("../dutch.toml")));

/// A sentence or a part of one that can be read in both languages; `said!` makes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// The same in both languages: a name, a number, what a parser says.
    Plain(String),
    /// An English sentence with holes `{}`, and what stands in them.
    Sentence(&'static str, Box<[Said]>),
}

/// A sentence with holes, as `format!` has them, but none with a name.
macro_rules! said {
    ($english:literal $(, $argument:expr)* $(,)?) => {
        $crate::scenario::Said::Sentence($english, Box::new([$((&$argument).into()),*]))
    };
}
pub(crate) use said;

impl Said {
    /// A sentence without holes that stands elsewhere, such as a unit.
    pub(crate) fn word(english: &'static str) -> Self {
        Said::Sentence(english, Box::default())
    }

    /// What an error says; of a disk in our words, so that they are the same on every system.
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        if let Some(Spoken(said)) = error.downcast_ref() {
            return said.clone();
        }
        let Some(error) = error.downcast_ref::<io::Error>() else {
            return match error.source() {
                Some(source) if source.is::<io::Error>() => Said::of(source),
                _ => error.into(),
            };
        };
        match (error.get_ref(), error.kind()) {
            (Some(inner), _) => Said::of(inner),
            (None, ErrorKind::NotFound) => said!("there is no such file"),
            (None, ErrorKind::InvalidInput) => said!("it is not a file"),
            (None, ErrorKind::PermissionDenied) => said!("you have no permission"),
            (None, ErrorKind::StorageFull) => said!("the disk is full"),
            (None, ErrorKind::NotADirectory) => said!("it is not a folder"),
            (None, ErrorKind::ReadOnlyFilesystem) => said!("nothing can be written there"),
            _ => error.into(),
        }
    }

    /// One after the other.
    pub fn joined(parts: impl IntoIterator<Item = Said>, between: &'static str) -> Self {
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or(Said::Plain(String::new()));
        parts.fold(first, |before, one| {
            Said::Sentence("{}{}{}", Box::new([before, between.into(), one]))
        })
    }

    /// As it reads in this language.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Said::Plain(text) => text.clone(),
            Said::Sentence(english, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|one| one.text(lang)).collect();
                let dutch = match lang {
                    Lang::Nl => DUTCH.get(english),
                    Lang::En => None,
                };
                filled(dutch.unwrap_or(english), &arguments)
            }
        }
    }
}

impl<T: Display> From<T> for Said {
    fn from(plain: T) -> Self {
        Said::Plain(plain.to_string())
    }
}

impl From<&Said> for Said {
    fn from(part: &Said) -> Self {
        part.clone()
    }
}

/// An error that says something in both languages, for whoever hands on errors of any kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spoken(pub Said);

impl Display for Spoken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.text(Lang::En))
    }
}

impl Error for Spoken {}

/// Dutch sentences by the English ones that they stand for.
pub struct Catalogue(HashMap<String, String>);

impl Catalogue {
    /// The catalogue in a TOML file of ours.
    ///
    /// # Panics
    ///
    /// If the file is not a table of texts.
    pub fn read(toml: &str) -> Self {
        Self(toml::from_str(toml).expect("a table of English and Dutch texts"))
    }

    /// The Dutch of an English sentence.
    pub fn get(&self, english: &str) -> Option<&str> {
        self.0.get(english).map(String::as_str)
    }

    /// Every English sentence and its Dutch.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(english, dutch)| (&**english, &**dutch))
    }
}

/// The template with its holes filled: `{}` by the next argument, `{1}` by the second.
/// Other braces are braces.
fn filled(template: &str, arguments: &[String]) -> String {
    let mut text = String::new();
    let mut next = 0..;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text += before;
        let hole = after.split_once('}');
        let number = hole.and_then(|(number, _)| match number {
            "" => next.next(),
            number => number.parse().ok(),
        });
        let argument = number.and_then(|number: usize| arguments.get(number));
        match (argument, hole) {
            (Some(argument), Some((_, behind))) => {
                text += argument;
                rest = behind;
            }
            _ => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_in_their_order_or_by_their_number() {
        let words = ["a", "b"].map(str::to_owned);
        assert_eq!(filled("{} = {}", &words), "a = b");
        assert_eq!(filled("{1} = {0}", &words), "b = a");
        assert_eq!(
            filled("write { exact = {} }", &words),
            "write { exact = a }"
        );
    }

    #[test]
    fn what_stands_in_a_hole_is_not_filled_again() {
        let words = ["{1}", "{}"].map(str::to_owned);
        assert_eq!(filled("{} and {}", &words), "{1} and {}");
    }
}
