//! The regions in a table: one indicator under every form.

use super::grid::sign;
use crate::report::chart::escaped;
use crate::report::figure::map::FIRST_ON_MAP;
use crate::report::figure::picture::{decimals, row};
use crate::report::finding::verdict::Verdict;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run, local};

/// A row for each region, whose name leads to its own first screen.
pub(crate) fn table(run: &Run, lang: Lang) -> String {
    let kpi = row(FIRST_ON_MAP);
    let key = lang.key();
    let heads = (0..run.forms().len()).map(|form| {
        format!(
            "<th scope=\"col\">{}</th>",
            escaped(&run.heading(form, lang))
        )
    });
    let heads: String = heads.collect();
    let rows = (0..run.merged()).map(|place| {
        let name = escaped(&run.places[place]);
        let cells = (0..run.forms().len()).map(|form| {
            let estimate = run.estimate(form, place, kpi);
            let value = estimate.map_or(String::new(), |one| local(one.mean, decimals(run, kpi), lang));
            let sign = match form == run.baseline() && estimate.is_some() {
                true => String::new(),
                false => sign(Verdict::of_kpi(run, form, place, kpi), lang),
            };
            let label = escaped(run.forms()[form].short_name(lang));
            format!("<td data-label=\"{label}\" data-f=\"{form}\">{sign}{value}</td>")
        });
        let cells: String = cells.collect();
        format!("<tr data-p=\"{place}\"><th scope=\"row\"><a href=\"#{key}-first={name}\">{name}</a></th>{cells}</tr>\n")
    });
    let rows: String = rows.collect();
    format!(
        "<table class=\"regions\">\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        escaped(phrase("regions_table", lang)),
        escaped(phrase("book_region", lang)),
    )
}
