//! Runs side by side, as a part of a page.

use super::agreement::Agreement;
use super::comparison::{Cell, SideBySide, Spot};
use super::range::Range;
use crate::experiment::headlines;
use crate::report::Lang;
use crate::report::chart::escaped;
use crate::report::finding::changed::changed_html;
use crate::report::finding::verdict::{Verdict, change};
use crate::report::words::number::{decimals_for, local};
use crate::report::words::phrase::{of_spread, phrase, told};
use crate::report::words::sentence::capital;

impl SideBySide {
    fn label(&self, side: usize, lang: Lang) -> String {
        let side = &self.sides[side];
        format!(
            "{} <small><code>{}</code></small>",
            escaped(lang.pick(&side.nl, &side.en)),
            escaped(&side.key)
        )
    }

    /// What holds in all runs of a group and what depends on them, a list for each form.
    pub(crate) fn agreement_html(&self, group: usize, lang: Lang) -> String {
        let mut html = String::new();
        for (form, one) in self.forms.iter().enumerate() {
            let mut lines = String::new();
            for told in Agreement::ALL {
                if let Some((name, kpis)) = self.those(group, form, told, lang) {
                    let kpis = escaped(&kpis);
                    lines += &format!("<li><strong>{name}:</strong> {kpis}</li>\n");
                }
            }
            if !lines.is_empty() {
                let name = escaped(one.short_name(lang));
                html += &format!("<h4>{name}</h4>\n<ul>\n{lines}</ul>\n");
            }
        }
        html
    }

    /// The numbers of all runs.
    pub(crate) fn all(&self) -> Vec<usize> {
        (0..self.sides.len()).collect()
    }

    /// What these runs are called, in a sentence.
    pub(crate) fn names(&self, sides: &[usize], lang: Lang) -> String {
        let names = sides.iter().map(|&side| {
            let side = &self.sides[side];
            format!("‘{}’", lang.pick(&side.nl, &side.en))
        });
        lang.list(&names.collect::<Vec<_>>())
    }

    /// A row for each KPI, a column for each form: the lowest and highest mean in the runs of a group, and
    /// whether the difference from the baseline holds in all of them.
    pub(crate) fn ranges_html(&self, group: usize, kpis: &[usize], lang: Lang) -> String {
        let n = self.group(group).len().to_string();
        let cell = |spot: Spot| {
            let range = self.range(group, spot);
            let told = (range.agreement)
                .filter(|_| !self.grows_everywhere(spot))
                .map(|one| {
                    let text = told(
                        &format!("beside_{}", one.key()),
                        lang,
                        &[("n", &n), ("grows", Verdict::Grows.sign())],
                    );
                    format!("<small>{}</small>", escaped(&text))
                });
            Self::range_html(range, lang) + &told.unwrap_or_default()
        };
        let caption = told("beside_ranges", lang, &[("n", &n)]);
        self.by_form(&caption, kpis, lang, cell)
    }

    /// A table with a row for each KPI and a column for each form.
    fn by_form(
        &self,
        caption: &str,
        kpis: &[usize],
        lang: Lang,
        cell: impl Fn(Spot) -> String,
    ) -> String {
        let names = self.forms.iter().map(|form| escaped(form.short_name(lang)));
        let names: Vec<String> = names.collect();
        let heads = names.iter();
        let heads: String = heads
            .map(|name| format!("<th scope=\"col\">{name}</th>"))
            .collect();
        let place = self.merged();
        let row = |&kpi: &usize| {
            let cells = names.iter().enumerate().map(|(form, name)| {
                let text = cell(Spot { form, place, kpi });
                format!("<td data-label=\"{name}\">{text}</td>")
            });
            let (name, cells) = (kpi_name(kpi, lang), cells.collect::<String>());
            format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
        };
        let rows: String = kpis.iter().map(row).collect();
        let (caption, head) = (escaped(caption), phrase("side_kpi", lang));
        format!(
            "<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{head}</th>{heads}</tr></thead>\n\
             <tbody>\n{rows}</tbody>\n</table>\n"
        )
    }

    /// The lowest and the highest mean of a figure in the runs of a group, and in how many it grows.
    fn range_html(range: Range, lang: Lang) -> String {
        let largest = range.ends.map(|[low, high]| low.abs().max(high.abs()));
        let between = format!(" {} ", phrase("to", lang));
        let told_range = range.told(decimals_for(largest.unwrap_or(0.0)), &between, lang);
        escaped(&match (told_range, range.n_growing) {
            (Some(told), 0) => told,
            (None, 0) => phrase("beside_nothing", lang).to_owned(),
            (None, _) => phrase("grows", lang).to_owned(),
            (Some(one), n) => {
                let parts = [("range", &*one), ("n", &n.to_string())];
                told("beside_partly_grows", lang, &parts)
            }
        })
    }

    /// With, without and the difference for each variant, under each belief set; under the first unfolded.
    pub(crate) fn variants_html(&self, kpis: &[usize], lang: Lang) -> String {
        let sides = self.sides.iter().enumerate();
        let variants = sides.filter(|(_, side)| side.group > 0);
        let section = |(number, side): (usize, &super::comparison::Side)| {
            let name = lang.pick(&side.nl, &side.en);
            let caption = told("beside_with", lang, &[("variant", name)]);
            let table = self.by_form(&caption, kpis, lang, |spot| self.with(number, spot, lang));
            let table = changed_html(&side.changed, lang) + &table;
            let is_first =
                self.sides.iter().position(|one| one.group == side.group) == Some(number);
            match is_first {
                true => table,
                false => {
                    let name = escaped(name);
                    format!(
                        "<details class=\"fold\"><summary>{name}</summary>\n{table}</details>\n"
                    )
                }
            }
        };
        variants.map(section).collect()
    }

    /// A figure with a variant, without it, and the difference.
    fn with(&self, side: usize, spot: Spot, lang: Lang) -> String {
        let base = self.sides[side].with.and_then(|with| self.cell(with, spot));
        let Some((base, cell)) = base.zip(self.cell(side, spot)) else {
            return "–".to_owned();
        };
        let decimals = decimals_for(base.value.map_or(0.0, |one| one.mean));
        let mean = |cell: &Cell| match cell.value {
            _ if cell.grows => phrase("grows", lang).to_owned(),
            Some(one) => local(one.mean, decimals, lang),
            None => "–".to_owned(),
        };
        if cell.grows && base.grows {
            return escaped(phrase("grows", lang));
        }
        let parts = [("with", &*mean(cell)), ("without", &mean(base))];
        let both = escaped(&told("beside_both_means", lang, &parts));
        match cell.difference {
            None => both,
            Some(one) => {
                let verdict = Verdict::of(Some(one));
                let parts = [("change", &*change(Some(one), lang))];
                let key = match verdict {
                    Verdict::Lower | Verdict::Higher => "side_difference",
                    _ => "beside_no_difference",
                };
                format!("{both}<small>{}</small>", escaped(&told(key, lang, &parts)))
            }
        }
    }

    /// A table for each form: headline KPIs, a column for each of these runs.
    pub(crate) fn tables_html(&self, sides: &[usize], lang: Lang) -> String {
        let heads: String = sides
            .iter()
            .map(|&side| format!("<th scope=\"col\">{}</th>", self.label(side, lang)))
            .collect();
        let table = |(form, one): (usize, &crate::report::folder::manifest::Form)| {
            let rows = headlines().filter_map(|kpi| self.row(form, kpi, sides, lang));
            let rows: String = rows.collect();
            let mut name = escaped(one.short_name(lang));
            let n = self.n_growing_everywhere(form);
            if n > 0 {
                name += ". ";
                name += &escaped(&told("side_left_out", lang, &[("n", &n.to_string())]));
            }
            let head = phrase("side_kpi", lang);
            format!(
                "<table>\n<caption>{name}</caption>\n\
                 <thead><tr><th scope=\"col\">{head}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
            )
        };
        self.forms.iter().enumerate().map(table).collect()
    }

    fn row(&self, form: usize, kpi: usize, sides: &[usize], lang: Lang) -> Option<String> {
        let place = self.merged();
        if self.grows_everywhere(Spot { form, place, kpi }) {
            return None;
        }
        let cells: Vec<Option<&Cell>> = (sides.iter())
            .map(|&side| self.cell(side, Spot { form, place, kpi }))
            .collect();
        let first = cells.iter().flatten().find_map(|cell| cell.value)?;
        let decimals = decimals_for(first.mean);
        let cell = |(&side, cell): (&usize, &Option<&Cell>)| {
            let name = &self.sides[side];
            let name = escaped(lang.pick(&name.nl, &name.en));
            let text = cell.map_or("–".to_owned(), |cell| told_of(cell, decimals, lang));
            format!("<td data-label=\"{name}\">{text}</td>")
        };
        let cells: String = sides.iter().zip(&cells).map(cell).collect();
        let name = kpi_name(kpi, lang);
        Some(format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n"))
    }

    /// What differs in the inputs, as a table.
    pub(crate) fn contrasts_html(&self, lang: Lang) -> String {
        if self.contrasts.is_empty() {
            return format!("<p>{}</p>\n", escaped(phrase("side_same", lang)));
        }
        let heads = (0..self.sides.len())
            .map(|side| format!("<th scope=\"col\">{}</th>", escaped(&self.sides[side].key)));
        let row = |one: &super::contrast::Contrast| {
            let cells = (0..self.sides.len()).map(|side| {
                let key = escaped(&self.sides[side].key);
                let value = escaped(one.value(side, lang));
                format!("<td data-label=\"{key}\">{value}</td>")
            });
            let (name, cells) = (escaped(one.name(lang)), cells.collect::<String>());
            format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
        };
        let caption = escaped(phrase("side_inputs", lang));
        let (what, heads) = (
            escaped(phrase("side_what", lang)),
            heads.collect::<String>(),
        );
        let rows: String = self.contrasts.iter().map(row).collect();
        format!(
            "<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{what}</th>{heads}</tr></thead>\n\
             <tbody>\n{rows}</tbody>\n</table>\n"
        )
    }

    /// How differences are to be read.
    pub(crate) fn guide(&self, lang: Lang) -> String {
        let mut cells = (0..self.sides.len()).flat_map(|side| self.cells_of(side));
        let is_apart = cells.any(|cell| cell.difference.is_some() && !cell.is_paired);
        let pairing = match is_apart {
            true => "side_unpaired",
            false => "side_paired",
        };
        let has_worlds = self.sides.iter().any(|side| side.has_worlds);
        let n = self.sides.iter().map(|side| side.replications).max();
        let guide = of_spread("side_guide", n.unwrap_or(0), has_worlds);
        [&*guide, pairing, "legend_grows"]
            .map(|key| phrase(key, lang))
            .join(" ")
    }
}

fn kpi_name(kpi: usize, lang: Lang) -> String {
    escaped(&capital(&lang.kpi_alone(kpi)))
}

/// A mean, and under it the difference from the run with which it is compared.
fn told_of(cell: &Cell, decimals: usize, lang: Lang) -> String {
    if cell.grows {
        return escaped(phrase("grows", lang));
    }
    let Some(value) = cell.value else {
        return "–".to_owned();
    };
    let mean = local(value.mean, decimals, lang);
    match cell.difference {
        None => mean,
        Some(one) => {
            let difference = told(
                "side_difference",
                lang,
                &[("change", &change(Some(one), lang))],
            );
            format!("{mean}<small>{}</small>", escaped(&difference))
        }
    }
}
