//! The teams of every form: hours, load, wait, vacancies.

use crate::report::chart::{escaped, team_ink};
use crate::report::record::team_table::TeamLine;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run, local};

/// What the table shows of a team: a figure of teams.csv, and its decimals.
pub(crate) const SHOWN: [(&str, usize); 6] = [
    ("available_hours_per_week", 0),
    ("load_percent", 0),
    ("wait_mean_days", 1),
    ("wait_p90_days", 0),
    ("queue_mean", 0),
    ("vacancy_percent", 1),
];

/// The table of all regions together; page.js writes other numbers in it for a region.
pub(crate) fn table(run: &Run, lang: Lang) -> String {
    let heads = SHOWN.iter().map(|(key, _)| {
        let name = escaped(phrase(&format!("team_{key}"), lang));
        format!("<th scope=\"col\">{name}</th>")
    });
    let heads: String = heads.collect();
    let bodies = (0..run.forms().len()).map(|form| {
        let name = escaped(&run.heading(form, lang));
        let rows: String = run.teams_of(form, run.merged()).map(|team| line(run, team, lang)).collect();
        format!(
            "<tbody><tr><th class=\"form\" colspan=\"{}\" scope=\"rowgroup\">{name}</th></tr>\n{rows}</tbody>\n",
            SHOWN.len() + 1
        )
    });
    let bodies: String = bodies.collect();
    format!(
        "<table class=\"teams\">\n<thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>\n{bodies}</table>\n",
        escaped(phrase("team_head", lang))
    )
}

fn line(run: &Run, team: &TeamLine, lang: Lang) -> String {
    let label = &run.forms()[team.form].teams[team.team];
    let cells = SHOWN.iter().zip(0..).map(|((key, decimals), number)| {
        let value = team.figure(key);
        let value = value.map_or("–".to_owned(), |value| local(value, *decimals, lang));
        let name = escaped(phrase(&format!("team_{key}"), lang));
        format!("<td data-label=\"{name}\" data-x=\"{number}\">{value}</td>")
    });
    let cells: String = cells.collect();
    format!(
        "<tr data-f=\"{}\" data-t=\"{}\"><th scope=\"row\"><i style=\"background:{}\"></i>{}</th>{cells}</tr>\n",
        team.form,
        team.team,
        team_ink(run.team_number(&label.key)),
        escaped(lang.pick(&label.nl, &label.en)),
    )
}
