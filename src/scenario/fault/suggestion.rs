//! "Did you mean ...?"

use super::rendering::shown;
use super::said::{Said, said};

/// Words less alike than this are not offered, on a scale of 0 to 1.
const LEAST_LIKENESS: f64 = 0.6;
/// Comparing takes the product of both lengths; no word of ours comes near this.
const MAX_LENGTH: usize = 80;
/// Lists up to this long are given beside the nearest word.
const MAX_BESIDE: usize = 5;
/// Longer lists are shortened.
const MAX_LISTED: usize = 16;

/// The word most like this one, if any is like it.
pub(crate) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    nearest_above(LEAST_LIKENESS, word, words)
}

/// The same, if it is more like it than this, on a scale of 0 to 1: of many words one is
/// soon somewhat like any other.
pub(crate) fn nearest_above<'a>(least: f64, word: &str, words: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    if word.chars().count() > MAX_LENGTH {
        return None;
    }
    let likeness =
        |other: &str| strsim::normalized_damerau_levenshtein(&word, &other.to_lowercase());
    let mut best = (least, None);
    for &other in words {
        let likeness = likeness(other);
        if likeness > best.0 {
            best = (likeness, Some(other));
        }
    }
    best.1
}

/// A help text that offers the nearest word, or else all of them.
pub(crate) fn help(word: &str, words: &[&str]) -> Said {
    match nearest(word, words) {
        // The nearest in letters may be the farthest in meaning: `veilig` for `onveilig`.
        Some(other) if (2..=MAX_BESIDE).contains(&words.len()) => {
            said!("did you mean `{}`? The choice is {}", other, listed(words))
        }
        Some(other) => said!("did you mean `{}`?", other),
        None if words.is_empty() => said!("leave out `{}`", shown(word)),
        None if words.len() == 1 => said!("write `{}`", words[0]),
        None => said!("use one of: {}", listed(words)),
    }
}

/// Words with commas between, of a long list the first.
pub(crate) fn listed(words: &[&str]) -> Said {
    let start = words[..words.len().min(MAX_LISTED)].join(", ");
    match words.len().saturating_sub(MAX_LISTED) {
        0 => start.into(),
        n_more => said!("{} and {} more", start, n_more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    #[test]
    fn offers_the_nearest_word_or_the_list() {
        let words = ["join", "take_over", "consult"];
        assert_eq!(
            help("takeover", &words).text(Lang::En),
            "did you mean `take_over`? The choice is join, take_over, consult"
        );
        assert_eq!(
            help("erbij", &words).text(Lang::En),
            "use one of: join, take_over, consult"
        );
        assert_eq!(nearest(&"x".repeat(100_000), &words), None);
    }
}
