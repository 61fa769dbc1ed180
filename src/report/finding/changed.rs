//! What was changed in a scenario, for a page.

use crate::report::Lang;
use crate::report::chart::escaped;
use crate::report::words::changed::{Changed, MOST_TOLD};
use crate::report::words::phrase::{phrase, told};

/// What was changed in the scenario; nothing where nothing was.
pub(crate) fn changed_html(all: &[Changed], lang: Lang) -> String {
    if all.is_empty() {
        return String::new();
    }
    let item = |one: &Changed| format!("<li>{}</li>\n", escaped(lang.pick(&one.nl, &one.en)));
    let name = escaped(phrase("changed", lang));
    let (first, rest) = all.split_at(all.len().min(MOST_TOLD));
    let first: String = first.iter().map(item).collect();
    let mut html =
        format!("<p><strong>{name}:</strong></p>\n<ul class=\"changed\">\n{first}</ul>\n");
    if !rest.is_empty() {
        let more = escaped(&told(
            "changed_more",
            lang,
            &[("n", &rest.len().to_string())],
        ));
        let rest: String = rest.iter().map(item).collect();
        html += &format!("<details><summary>{more}</summary>\n<ul>\n{rest}</ul>\n</details>\n");
    }
    html
}
