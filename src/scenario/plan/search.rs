//! The conditions of a search: `measure=ondertoezichtstelling wait>90`.

use std::sync::Arc;

use crate::model::{Answer, Condition, QUESTIONS, Question, Relation};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::fault::{code, suggestion};

/// What stands where a file's name would.
const COMMAND: &str = "--find";

/// Reads the conditions of a search: a key, a sign and a value, as often as one
/// likes, with spaces between. A life must fit all of them.
///
/// # Errors
///
/// Everything that means nothing, with what may be written there.
pub fn conditions(text: &str) -> Result<Vec<Condition>, Diagnostics> {
    let source = Arc::new(Source::new(COMMAND, text.to_owned(), String::new()));
    let mut reader = Reader {
        source: &source,
        text,
        at: 0,
        log: Diagnostics::default(),
    };
    let mut conditions = Vec::new();
    reader.skip_spaces();
    if reader.rest().is_empty() {
        let help = said!("write conditions such as {}", EXAMPLE);
        let fault = Diagnostic::error(code::EMPTY, said!("nothing is asked for")).help(help);
        reader.log.push(fault);
    }
    while !reader.rest().is_empty() && !reader.log.has_enough() {
        conditions.extend(reader.condition());
        reader.skip_spaces();
    }
    match reader.log.has_errors() {
        true => Err(reader.log),
        false => Ok(conditions),
    }
}

const EXAMPLE: &str = "\"measure=ondertoezichtstelling wait>90\"";
/// Signs begin with one of these.
const SIGN_LETTERS: [char; 6] = ['=', '!', '<', '>', '≤', '≥'];

struct Reader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    /// How far it has been read \[bytes\].
    at: usize,
    log: Diagnostics,
}

/// A piece of the text, and where it is.
struct Piece<'a> {
    text: &'a str,
    place: Place,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_between).len();
    }

    /// What stands here as far as letters are like that.
    fn piece(&mut self, belongs: impl Fn(char) -> bool) -> Piece<'a> {
        let start = self.at;
        let rest = self.rest();
        let length = rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
        self.at += length;
        Piece {
            text: &rest[..length],
            place: Place::new(self.source, start..self.at),
        }
    }

    /// One condition; `None` after it has been said why it is none.
    fn condition(&mut self) -> Option<Condition> {
        let key = self.piece(|letter| !is_between(letter) && !SIGN_LETTERS.contains(&letter));
        self.skip_spaces();
        let sign = self.piece(|letter| SIGN_LETTERS.contains(&letter));
        if !sign.text.is_empty() {
            self.skip_spaces();
        }
        let value = match sign.text {
            "" => None,
            _ => self.value_piece(),
        };
        if key.text.is_empty() {
            let fact = said!("nothing is asked before `{}`", shown(sign.text));
            let help = said!("write conditions such as {}", EXAMPLE);
            self.fault(fact, help, &sign.place);
            return None;
        }
        let question = self.question(&key)?;
        let Some(value) = value else {
            let fact = said!("`{}` has no value", question.key);
            self.fault(fact, said!("write one, {}", example(question)), &key.place);
            return None;
        };
        let relation = self.relation(question, &sign);
        let number = self.value(question, &value);
        Some(Condition {
            text: format!("{}{}{}", question.key, sign.text, value.text),
            question,
            relation: relation?,
            value: number?,
        })
    }

    /// The value that follows a sign, unless the next condition does.
    fn value_piece(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let value = self.piece(|letter| !is_between(letter));
        let is_next_key = self
            .rest()
            .trim_start_matches(is_between)
            .starts_with(SIGN_LETTERS);
        if is_next_key {
            self.at = start;
        }
        (!value.text.is_empty() && !is_next_key).then_some(value)
    }

    fn question(&mut self, key: &Piece) -> Option<&'static Question> {
        let found = QUESTIONS.iter().find(|one| one.key == key.text);
        if found.is_none() {
            let keys: Vec<&str> = QUESTIONS.iter().map(|one| one.key).collect();
            let fact = said!(
                "`{}` is nothing that can be asked of a life",
                shown(key.text)
            );
            let meant = meant(key.text, &keys);
            let help = said!("{}What can be asked: {}", meant, keys.join(", "));
            let fault = Diagnostic::error(code::NO_SUCH_QUESTION, fact).help(help);
            self.log.push(fault.at(&key.place));
        }
        found
    }

    fn relation(&mut self, question: &Question, sign: &Piece) -> Option<Relation> {
        let found = Relation::SIGNS.iter().find(|(one, _)| *one == sign.text);
        let relation = found.map(|&(_, relation)| relation);
        let is_of_words = matches!(question.answer, Answer::Word { .. });
        match relation {
            Some(Relation::Is | Relation::IsNot) => relation,
            Some(_) if !is_of_words => relation,
            _ => {
                let (of, signs) = match is_of_words {
                    true => (said!("a word"), said!("= or !=")),
                    false => (said!("a number"), said!("=, !=, <, <=, > or >=")),
                };
                let fact = said!("`{}` does not go with {}", shown(sign.text), of);
                let help = said!("write {}; {}", signs, example(question));
                self.fault(fact, help, &sign.place);
                None
            }
        }
    }

    /// The number that is the value, or that a word has.
    fn value(&mut self, question: &Question, value: &Piece) -> Option<u32> {
        match question.answer {
            Answer::Word { words, .. } => {
                let words = words();
                let found = words.iter().position(|word| *word == value.text);
                if found.is_none() {
                    let key = question.key;
                    let fact = said!("`{}` is no value of `{}`", shown(value.text), key);
                    let meant = meant(value.text, &words);
                    let help = said!("{}The choice is {}", meant, words.join(", "));
                    let fault = Diagnostic::error(code::NO_SUCH_WORD, fact).help(help);
                    self.log.push(fault.at(&value.place));
                }
                found.map(|word| word as u32)
            }
            Answer::Number { unit, .. } => {
                // What is larger than any number of days is larger than all of them.
                let is_number = value.text.bytes().all(|byte| byte.is_ascii_digit());
                let number = is_number.then(|| value.text.parse().unwrap_or(u32::MAX));
                if number.is_none() {
                    let fact = said!("`{}` is not a whole number", shown(value.text));
                    let help = said!(
                        "write a number of {}; {}",
                        Said::word(unit),
                        example(question)
                    );
                    self.fault(fact, help, &value.place);
                }
                number
            }
        }
    }

    fn fault(&mut self, fact: Said, help: Said, place: &Place) {
        let fault = Diagnostic::error(code::BAD_CONDITION, fact).help(help);
        self.log.push(fault.at(place));
    }
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || letter == ','
}

/// The word most like this one, offered before all of them are listed.
fn meant(word: &str, words: &[&str]) -> Said {
    let nearest = suggestion::nearest(word, words);
    nearest.map_or(Said::from(""), |other| said!("did you mean `{}`? ", other))
}

/// How a question is put.
fn example(question: &Question) -> Said {
    let key = question.key;
    match question.answer {
        Answer::Word { words, .. } => said!("such as {}={}", key, words()[0]),
        Answer::Number { .. } => said!("such as {}>2", key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    fn texts(text: &str) -> Vec<String> {
        let conditions = conditions(text).unwrap();
        conditions.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn conditions_may_have_spaces_and_commas_about_them() {
        let expected = ["children=yes", "wait>=90", "measure!=huisverbod"];
        assert_eq!(texts("children=yes wait>=90 measure!=huisverbod"), expected);
        assert_eq!(
            texts(" children = yes, wait >= 90\n,measure != huisverbod,"),
            expected
        );
        assert_eq!(texts("handovers≥2"), ["handovers≥2"]);
    }

    #[test]
    fn every_question_can_be_put_as_its_example_says() {
        for question in &QUESTIONS {
            let example = example(question).text(Lang::En);
            let (_, example) = example.split_once("such as ").unwrap();
            let conditions = conditions(example).unwrap();
            assert_eq!(conditions[0].question.key, question.key);
        }
    }

    #[test]
    fn whatever_is_typed_is_read_to_its_end() {
        for text in [
            "=", "==", "=x", "a", "wait>", "wait=>3", "wait>-1", "é≥", "children",
        ] {
            assert!(conditions(text).is_err(), "{text}");
        }
    }
}
