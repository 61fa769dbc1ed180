//! Runs side by side, as a terminal shows them.

use super::agreement::Agreement;
use super::comparison::{Cell, SideBySide, Spot};
use crate::experiment::{excludes_zero, headlines};
use crate::model::{Better, KPIS};
use crate::report::Lang;
use crate::report::words::number::{decimals_for, local, signed};
use crate::report::words::phrase::{counted, phrase, told};
use crate::report::words::text::{cut, hang, header, length, pad_left, pad_right};

/// Characters in a line.
const WIDTH: usize = 120;
/// Characters of the names of the rows.
const NAME_WIDTH: usize = 36;
/// Characters of a run: a mean and its difference.
const SIDE_WIDTH: usize = 21;
/// Rows of differing inputs that are shown; evidence.csv of each run has all.
const MOST_CONTRASTS: usize = 40;

/// What was asked, what differs in the inputs, and the headline KPIs of every form in each run.
pub fn side_by_side(found: &SideBySide, lang: Lang) -> String {
    let page = Page { found, lang };
    let forms = (0..found.forms.len()).map(|form| page.form(form));
    let forms: String = forms.collect();
    let groups = (0..found.sides.len()).map(|group| page.agreements(group));
    page.heading() + &page.contrasts() + &forms + &page.legend() + &groups.collect::<String>()
}

struct Page<'a> {
    found: &'a SideBySide,
    lang: Lang,
}

impl Page<'_> {
    fn heading(&self) -> String {
        let n = self.found.sides.len();
        let mut text = format!(
            "\n{}\n",
            told("side_title", self.lang, &[("n", &n.to_string())])
        );
        for side in &self.found.sides {
            let n = counted(side.replications as usize, "replication", self.lang);
            let name = self.lang.pick(&side.nl, &side.en);
            text += &hang("  ", &format!("{}: {name} · {n}", side.key), WIDTH);
            let lead = format!("    {}: ", phrase("changed", self.lang));
            for one in &side.changed {
                text += &hang(&lead, self.lang.pick(&one.nl, &one.en), WIDTH);
            }
        }
        text
    }

    /// Chunks of runs that fit a line.
    fn chunks(&self) -> Vec<Vec<usize>> {
        let sides: Vec<usize> = (0..self.found.sides.len()).collect();
        let chunks = sides.chunks((WIDTH - NAME_WIDTH) / SIDE_WIDTH);
        chunks.map(<[usize]>::to_vec).collect()
    }

    fn header(&self, title: &str, sides: &[usize]) -> String {
        let keys = sides.iter().map(|&side| &*self.found.sides[side].key);
        format!(
            "\n{}",
            header(&cut(title, NAME_WIDTH - 1), keys, [NAME_WIDTH, SIDE_WIDTH])
        )
    }

    fn contrasts(&self) -> String {
        let contrasts = &self.found.contrasts;
        if contrasts.is_empty() {
            return format!("\n{}\n", phrase("side_same", self.lang));
        }
        let mut text = String::new();
        for sides in self.chunks() {
            text += &self.header(phrase("side_inputs", self.lang), &sides);
            for one in contrasts.iter().take(MOST_CONTRASTS) {
                text += &pad_right(&cut(one.name(self.lang), NAME_WIDTH - 1), NAME_WIDTH);
                for &side in &sides {
                    text += &pad_left(&cut(one.value(side, self.lang), SIDE_WIDTH - 1), SIDE_WIDTH);
                }
                text.push('\n');
            }
        }
        let n_more = contrasts.len().saturating_sub(MOST_CONTRASTS);
        if n_more > 0 {
            text += &told("side_inputs_more", self.lang, &[("n", &n_more.to_string())]);
            text.push('\n');
        }
        text
    }

    fn form(&self, form: usize) -> String {
        let (found, place) = (self.found, self.found.merged());
        let mut text = String::new();
        for sides in self.chunks() {
            text += &self.header(&found.forms[form].named.key, &sides);
            for kpi in headlines() {
                let spot = Spot { form, place, kpi };
                if found.grows_everywhere(spot) {
                    continue;
                }
                let cells = (0..found.sides.len()).map(|side| found.cell(side, spot));
                let first = cells.flatten().find_map(|cell| cell.value);
                let decimals = decimals_for(first.map_or(0.0, |one| one.mean));
                text += &pad_right(&self.name_of(kpi), NAME_WIDTH);
                for &side in &sides {
                    let cell = found.cell(side, spot);
                    let cell = cell.map_or("–".to_owned(), |cell| self.told(cell, decimals));
                    text += &pad_left(&cut(&cell, SIDE_WIDTH), SIDE_WIDTH);
                }
                text.truncate(text.trim_end().len());
                text.push('\n');
            }
        }
        text + &self.left_out(form)
    }

    /// How many figures of a form have no value in any run.
    fn left_out(&self, form: usize) -> String {
        match self.found.n_growing_everywhere(form) {
            0 => String::new(),
            n => hang(
                "",
                &told("side_left_out", self.lang, &[("n", &n.to_string())]),
                WIDTH,
            ),
        }
    }

    fn told(&self, cell: &Cell, decimals: usize) -> String {
        if cell.grows {
            return phrase("grows", self.lang).to_owned();
        }
        let Some(value) = cell.value else {
            return "–".to_owned();
        };
        let mean = local(value.mean, decimals, self.lang);
        let Some(one) = cell.difference else {
            return mean;
        };
        let star = match one.has_interval() && excludes_zero(&one) {
            true => "*",
            false => " ",
        };
        format!("{mean} {:>9}{star}", signed(one.mean, decimals, self.lang))
    }

    fn name_of(&self, kpi: usize) -> String {
        let arrow = match KPIS[kpi].better {
            Better::Lower => "↓",
            Better::Higher => "↑",
            Better::Neither => " ",
        };
        format!("{arrow} {}", cut(self.lang.kpi(&KPIS[kpi]), NAME_WIDTH - 3))
    }

    fn legend(&self) -> String {
        let mut text = vec![phrase("side_legend", self.lang)];
        let sides = 0..self.found.sides.len();
        let cells = sides.flat_map(|side| self.found.cells_of(side));
        let compared = cells.filter(|cell| cell.difference.is_some());
        let mut compared = compared.peekable();
        if compared.peek().is_some() && compared.all(|cell| cell.is_paired) {
            text.push(phrase("side_paired", self.lang));
        } else {
            text.push(phrase("side_unpaired", self.lang));
        }
        text.push(phrase("legend_grows", self.lang));
        let growing = self.found.sides.iter().flat_map(|side| {
            let told = side.growing.iter();
            told.map(|[nl, en]| format!("{}: {}", side.key, self.lang.pick(nl, en)))
        });
        let growing: String = growing.map(|one| hang("! ", &one, WIDTH)).collect();
        format!("\n{}{growing}", hang("", &text.join(" "), WIDTH))
    }

    /// What holds in all runs of a group, form by form.
    fn agreements(&self, group: usize) -> String {
        let (found, sides) = (self.found, self.found.group(group));
        let Some((first, true)) = sides.first().map(|&side| (side, sides.len() > 1)) else {
            return String::new();
        };
        let baseline = &found.sides[first].baseline;
        let names: Vec<String> = sides
            .iter()
            .map(|&one| found.sides[one].key.clone())
            .collect();
        let parts = [
            ("baseline", baseline.as_str()),
            ("runs", &self.lang.list(&names)),
        ];
        let mut text = format!(
            "\n{}",
            hang("", &told("side_agree", self.lang, &parts), WIDTH)
        );
        for (form, one) in found.forms.iter().enumerate() {
            let mut lines = String::new();
            for told in Agreement::ALL {
                if let Some((name, kpis)) = found.those(group, form, told, self.lang) {
                    lines += &hang("  ", &format!("{name}: {kpis}"), WIDTH);
                }
            }
            if !lines.is_empty() {
                text += &format!("{}\n{lines}", one.named.key);
            }
        }
        debug_assert!(text.lines().all(|line| length(line) <= WIDTH));
        text
    }
}
