//! The tables of a run for who uses Excel: numbers that are numbers in any country's.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::document::facts;
use super::first::what;
use crate::experiment::TEAM_FIGURES;
use crate::model::{KPIS, Unit};
use crate::report::figure::picture::{better, row};
use crate::report::figure::picture::{decimals, name};
use crate::report::finding::breadth::Breadth;
use crate::report::finding::verdict::Verdict;
use crate::report::finding::warning_title::titles;
use crate::report::record::field::Exact;
use crate::report::words::board_kpi::FIRST;
use crate::report::words::phrase::phrase;
use crate::report::words::sentence::capital;
use crate::report::words::text::cut;
use crate::report::words::wording;
use crate::report::{Lang, Run};
use crate::scenario::{Grade, harmless};
use crate::stats::Estimate;

/// Characters that a cell can hold.
const LONGEST: usize = 32_000;
/// What a spreadsheet shows of a number with so many decimals, each country in its own way.
const FORMATS: [&str; 7] = [
    "#,##0",
    "#,##0.0",
    "#,##0.00",
    "#,##0.000",
    "#,##0.0000",
    "#,##0.00000",
    "#,##0.000000",
];
/// Widths of columns: of a number and of words \[characters\].
const NARROW: f64 = 14.0;
const WIDE: f64 = 38.0;
/// A text from here on gets a column of words \[characters\].
const LONG: usize = 18;

/// What stands in a cell.
enum Cell {
    Text(String),
    /// A number, and the decimals that are shown of it.
    Number(f64, usize),
    Empty,
}

/// A sheet: its name, what stands above its table, the head of the table, and its rows.
struct Leaf {
    name: &'static str,
    above: Vec<String>,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
    /// Columns that stay in sight.
    n_frozen: u16,
}

/// The name of the workbook in a language.
pub(crate) fn workbook_name(lang: Lang) -> &'static str {
    phrase("page_tables_xlsx", lang)
}

/// The workbook of a run, the same bytes each time.
pub(crate) fn workbook(run: &Run, lang: Lang) -> Vec<u8> {
    let leaves = [
        summary(run, lang),
        comparison(run, lang),
        regions(run, lang),
        teams(run, lang),
        assumptions(run, lang),
        guide(run, lang),
    ];
    let label = &run.manifest.scenario;
    written(&leaves, lang.pick(&label.nl, &label.en)).expect("memory takes what is written")
}

fn written(leaves: &[Leaf], title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let known = DocProperties::new()
        .set_title(text(title))
        .set_author("rvtsim")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?);
    book.set_properties(&known);
    let heavy = Format::new()
        .set_align(FormatAlign::Top)
        .set_text_wrap()
        .set_bold();
    let plain = Format::new();
    let title_format = Format::new().set_bold();
    let numbers = FORMATS.map(|format| Format::new().set_num_format(format));
    for leaf in leaves {
        let sheet = book.add_worksheet();
        sheet.set_name(leaf.name)?;
        sheet.set_landscape().set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        for (line, row) in leaf.above.iter().zip(0..) {
            let format = if row == 0 { &title_format } else { &plain };
            sheet.write_string_with_format(row, 0, text(line), format)?;
        }
        let top = leaf.above.len() as u32 + u32::from(!leaf.above.is_empty());
        for (name, column) in leaf.head.iter().zip(0..) {
            sheet.write_string_with_format(top, column, text(name), &heavy)?;
            let cells = leaf
                .rows
                .iter()
                .filter_map(|row| row.get(usize::from(column)));
            let is_long =
                |cell: &Cell| matches!(cell, Cell::Text(text) if text.chars().count() > LONG);
            let width = if cells.into_iter().any(is_long) {
                WIDE
            } else {
                NARROW
            };
            sheet.set_column_width(column, width)?;
        }
        for (cells, row) in leaf.rows.iter().zip(top + 1..) {
            for (cell, column) in cells.iter().zip(0..) {
                match cell {
                    Cell::Text(words) => sheet.write_string(row, column, text(words))?,
                    Cell::Number(value, decimals) => {
                        let format = &numbers[(*decimals).min(FORMATS.len() - 1)];
                        sheet.write_number_with_format(row, column, *value, format)?
                    }
                    Cell::Empty => continue,
                };
            }
        }
        let last = (top + leaf.rows.len() as u32, leaf.head.len() as u16 - 1);
        sheet.autofilter(top, 0, last.0.max(top + 1), last.1)?;
        sheet.set_freeze_panes(top + 1, leaf.n_frozen)?;
    }
    book.save_to_buffer()
}

/// Letters that do nothing, no more than a cell can hold. No text of a cell is ever a formula here.
fn text(words: &str) -> String {
    harmless(&cut(words, LONGEST)).into_owned()
}

fn words(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn number(value: Option<f64>, decimals: usize) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Number(value, decimals))
}

fn head(keys: &[&str], lang: Lang) -> Vec<String> {
    keys.iter()
        .map(|key| phrase(&format!("book_{key}"), lang).to_owned())
        .collect()
}

fn ends(one: Option<Estimate>, decimals: usize) -> [Cell; 2] {
    let one = one.filter(Estimate::has_interval);
    [one.map(|one| one.low), one.map(|one| one.high)].map(|end| number(end, decimals))
}

/// Value and difference of a KPI of a form in a place, with what may be said of it.
fn figures(run: &Run, form: usize, place: usize, kpi: usize, lang: Lang) -> Vec<Cell> {
    let n = decimals(run, kpi);
    let (value, difference) = (
        run.estimate(form, place, kpi),
        run.difference(form, place, kpi),
    );
    let mut cells = vec![number(value.map(|one| one.mean), n)];
    cells.extend(ends(value, n));
    cells.push(number(difference.map(|one| one.mean), n));
    cells.extend(ends(difference, n));
    let verdict = match (form == run.baseline(), run.grows(form, place, kpi)) {
        (_, true) => phrase("grows", lang),
        (true, false) => phrase("form_baseline", lang),
        (false, false) => Verdict::of_kpi(run, form, place, kpi).words(lang),
    };
    cells.push(words(verdict));
    cells
}

const FIGURES: [&str; 7] = [
    "value",
    "low",
    "high",
    "difference",
    "low",
    "high",
    "verdict",
];

/// Warnings, and the rows that a board reads first.
fn summary(run: &Run, lang: Lang) -> Leaf {
    let label = &run.manifest.scenario;
    let mut above = vec![
        lang.pick(&label.nl, &label.en).to_owned(),
        facts(run, lang),
        what(run, lang),
        String::new(),
        phrase("warnings_title", lang).to_owned(),
    ];
    for (title, texts) in titles(run, lang) {
        above.push(title);
        above.extend(texts.into_iter().map(|text| format!("– {text}")));
    }
    let mut names = head(&["indicator", "better"], lang);
    names.extend(
        run.forms()
            .iter()
            .map(|form| form.short_name(lang).to_owned()),
    );
    let line = |key: &&str| {
        let kpi = row(key);
        let mut cells = vec![words(name(kpi, lang)), words(better(kpi, lang))];
        cells.extend(
            (0..run.forms().len()).map(|form| match run.grows(form, run.merged(), kpi) {
                true => words(phrase("grows", lang)),
                false => {
                    let value = run.estimate(form, run.merged(), kpi);
                    number(value.map(|one| one.mean), decimals(run, kpi))
                }
            }),
        );
        cells
    };
    let mut rows: Vec<Vec<Cell>> = FIRST.iter().map(line).collect();
    let mut growing = vec![words(phrase("growing_regions", lang)), Cell::Empty];
    let forms = 0..run.forms().len();
    growing.extend(forms.map(|form| Cell::Number(run.n_growing(form) as f64, 0)));
    rows.push(growing);
    Leaf {
        name: phrase("book_summary", lang),
        above,
        head: names,
        rows,
        n_frozen: 1,
    }
}

/// Every KPI of every form, all regions together.
fn comparison(run: &Run, lang: Lang) -> Leaf {
    let mut names = head(&["form", "indicator", "better"], lang);
    names.extend(head(&FIGURES, lang));
    names.extend(head(&["n_lower", "n_higher", "n_regions"], lang));
    let spots = (0..KPIS.len()).flat_map(|kpi| (0..run.forms().len()).map(move |form| (kpi, form)));
    let rows = spots.map(|(kpi, form)| {
        let mut cells = vec![
            words(run.forms()[form].short_name(lang)),
            words(name(kpi, lang)),
            words(better(kpi, lang)),
        ];
        cells.extend(figures(run, form, run.merged(), kpi, lang));
        if form != run.baseline() {
            let found = Breadth::of(run, form, kpi);
            let n = [found.lower, found.higher, found.all];
            cells.extend(n.map(|n| Cell::Number(n as f64, 0)));
        }
        cells
    });
    Leaf {
        name: phrase("book_comparison", lang),
        above: Vec::new(),
        rows: rows.collect(),
        head: names,
        n_frozen: 2,
    }
}

/// Every KPI of every form in every region.
fn regions(run: &Run, lang: Lang) -> Leaf {
    let mut names = head(&["region", "form", "indicator", "better"], lang);
    names.extend(head(&FIGURES, lang));
    let mut rows = Vec::new();
    for place in 0..run.merged() {
        for kpi in 0..KPIS.len() {
            for form in 0..run.forms().len() {
                let mut cells = vec![
                    words(&run.places[place]),
                    words(run.forms()[form].short_name(lang)),
                    words(name(kpi, lang)),
                    words(better(kpi, lang)),
                ];
                cells.extend(figures(run, form, place, kpi, lang));
                rows.push(cells);
            }
        }
    }
    Leaf {
        name: phrase("book_regions", lang),
        above: Vec::new(),
        head: names,
        rows,
        n_frozen: 3,
    }
}

/// Every team of every form in every region, and in all of them together.
fn teams(run: &Run, lang: Lang) -> Leaf {
    let mut names = head(&["form", "region", "team"], lang);
    let figure = |figure: &crate::experiment::TeamFigure| match lang {
        Lang::Nl => capital(figure.nl),
        Lang::En => capital(&figure.key.replace('_', " ")),
    };
    names.extend(TEAM_FIGURES.iter().map(figure));
    let rows = run.teams.iter().map(|team| {
        let form = &run.forms()[team.form];
        let label = &form.teams[team.team];
        let place = match team.place == run.merged() {
            true => phrase("script_all", lang),
            false => &run.places[team.place],
        };
        let mut cells = vec![
            words(form.short_name(lang)),
            words(place),
            words(lang.pick(&label.nl, &label.en)),
        ];
        cells.extend(team.figures.iter().map(|value| number(*value, 1)));
        cells
    });
    Leaf {
        name: phrase("book_teams", lang),
        above: Vec::new(),
        rows: rows.collect(),
        head: names,
        n_frozen: 3,
    }
}

/// Every parameter, as the page has them.
fn assumptions(run: &Run, lang: Lang) -> Leaf {
    let keys = [
        "parameter",
        "what",
        "given",
        "unit",
        "low",
        "high",
        "grade",
        "source",
        "by",
    ];
    let rows = run.by_influence().into_iter().map(|one| {
        let unit = Unit::ALL.iter().find(|unit| unit.key() == one.unit);
        let exact = |Exact(value)| Cell::Number(value, n_decimals(value));
        vec![
            words(&one.key),
            words(one.meaning(lang)),
            exact(one.value),
            words(unit.map_or(&*one.unit, |unit| lang.unit(*unit))),
            exact(one.low),
            exact(one.high),
            words(one.grade.key()),
            words(&one.source),
            words(one.overridden_by.replace(';', ", ")),
        ]
    });
    Leaf {
        name: phrase("book_assumptions", lang),
        above: Vec::new(),
        head: head(&keys, lang),
        rows: rows.collect(),
        n_frozen: 1,
    }
}

/// Decimals with which a number is whole, at most those of a format.
fn n_decimals(value: f64) -> usize {
    let shown = crate::report::words::number::six_digits(value);
    let fraction = shown
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    fraction.min(FORMATS.len() - 1)
}

/// How to read the sheets, and what the indicators and grades mean.
fn guide(run: &Run, lang: Lang) -> Leaf {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut say = |name: &str, meaning: &str| rows.push(vec![words(name), words(meaning)]);
    for (key, meaning) in crate::report::words::phrase::phrases("booknote_", lang) {
        say(phrase(&format!("book_{key}"), lang), meaning);
    }
    for grade in Grade::ALL
        .iter()
        .filter(|grade| run.n_of_grade(**grade) > 0)
    {
        let meaning = wording::grade(*grade, lang);
        say(phrase("book_grade", lang), &meaning);
    }
    for (kpi, one) in KPIS.iter().enumerate() {
        say(&name(kpi, lang), one.definition);
    }
    Leaf {
        name: phrase("book_guide", lang),
        above: Vec::new(),
        head: head(&["what", "meaning"], lang),
        rows,
        n_frozen: 1,
    }
}
