//! Words that people read, in both languages.
//!
//! Organisations, functions and measures keep their Dutch legal names in
//! English too: no English word means exactly that.

use super::number::local;
use super::phrase::{phrase, told};
use crate::engine::{DAYS_PER_YEAR, Date};
use crate::experiment::SERIES;
use crate::model::{Function, KPIS, Kind, Kpi, Measure, Severity, Unit};
use crate::scenario::{CriterionKind, Family, Grade, Lang};

impl Lang {
    /// The short name of a KPI, which may begin with "…" for the one before it.
    pub fn kpi(self, kpi: &Kpi) -> &'static str {
        self.pick(kpi.nl, kpi.en)
    }

    /// The name of the KPI in that row of the table when it stands alone.
    pub fn kpi_alone(self, row: usize) -> String {
        let name = self.kpi(&KPIS[row]);
        let Some(rest) = name.strip_prefix('…') else {
            return name.to_owned();
        };
        let names = KPIS[..row].iter().rev().map(|kpi| self.kpi(kpi));
        let before = names
            .into_iter()
            .find(|name| !name.starts_with('…'))
            .unwrap_or_default();
        format!("{before},{rest}")
    }

    /// The name of the series in that row of the table.
    pub fn series(self, row: usize) -> &'static str {
        self.pick(SERIES[row].nl, SERIES[row].en)
    }

    /// A date as it is written out: `2 maart 2026`.
    pub fn date(self, date: Date) -> String {
        const NL: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = usize::from(date.month()) - 1;
        let month = self.pick(NL[month], EN[month]);
        format!("{} {month} {}", date.day(), date.year())
    }

    /// A number of days: `1 dag`, `12 dagen`.
    pub fn days(self, n: u32) -> String {
        let unit = if n == 1 {
            phrase("unit_one_day", self)
        } else {
            phrase("unit_days", self)
        };
        format!("{n} {unit}")
    }

    /// A share in whole per cents: `12 %`.
    pub fn percent(self, share: f64) -> String {
        let n = local(100.0 * share, 0, self);
        told("percent", self, &[("n", &n)])
    }

    /// A length of time in years where it is that long: `6 jaar`, `90 dagen`.
    pub fn span(self, n_days: u32) -> String {
        let years = f64::from(n_days) / DAYS_PER_YEAR;
        if years < 1.0 {
            return self.days(n_days);
        }
        let decimals = usize::from((years - years.round()).abs() > 0.05);
        let unit = match years < 1.05 {
            true => self.unit_of(1.0, Unit::Years),
            false => self.unit(Unit::Years),
        };
        format!("{} {unit}", local(years, decimals, self))
    }

    /// Things in a row: `a, b en c`.
    pub fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                format!("{} {} {last}", first.join(", "), phrase("script_and", self))
            }
        }
    }

    /// The unit behind so many of it: `1 dag`, `2 dagen`.
    pub fn unit_of(self, value: f64, unit: Unit) -> &'static str {
        match unit {
            _ if value != 1.0 => self.unit(unit),
            Unit::Hours => phrase("unit_one_hour", self),
            Unit::HoursPerWeek => phrase("unit_one_hour_per_week", self),
            Unit::Days => phrase("unit_one_day", self),
            Unit::WorkingDays => phrase("unit_one_working_day", self),
            Unit::Weeks => phrase("unit_one_week", self),
            Unit::Years => phrase("unit_one_year", self),
            _ => self.unit(unit),
        }
    }

    /// The unit of a parameter.
    pub fn unit(self, unit: Unit) -> &'static str {
        match unit {
            Unit::Share => phrase("unit_share", self),
            Unit::PerYear => phrase("unit_per_year", self),
            Unit::PerThousandPerYear => phrase("unit_per_thousand_per_year", self),
            Unit::Hours => phrase("unit_hours", self),
            Unit::HoursPerWeek => phrase("unit_hours_per_week", self),
            Unit::Days => phrase("unit_days", self),
            Unit::WorkingDays => phrase("unit_working_days", self),
            Unit::Weeks => phrase("unit_weeks", self),
            Unit::Years => phrase("unit_years", self),
            Unit::Count => phrase("unit_count", self),
            Unit::Factor => phrase("unit_factor", self),
            Unit::Score => phrase("unit_score", self),
            Unit::Fte => "fte",
            Unit::Euros => phrase("unit_euros", self),
            Unit::Growth => phrase("unit_growth", self),
        }
    }

    /// How unsafe a home is.
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Veilig => phrase("severity_veilig", self),
            Severity::LichteZorgen => phrase("severity_lichte_zorgen", self),
            Severity::StructureelOnveilig => phrase("severity_structureel_onveilig", self),
            Severity::AcuutOnveilig => phrase("severity_acuut_onveilig", self),
        }
    }
}

/// How well a value is known, behind its letter.
pub(crate) fn grade(grade: Grade, lang: Lang) -> String {
    let meaning = match grade {
        Grade::A => phrase("grade_meaning_a", lang),
        Grade::ADegree => phrase("grade_meaning_a_degree", lang),
        Grade::B => phrase("grade_meaning_b", lang),
        Grade::C => phrase("grade_meaning_c", lang),
        Grade::D => phrase("grade_meaning_d", lang),
    };
    format!("{}: {meaning}", grade.key())
}

/// What kind of effect a parameter has, behind its key.
pub(crate) fn family(family: Family, lang: Lang) -> String {
    let meaning = match family {
        Family::Structure => phrase("family_structure", lang),
        Family::Capacity => phrase("family_capacity", lang),
        Family::Behaviour => phrase("family_behaviour", lang),
        Family::Transition => phrase("family_transition", lang),
        Family::Context => phrase("family_context", lang),
    };
    format!("{}: {meaning}", family.key())
}

/// The name of a function with its article, as what it is done for.
pub(crate) fn step(done: Function, kind: Kind, lang: Lang) -> &'static str {
    match (done, kind) {
        (Function::Veiligheidsbeoordeling, Kind::FollowUp) => phrase("step_short_follow_up", lang),
        (Function::Veiligheidsbeoordeling, Kind::Vervolgmelding) => {
            phrase("step_vervolgmelding", lang)
        }
        (Function::Beschermingsonderzoek, Kind::Gezag) => phrase("step_onderzoek_gezag", lang),
        (Function::ToetsEnVerzoek, Kind::Gezag) => phrase("step_toets_gezag", lang),
        (Function::Rechter, Kind::Gezag) => phrase("step_rechter_gezag", lang),
        (Function::ToetsEnVerzoek, Kind::Spoed) => phrase("step_toets_spoed", lang),
        (Function::Rechter, Kind::Spoed) => phrase("step_rechter_spoed", lang),
        (Function::Rechter, Kind::Extension) => phrase("step_rechter_extension", lang),
        (Function::UitvoeringMaatregel, Kind::Spoed) => phrase("step_uitvoering_spoed", lang),
        _ => function(done),
    }
}

/// The name of a function without its article.
pub fn bare_function(done: Function) -> &'static str {
    let name = function(done);
    let bare = ["de ", "het "]
        .into_iter()
        .find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(name)
}

/// The name of a function with its article.
fn function(function: Function) -> &'static str {
    match function {
        Function::Advies => "het advies",
        Function::Veiligheidsbeoordeling => "de veiligheidsbeoordeling",
        Function::Onderzoek => "het onderzoek",
        Function::VoorwaardenEnVervolg => "voorwaarden en vervolg",
        Function::VrijwilligeHulp => "vrijwillige hulp",
        Function::SpecialistischeHulp => "specialistische hulp",
        Function::Drang => "drang",
        Function::Jeugdbeschermingstafel => "de jeugdbeschermingstafel",
        Function::Beschermingsonderzoek => "het beschermingsonderzoek",
        Function::ToetsEnVerzoek => "toets en verzoek",
        Function::Rechter => "de behandeling door de kinderrechter",
        Function::UitvoeringMaatregel => "de uitvoering van de maatregel",
        Function::Jeugdreclassering => "jeugdreclassering",
        Function::Crisis => "crisishulp",
        Function::Nazorg => "nazorg",
    }
}

/// Where the value of a criterion comes from.
pub(crate) fn criterion_kind(kind: CriterionKind, lang: Lang) -> &'static str {
    match kind {
        CriterionKind::Measured => phrase("criterion_measured", lang),
        CriterionKind::ProxyAndExpert => phrase("criterion_in_part", lang),
        CriterionKind::Expert => phrase("criterion_expert", lang),
    }
}

/// The name of a measure.
pub(crate) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Ondertoezichtstelling => "ondertoezichtstelling",
        Measure::VoorlopigeOndertoezichtstelling => "voorlopige ondertoezichtstelling",
        Measure::Uithuisplaatsing => "machtiging uithuisplaatsing",
        Measure::Gezagsbeeindiging => "gezagsbeëindiging",
        Measure::Huisverbod => "tijdelijk huisverbod",
        Measure::Contactverbod => "contactverbod",
        Measure::Jeugdreclassering => "jeugdreclassering",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kpi_that_stands_alone_names_what_it_is_about() {
        let row = KPIS
            .iter()
            .position(|kpi| kpi.key == "wait_first_help_p90_days");
        let name = Lang::Nl.kpi_alone(row.unwrap());
        assert_eq!(name, "dagen tot eerste hulp, P90");
        assert!((0..KPIS.len()).all(|row| !Lang::En.kpi_alone(row).contains('…')));
    }

    #[test]
    fn one_of_a_unit_is_not_many() {
        assert_eq!(Lang::Nl.unit_of(1.0, Unit::Days), "dag");
        assert_eq!(Lang::Nl.unit_of(1.5, Unit::Days), "dagen");
        assert_eq!(Lang::En.unit_of(1.0, Unit::Weeks), "week");
        assert_eq!(Lang::En.unit_of(0.0, Unit::Weeks), "weeks");
        let same = [Unit::Share, Unit::Fte].map(|unit| Lang::Nl.unit_of(1.0, unit));
        assert_eq!(same, ["aandeel", "fte"]);
    }

    #[test]
    fn lists_and_dates_read_as_sentences() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(Lang::Nl.list(&names), "a, b en c");
        assert_eq!(Lang::En.list(&names[..1]), "a");
        let date = Date::new(2026, 3, 2).unwrap();
        assert_eq!(Lang::Nl.date(date), "2 maart 2026");
        let spans = [90, 365, 548, 2192].map(|n_days| Lang::Nl.span(n_days));
        assert_eq!(spans, ["90 dagen", "365 dagen", "1,5 jaar", "6 jaar"]);
    }
}
