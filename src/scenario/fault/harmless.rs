//! Letters in the text of others that would act on whatever shows them.

use std::borrow::Cow;

/// The letter, or a sign for one that is no text: a control character, which a terminal obeys; a mark
/// that turns round the text about it or breaks its line unseen; what XML does not allow.
pub fn harmless_letter(letter: char) -> char {
    match letter {
        '\t' | '\n' => letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ if letter.is_control() => '\u{fffd}',
        _ => letter,
    }
}

/// A text of which every letter is harmless.
pub fn harmless(text: &str) -> Cow<'_, str> {
    match text.chars().all(|letter| harmless_letter(letter) == letter) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().map(harmless_letter).collect()),
    }
}
