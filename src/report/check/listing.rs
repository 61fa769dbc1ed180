//! Many parameters in a terminal: one line each where there is room, else two.

use super::ledger::Ledger;
use crate::report::Lang;
use crate::report::words::number::local_exact;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang, length};
use crate::report::words::wording;
use crate::scenario::{Entry, Family, Grade};

/// Characters of a source below which it had better stand on a line of its own.
const MIN_SOURCE_WIDTH: usize = 30;
/// Columns with a width of their own; the source has what is left.
const N_COLUMNS: usize = 6;
/// Characters between columns.
const GAP: &str = "  ";

/// The parameters under a heading for each grade, and how many there are of each kind.
pub(crate) fn listing(ledger: &Ledger, width: usize, lang: Lang) -> String {
    let page = Page::new(ledger, width, lang);
    let mut text = page.heading();
    for &grade in Grade::ALL.iter().rev() {
        let rows = ledger.rows().iter().copied();
        let is_of_grade = |row: &usize| ledger.scenario().ledger[*row].grade == grade;
        let rows: Vec<usize> = rows.filter(is_of_grade).collect();
        if !rows.is_empty() {
            let title = format!("{} ({})", wording::grade(grade, lang), rows.len());
            text.push_str(&format!("\n{title}\n{}\n", "─".repeat(page.ruled())));
            rows.iter().for_each(|&row| text.push_str(&page.entry(row)));
        }
    }
    text + &page.counts()
}

/// What stands behind a value that is not that of evidence.toml alone.
pub(crate) fn giver(ledger: &Ledger, row: usize, lang: Lang) -> Option<String> {
    let entry = &ledger.scenario().ledger[row];
    let mut parts = Vec::new();
    if !entry.overridden_by.is_empty() {
        let by = phrase("check_given_by", lang);
        let value = local_exact(entry.value, lang);
        let files = entry.overridden_by.join(", ");
        parts.push(format!("{by} {files} (evidence.toml: {value})"));
    }
    for (form, value) in ledger.forms(row) {
        parts.push(format!("{form}: {}", local_exact(value, lang)));
    }
    if !(entry.low..=entry.high).contains(&entry.value_in_effect) {
        parts.push(phrase("ledger_outside", lang).to_owned());
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The range as people read it.
pub(crate) fn range(entry: &Entry, lang: Lang) -> String {
    let (low, high) = (local_exact(entry.low, lang), local_exact(entry.high, lang));
    if low == high {
        low
    } else {
        format!("{low} – {high}")
    }
}

struct Page<'a> {
    ledger: &'a Ledger<'a>,
    width: usize,
    lang: Lang,
    widths: [usize; N_COLUMNS],
}

impl<'a> Page<'a> {
    fn new(ledger: &'a Ledger<'a>, width: usize, lang: Lang) -> Self {
        let mut page = Page {
            ledger,
            width,
            lang,
            widths: [0; N_COLUMNS],
        };
        let mut lines = vec![page.titles()];
        lines.extend(ledger.entries().map(|entry| page.fields(entry)));
        for fields in lines {
            for (width, field) in page.widths.iter_mut().zip(&fields) {
                *width = length(field).max(*width);
            }
        }
        page
    }

    fn titles(&self) -> [String; N_COLUMNS] {
        [
            "parameter",
            "value",
            "range",
            "unit",
            "distribution",
            "family",
        ]
        .map(|column| phrase(&format!("check_column_{column}"), self.lang).to_owned())
    }

    fn fields(&self, entry: &Entry) -> [String; N_COLUMNS] {
        [
            entry.spec.key.to_owned(),
            local_exact(entry.value_in_effect, self.lang),
            range(entry, self.lang),
            self.lang.unit(entry.spec.unit).to_owned(),
            entry.distribution.key().to_owned(),
            entry.family.key().to_owned(),
        ]
    }

    /// Characters before the source, if all stands on one line.
    fn fixed(&self) -> usize {
        self.widths.iter().sum::<usize>() + N_COLUMNS * GAP.len()
    }

    fn is_wide(&self) -> bool {
        self.width >= self.fixed() + MIN_SOURCE_WIDTH
    }

    /// Characters under a heading that are ruled.
    fn ruled(&self) -> usize {
        let narrow = self.widths[..3].iter().sum::<usize>() + 2 * GAP.len();
        if self.is_wide() {
            self.width
        } else {
            narrow.min(self.width)
        }
    }

    fn heading(&self) -> String {
        let (scenario, n) = (self.ledger.scenario(), self.ledger.rows().len());
        let label = self.lang.label(&scenario.label);
        let n_all = scenario.ledger.len();
        let facts = told(
            "ledger_heading",
            self.lang,
            &[
                ("label", label),
                ("n", &n.to_string()),
                ("n_all", &n_all.to_string()),
            ],
        );
        let source = phrase("check_source", self.lang);
        let text = format!("\n{}\n", hang("", &facts, self.width));
        text + &self.lines(&self.titles(), source)
    }

    fn entry(&self, row: usize) -> String {
        let entry = &self.ledger.scenario().ledger[row];
        // The heading of grade D says that word already.
        let source = entry.source.strip_prefix("assumption: ");
        let mut text = self.lines(&self.fields(entry), source.unwrap_or(&entry.source));
        if let Some(giver) = giver(self.ledger, row, self.lang) {
            text.push_str(&hang("  ↳ ", &giver, self.width));
        }
        text
    }

    fn lines(&self, fields: &[String; N_COLUMNS], source: &str) -> String {
        let [key, value, range, unit, distribution, family] = fields;
        let [
            key_width,
            value_width,
            range_width,
            unit_width,
            distribution_width,
            family_width,
        ] = self.widths;
        let first = format!("{key:key_width$}{GAP}{value:>value_width$}{GAP}{range:range_width$}");
        if !self.is_wide() {
            let rest = format!("  {unit} · {distribution} · {family} · {source}");
            return format!("{}\n{}\n", first.trim_end(), cut(&rest, self.width));
        }
        let rest = format!(
            "{unit:unit_width$}{GAP}{distribution:distribution_width$}{GAP}{family:family_width$}"
        );
        let source = cut(source, self.width - self.fixed());
        format!("{first}{GAP}{rest}{GAP}{source}\n")
    }

    /// How many parameters there are of each grade and family, and with values from elsewhere.
    fn counts(&self) -> String {
        let (ledger, lang) = (self.ledger, self.lang);
        let listed = |counts: Vec<(&str, usize)>| {
            let counts = counts.into_iter().filter(|&(_, n)| n > 0);
            let counts: Vec<String> = counts.map(|(key, n)| format!("{key} {n}")).collect();
            counts.join(", ")
        };
        let of_grade = |grade: &Grade| ledger.entries().filter(|one| one.grade == *grade).count();
        let of_family =
            |family: &Family| ledger.entries().filter(|one| one.family == *family).count();
        let grades = Grade::ALL
            .iter()
            .rev()
            .map(|grade| (grade.key(), of_grade(grade)));
        let families = Family::ALL
            .iter()
            .map(|family| (family.key(), of_family(family)));
        let (grades, families) = (listed(grades.collect()), listed(families.collect()));
        let rows = || ledger.rows().iter();
        let n_overridden = rows().filter(|&&row| ledger.is_overridden(row)).count();
        let n_changed = rows().filter(|&&row| ledger.is_changed(row)).count();
        let parts = [
            ("n", &*ledger.rows().len().to_string()),
            ("grades", &grades),
            ("families", &families),
            ("given", &n_overridden.to_string()),
            ("changed", &n_changed.to_string()),
        ];
        let kinds = match ledger.rows().len() {
            0 => told("check_no_parameter", lang, &parts),
            _ => told("check_parameters", lang, &parts),
        };
        let givers = match n_overridden {
            0 => String::new(),
            _ => told("check_given_elsewhere", lang, &parts),
        };
        let text = format!("{kinds} {givers}");
        format!("\n{}", hang("", &text, self.width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::check::ledger::tests::overridden;

    #[test]
    fn everything_fits_a_narrow_and_a_wide_terminal() {
        let scenario = scenario(1);
        let all: Vec<usize> = (0..scenario.ledger.len()).collect();
        let ledger = Ledger::of(&scenario, all, &[], &[]);
        for lang in [Lang::Nl, Lang::En] {
            for (width, has_one_line_each) in [(80, false), (120, false), (190, true)] {
                let text = ledger.text(width, lang);
                let too_long = text.lines().find(|line| length(line) > width);
                assert_eq!(too_long, None);
                for entry in &scenario.ledger {
                    let start = format!("{} ", entry.spec.key);
                    let mut lines = text.lines().filter(|line| line.starts_with(&start));
                    let line = lines.next().expect("a line begins with the key");
                    assert!(lines.next().is_none(), "{line}");
                    let family = format!(" {} ", entry.family.key());
                    assert_eq!(line.contains(&family), has_one_line_each, "{line}");
                }
            }
        }
    }

    #[test]
    fn the_head_names_the_columns_and_a_grade_its_meaning() {
        let scenario = overridden();
        let ledger = Ledger::of(&scenario, vec![0, 1], &[], &[]);
        let text = ledger.text(160, Lang::En);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            format!(
                "Reference run: Zeeland and Gooi en Vechtstreek · 2 of {} parameters, the weakest grade first",
                scenario.ledger.len()
            )
        );
        let names: Vec<&str> = lines[3].split_whitespace().collect();
        let expected = "parameter value range unit distribution family source";
        assert_eq!(names.join(" "), expected);
        assert_eq!(lines[5], "D: assumption of this project (1)");
    }

    #[test]
    fn a_value_from_elsewhere_says_from_where() {
        let scenario = overridden();
        let ledger = Ledger::of(&scenario, vec![0, 1], &[], &[]);
        let text = ledger.text(160, Lang::Nl);
        let told = "  ↳ gegeven door beliefs/x.toml, proef.toml (evidence.toml: 0,5) · v1_expertnetwerk: 0,75 · buiten het bereik";
        assert!(text.lines().any(|line| line == told), "{text}");
        assert!(text.contains("evidence.toml: 1, waarvan 1 met"), "{text}");
    }
}
