//! The forms that come into force: where, from when, who does what in them, and what a family goes through.

use crate::model::Independence;
use crate::report::chart::escaped;
use crate::report::record::stage_table::{BETWEEN, ROUTES, StageLine, StageRow};
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run, local};

/// A row for each form of a path, wherever and whenever; nothing where no form comes into force.
pub(crate) fn table(run: &Run, lang: Lang) -> String {
    let mut shown: Vec<Vec<&StageLine>> = Vec::new();
    for line in &run.stages {
        let is_same = |one: &&mut Vec<&StageLine>| {
            (one[0].path, &one[0].row.stage) == (line.path, &line.row.stage)
        };
        match shown.iter_mut().find(is_same) {
            Some(one) => one.push(line),
            None => shown.push(vec![line]),
        }
    }
    if shown.is_empty() {
        return String::new();
    }
    let heads = ["stage_form", "stage_where", "stage_who"].map(|key| escaped(phrase(key, lang)));
    let heads = heads.into_iter().chain(ROUTES.map(str::to_owned));
    let heads: String = heads
        .map(|head| format!("<th scope=\"col\">{head}</th>"))
        .collect();
    let paths = (0..run.forms().len()).map(|path| {
        let own = shown.iter().filter(|one| one[0].path == path);
        let rows: String = own.map(|one| row(run, one, lang)).collect();
        if rows.is_empty() {
            return rows;
        }
        let name = escaped(run.forms()[path].short_name(lang));
        format!(
            "<tbody><tr><th class=\"form\" colspan=\"{}\" scope=\"rowgroup\">{name}</th></tr>\n{rows}</tbody>\n",
            ROUTES.len() + 3
        )
    });
    let paths: String = paths.collect();
    let [title, legend] = ["stage_title", "stage_legend"].map(|key| escaped(phrase(key, lang)));
    format!(
        "<h3>{title}</h3>\n<p class=\"fine\">{legend}</p>\n\
         <table class=\"teams stages\">\n<thead><tr>{heads}</tr></thead>\n{paths}</table>\n"
    )
}

fn row(run: &Run, lines: &[&StageLine], lang: Lang) -> String {
    let first = &lines[0].row;
    let name = escaped(lang.pick(&first.name[0], &first.name[1]));
    let cell = |head: &str, content: String| format!("<td data-label=\"{head}\">{content}</td>");
    let places = lines.iter().map(|line| escaped(&place(&line.row, lang)));
    let places = cell(
        &escaped(phrase("stage_where", lang)),
        places.collect::<Vec<_>>().join("<br>"),
    );
    let who = cell(
        &escaped(phrase("stage_who", lang)),
        escaped(&who(run, lines[0], lang)),
    );
    let routes = ROUTES.iter().zip(&first.routes);
    let routes: String = routes
        .map(|(route, counts)| cell(route, escaped(counts)))
        .collect();
    let source = escaped(phrase("stage_source", lang));
    format!(
        "<tr><th scope=\"row\">{name}<details><summary>{source}</summary><p class=\"fine\" lang=\"en\">{}</p></details></th>\
         {places}{who}{routes}</tr>\n",
        escaped(&first.source),
    )
}

/// `Hulst (27.000 inwoners), 1 april 2022`.
fn place(line: &StageRow, lang: Lang) -> String {
    let [from, to] = line.days.map(|day| lang.date(day));
    let when = match from == to {
        true => told("stage_from", lang, &[("from", &from)]),
        false => told("stage_from_to", lang, &[("from", &from), ("to", &to)]),
    };
    let when = match line.slips.map(|days| days.map(|day| lang.date(day))) {
        None => when,
        Some([earliest, latest]) => {
            let parts = [
                ("when", &*when),
                ("earliest", &earliest),
                ("latest", &latest),
            ];
            told("stage_slips", lang, &parts)
        }
    };
    let where_ = match &*line.places {
        "" => phrase("stage_everywhere", lang),
        places => places,
    };
    let inhabitants = local(line.inhabitants as f64, 0, lang);
    let parts = [("places", where_), ("n", &*inhabitants), ("when", &*when)];
    told("stage_place", lang, &parts)
}

/// Who holds the family, takes it over, joins and checks.
fn who(run: &Run, line: &StageLine, lang: Lang) -> String {
    let names = |keys: &str| {
        let teams = &run.forms()[line.path].teams;
        let name = |key: &str| {
            let team = teams.iter().find(|team| team.key == key);
            team.map_or_else(
                || key.to_owned(),
                |team| lang.pick(&team.nl, &team.en).to_owned(),
            )
        };
        let names: Vec<String> = keys.split(BETWEEN).map(name).collect();
        names.join(", ")
    };
    let keys = [
        "stage_holds",
        "stage_takes_over",
        "stage_joins",
        "stage_advises",
        "stage_checks",
    ];
    let said = keys.iter().zip(&line.row.teams);
    let said = said.filter(|(_, teams)| !teams.is_empty());
    let mut said: Vec<String> = said
        .map(|(key, teams)| told(key, lang, &[("teams", &names(teams))]))
        .collect();
    if line.row.check == Independence::Intern {
        said.push(phrase("stage_intern", lang).to_owned());
    }
    said.join(" ")
}
