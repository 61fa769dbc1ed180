//! How a diagnostic looks.

use std::borrow::Cow;

use annotate_snippets::{
    AnnotationKind, Element, Level as Shade, Origin, Renderer, Snippet, Title,
};

use super::diagnostic::{Diagnostic, Level};
use super::harmless::{harmless, harmless_letter};
use super::lang::Lang;
use super::said::Said;
use super::source::Place;

/// A line longer than this is named and not shown \[bytes\].
const MAX_LINE: usize = 4000;

/// A diagnostic with its line underlined.
pub(crate) fn render(diagnostic: &Diagnostic, color: bool, lang: Lang) -> String {
    // Whatever of the user's text has come into a sentence; the line itself the renderer takes care of.
    let harmless = |said: &Said| harmless(&said.text(lang)).into_owned();
    let message = harmless(&diagnostic.message);
    let help = diagnostic.help.as_ref().map(harmless);
    let (shade, name) = match diagnostic.level {
        Level::Error => (Shade::ERROR, lang.pick("fout", "error")),
        Level::Warning => (Shade::WARNING, lang.pick("let op", "warning")),
    };
    let advice = Shade::HELP.with_name(lang.pick("tip", "help"));
    let title: Title = shade
        .with_name(name)
        .primary_title(&*message)
        .id(diagnostic.code);
    let place = diagnostic.place.as_ref().map(excerpt);
    let help = help.as_deref().map(|help| advice.message(help).into());
    let group = title.elements(place.into_iter().chain(help));
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group]).to_string()
}

fn excerpt(place: &Place) -> Element<'_> {
    let (line, span) = place.excerpt();
    if line.len() > MAX_LINE {
        let origin = Origin::path(place.path()).line(place.line());
        return origin.char_column(place.column()).into();
    }
    Snippet::source(line)
        .path(place.path())
        .line_start(place.line())
        .annotation(AnnotationKind::Primary.span(span))
        .into()
}

/// A piece of the user's text as it may stand in a sentence: short, and without control
/// characters that would act on a terminal.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    const MAX_SHOWN: usize = 60;
    let is_harmless = text.chars().all(|letter| !is_control(letter));
    if is_harmless && text.len() <= MAX_SHOWN {
        return text.into();
    }
    let start: String = text.chars().take(MAX_SHOWN).flat_map(printable).collect();
    let dots = if text.chars().nth(MAX_SHOWN).is_some() {
        "…"
    } else {
        ""
    };
    format!("{start}{dots}").into()
}

fn is_control(letter: char) -> bool {
    letter.is_control() || harmless_letter(letter) != letter
}

fn printable(character: char) -> Vec<char> {
    if is_control(character) {
        character.escape_default().collect()
    } else {
        vec![character]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scenario::fault::source::Source;

    #[test]
    fn the_line_is_underlined_where_the_place_says() {
        let text = "a = 1\n\tlokale_één = twee # drie\n";
        let source = Arc::new(Source::new("map/x.toml", text.to_owned(), String::new()));
        let start = text.find("twee").unwrap();
        let place = Place::new(&source, start..start + 4);
        let report = Diagnostic::error("S999", Said::from("twee is not a number"))
            .help(Said::from("write 2"))
            .at(&place)
            .render(false, Lang::En);
        let position = format!("--> map/x.toml:{}:{}", place.line(), place.column());
        assert!(
            report.starts_with("error[S999]: twee is not a number\n"),
            "{report}"
        );
        assert!(report.contains(&position), "{report}");
        assert!(report.contains("^^^^"), "{report}");
        assert!(report.contains("= help: write 2"), "{report}");
    }

    #[test]
    fn text_of_the_user_cannot_write_to_the_terminal() {
        assert_eq!(shown("a\u{1b}[31m"), "a\\u{1b}[31m");
        assert_eq!(shown("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(shown(&"é".repeat(80)).chars().count(), 61);
        let text = "a = \"\u{1b}]0;x\u{7}\u{202e}\"\n".to_owned();
        let source = Arc::new(Source::new("a.toml", text, String::new()));
        let report = Diagnostic::error("S999", Said::from("not \u{1b}[8m this\u{2066}"))
            .help(Said::from("\u{9b}2J"))
            .at(&Place::new(&source, 4..12))
            .render(false, Lang::En);
        let is_harmless = |letter| harmless_letter(letter) == letter;
        assert!(report.chars().all(is_harmless), "{report:?}");
    }
}
