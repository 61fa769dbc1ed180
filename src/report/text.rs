//! Lines of a given width.

/// Breaks a text at its spaces into lines of at most so many characters; a
/// word that is longer gets a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text under a first line, its other lines as far to the right as the first.
pub(super) fn hang(lead: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(length(lead));
    let lines = wrap(text, width.saturating_sub(length(lead)));
    let lines = lines.iter().enumerate();
    lines
        .map(|(number, line)| format!("{}{line}\n", if number == 0 { lead } else { &indent }))
        .collect()
}

/// Cuts a text to so many characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

/// The number of characters; every one that we write is one place wide.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("één twee drie", 8), ["één twee", "drie"]);
        assert_eq!(wrap("een langwoordje", 5), ["een", "langwoordje"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn later_lines_stand_under_the_first() {
        assert_eq!(hang("! ", "aa bb", 5), "! aa\n  bb\n");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("ondertoezicht", 6), "onder…");
        assert_eq!(cut("één", 3), "één");
    }
}
