//! Paths: which form is in force from when, region by region.

pub(crate) mod slip;
pub(crate) mod time_line;

use std::collections::BTreeSet;

use super::evidence::Entry;
use super::input::Case;
use super::section::Section;
use crate::engine::Date;
use crate::model::{AlignmentError, Form, Label, Parameters, Period, Region, aligned};
use crate::scenario::evidence::layer::{self, Layer};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::{Document, FORM, Library, is_name};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::{Item, Node, Value};
use crate::scenario::path::slip::Slip;
use crate::scenario::period;
use crate::scenario::plan::selection;
use crate::scenario::region::area::{Layout, Unit, Units};
use crate::scenario::section::shape::{Key, Kind, always, label, may};

/// More changes than this are not one path.
const MAX_CHANGES: usize = 32;

/// A table `[paths.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read above its column."),
    always(
        "start",
        Kind::Name("forms"),
        "\"v0_estafette\"",
        "The form that is in force from the first day of the warm-up on.",
    ),
    may(
        "change",
        Kind::List(&Kind::Table(CHANGE), 0, MAX_CHANGES),
        "nothing changes",
        "",
        "The forms that come into force later, each a table `[[paths.NAME.change]]`.",
    ),
];

/// A table `[[paths.NAME.change]]`.
const CHANGE: &[Key] = &[
    always(
        "form",
        Kind::Name("forms"),
        "\"v4_openbaar_lichaam\"",
        "The form that comes into force.",
    ),
    always(
        "from",
        Kind::DateOr(slip::KEYS),
        "2028-01-01",
        "The first day on which it is in force, in the first region; or between which days a law may slip, of which every replication draws one (triangular, on the first of a month), the same in all forms and regions.",
    ),
    may(
        "to_last",
        Kind::Date,
        "everywhere on the same day",
        "2029-12-31",
        "The first day on which it is in force in the last region; the others follow each other evenly between the two days.",
    ),
    may(
        "regions",
        Kind::Regions,
        "\"all\"",
        "[\"Zeeland\", \"Drenthe\"]",
        "Where it comes into force.",
    ),
    may(
        "areas",
        Kind::List(&Kind::Text, 1, 400),
        "`regions`",
        "[\"Waterland\", \"zaanstad_noord\"]",
        "Where it comes into force instead of in whole regions: municipalities, or names of `[areas]`. With `to_last` one after the other, in this order.",
    ),
    may(
        "order",
        Kind::Regions,
        "by number",
        "[\"Zeeland\", \"Drenthe\"]",
        "The regions that go first, in this order; the others follow by number.",
    ),
    may(
        "evidence",
        Kind::Values,
        "as the form has them",
        "",
        "What is other there from then on, in the words of `[evidence]`; `\"15 % more\"` is more than without it. With `form` the form that there was, only these change. A later change says its own.",
    ),
];

/// A path as it was read.
pub(crate) struct Draft {
    pub(crate) key: String,
    pub(crate) label: Label,
    pub(crate) place: Place,
    pub(crate) start: (String, Place),
    pub(crate) changes: Vec<ChangeDraft>,
}

/// One of its changes.
#[derive(Clone)]
pub(crate) struct ChangeDraft {
    pub(crate) form: (String, Place),
    /// Values from then on.
    pub(crate) values: Layer,
    pub(crate) place: Place,
    /// How it may slip; its days are then the likeliest.
    pub(crate) slip: Option<Slip>,
    /// The parts of regions in which it comes into force; none where it does in whole regions.
    pub(crate) units: Vec<Unit>,
    /// By number of the region: from which day on, and how many regions went before.
    days: Vec<(u8, Date, u32)>,
}

/// When a form comes into force in a region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The first day, counted from the first day of the run.
    pub day: u32,
    /// How many regions or areas went before.
    pub n_before: u32,
    /// The places of the region in which it comes into force; none where it does in all of it.
    pub places: Vec<u8>,
}

/// The names of the paths of a scenario's files, whatever else is wrong with them.
pub(crate) fn names(documents: &[Document], log: &mut Diagnostics) -> Vec<String> {
    let node = overlay::merged(documents, "paths", Depth::Tables, &mut log.fork());
    match node.map(|node| node.value) {
        Some(Value::Table(table)) => table.items.into_iter().map(|item| item.key).collect(),
        _ => Vec::new(),
    }
}

/// The paths of a scenario's files; all are read, even after a fault.
pub(crate) fn read(
    documents: &[Document],
    (regions, units): (Option<&[Region]>, Option<&Units>),
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Vec<Draft>> {
    let Some(node) = overlay::merged(documents, "paths", Depth::Tables, log) else {
        return Some(Vec::new());
    };
    let items = node.table(log)?.kept();
    let drafts: Vec<Option<Draft>> = items
        .iter()
        .map(|item| draft(item, (regions, units), library, log))
        .collect();
    drafts.into_iter().collect()
}

fn draft(
    item: &Item,
    ground: (Option<&[Region]>, Option<&Units>),
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Draft> {
    let key = &item.key;
    let is_form = library.has(FORM, key);
    if is_form {
        let fact = said!("there is a form `{}` as well", key);
        let fault =
            Diagnostic::error(code::BAD_KEY, fact).help(said!("give the path another name"));
        log.push(fault.at(&item.key_place));
    }
    let is_good = is_name(item, said!("the name of a path"), log) && !is_form;
    let section = Section::of(&item.node, KEYS, log)?;
    let label = section.label(log);
    let start = name(&section, "start", log);
    let changes = match section.optional("change") {
        None => Some(Vec::new()),
        Some(node) => node.list(log).map(|list| {
            let each = list.iter().map(|node| change(key, node, ground, log));
            each.collect::<Vec<Option<Vec<ChangeDraft>>>>()
        }),
    };
    section.finish(log);
    let changes: Option<Vec<Vec<ChangeDraft>>> = changes?.into_iter().collect();
    let (label, start, mut changes) = (label?, start?, changes?.concat());
    changes.sort_by_key(|change| change.days.iter().map(|(_, day, _)| *day).max());
    (is_good && !is_twice(&changes, log)).then(|| Draft {
        key: key.clone(),
        label,
        place: item.key_place.clone(),
        start,
        changes,
    })
}

fn name(section: &Section, key: &str, log: &mut Diagnostics) -> Option<(String, Place)> {
    let node = section.required(key, log)?;
    Some((node.text(log)?.to_owned(), node.place.clone()))
}

/// What a table says: one change, or one for each of several areas that follow each other.
fn change(
    path: &str,
    node: &Node,
    (regions, units): (Option<&[Region]>, Option<&Units>),
    log: &mut Diagnostics,
) -> Option<Vec<ChangeDraft>> {
    let section = Section::of(node, CHANGE, log)?;
    let form = name(&section, "form", log);
    let from = section.required("from", log);
    let (from, slip) = match from {
        Some(node) if Slip::is_at(node) => {
            let slip = Slip::read(node, log);
            (slip.map(|slip| slip.likely), slip)
        }
        from => (from.and_then(|node| period::date(node, log)), None),
    };
    let to_last = section.optional("to_last");
    let last = to_last.map(|node| (period::date(node, log), &node.place));
    let chosen = section.optional("regions");
    let chosen = chosen.map(|node| selection::of_node(node, regions.unwrap_or(&[]), log));
    let first = section.optional("order");
    let first = first.map(|node| selection::in_order(node, regions.unwrap_or(&[]), log));
    let areas = section.optional("areas");
    if let (Some(node), true) = (areas, chosen.is_some() || first.is_some()) {
        let fact = said!("`areas` and `regions` or `order` both say where a form comes into force");
        let help = said!("write one change for the areas and one for the regions");
        log.push(
            Diagnostic::error(code::BAD_PATH, fact)
                .help(help)
                .at(&node.place),
        );
    }
    let areas = match (areas, units) {
        (Some(node), Some(units)) => Some(units.of(node, log)),
        (Some(_), None) => Some(None),
        (None, _) => None,
    };
    let mut values = Layer::of(format!("[paths.{path}]"), section.optional("evidence"), log);
    layer::take_back(std::slice::from_mut(&mut values), log);
    section.finish(log);
    let is_fixed = is_fixed(&values, log);
    let (form, from, regions) = (form?, from?, regions?);
    if is_fixed {
        return None;
    }
    let chosen = match chosen {
        Some(chosen) => chosen?,
        None => regions.to_vec(),
    };
    let mut order: Vec<u8> = match first {
        Some(first) => first?,
        None => Vec::new(),
    };
    order.retain(|number| chosen.iter().any(|one| one.number == *number));
    for region in &chosen {
        if !order.contains(&region.number) {
            order.push(region.number);
        }
    }
    let last = match last {
        Some((date, place)) => {
            let date = date?;
            if date < from {
                let fact = said!("the last region comes before the first");
                let help = said!("write a day after `from`");
                log.push(Diagnostic::error(code::BAD_PATH, fact).help(help).at(place));
                return None;
            }
            date
        }
        None => from,
    };
    let span = f64::from(last.day_number() - from.day_number());
    // The day of the at-th of so many that follow each other evenly, and how many went before.
    let turn = |at: usize, n: usize| {
        let later = span * at as f64 / (n.max(2) - 1) as f64;
        let n_before = if span > 0.0 { at as u32 } else { 0 };
        (from.plus_days(later.round() as i32), n_before)
    };
    if let Some(areas) = areas {
        let areas = areas?;
        let n_areas = areas.len();
        let draft = |at: usize, units: Vec<Unit>| {
            let (day, n_before) = turn(at, n_areas);
            let numbers: BTreeSet<u8> = units.iter().map(|unit| unit.region).collect();
            ChangeDraft {
                form: form.clone(),
                values: values.clone(),
                place: node.place.clone(),
                slip,
                days: numbers
                    .into_iter()
                    .map(|number| (number, day, n_before))
                    .collect(),
                units,
            }
        };
        return Some(match span > 0.0 {
            false => vec![draft(0, areas)],
            true => {
                let each = areas.into_iter().enumerate();
                each.map(|(at, unit)| draft(at, vec![unit])).collect()
            }
        });
    }
    let days = order.iter().enumerate().map(|(at, &number)| {
        let (day, n_before) = turn(at, order.len());
        (number, day, n_before)
    });
    Some(vec![ChangeDraft {
        form,
        values,
        place: node.place.clone(),
        slip,
        units: Vec::new(),
        days: days.collect(),
    }])
}

/// Whether a change gives a value that cannot change in the course of a run, which is told.
fn is_fixed(values: &Layer, log: &mut Diagnostics) -> bool {
    let key = |row: usize| Parameters::TABLE[row].key;
    let fixed = |key: &str| FIXED.iter().chain(&TRENDS).any(|one| *one == key);
    let mut found = values.overrides.iter().filter(|one| fixed(key(one.row)));
    let Some(one) = found.next() else {
        return false;
    };
    let key = key(one.row);
    let why = match TRENDS.contains(&key) {
        true => said!("counts from the first measured day"),
        false => said!("says how the run was built up"),
    };
    let fact = said!("`{}` cannot change in the course of a run: it {}", key, why);
    let help = said!("write it under [evidence], for the whole run");
    let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
    log.push(fault.at(&one.place));
    true
}

/// Whether two changes fall, or may fall, on one day in one region, which is told.
fn is_twice(changes: &[ChangeDraft], log: &mut Diagnostics) -> bool {
    for (at, one) in changes.iter().enumerate() {
        let meets = |other: &&ChangeDraft| {
            // What slips together keeps its order.
            if one.slip.is_some() && one.place == other.place {
                return false;
            }
            let overlap = |unit: &Unit| other.units.iter().any(|two| two.overlaps(unit));
            one.units.is_empty() || other.units.is_empty() || one.units.iter().any(overlap)
        };
        let same = |&&(number, day, _): &&(u8, Date, u32)| {
            let mut before = changes[..at]
                .iter()
                .filter(meets)
                .flat_map(|other| &other.days);
            before.any(|other| (other.0, other.1) == (number, day))
        };
        let may_pass = |&&(number, day, _): &&(u8, Date, u32)| {
            let own = one.ends(day);
            let mut before = (changes[..at].iter().filter(meets))
                .filter(|other| one.slip.is_some() || other.slip.is_some())
                .flat_map(|other| other.days.iter().map(|day| (day.0, other.ends(day.1))));
            before.any(|(other, ends)| other == number && ends[0] <= own[1] && own[0] <= ends[1])
        };
        if one.days.iter().any(|day| may_pass(&day)) {
            let fact = said!(
                "another form may come into force in the days between which this one may slip"
            );
            let help =
                said!("give one of the two other days, so that it is certain which comes first");
            let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
            log.push(fault.at(&one.place));
            return true;
        }
        if let Some((_, day, _)) = one.days.iter().find(same) {
            let fact = said!("two forms come into force on {} in one region", day);
            let help = said!("take out one of the two, or give it another day or other regions");
            let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
            log.push(fault.at(&one.place));
            return true;
        }
    }
    false
}

impl Draft {
    /// Those of its changes that come into force in one of these regions; all where these are not known.
    pub(crate) fn changes_in(
        &self,
        regions: Option<&[Region]>,
    ) -> impl Iterator<Item = &ChangeDraft> {
        let is_run = move |number: u8| {
            regions.is_none_or(|regions| regions.iter().any(|one| one.number == number))
        };
        let changes = self.changes.iter();
        changes.filter(move |change| change.days.iter().any(|day| is_run(day.0)))
    }
}

impl ChangeDraft {
    /// Between which days it may come where this is the likeliest.
    fn ends(&self, day: Date) -> [Date; 2] {
        let range = self.slip.map_or([0, 0], |slip| slip.range());
        range.map(|days| day.plus_days(days))
    }

    /// When it comes into force in each of these regions; none where it does not. A day outside the run is told.
    pub(crate) fn moments(
        &self,
        regions: &[Region],
        layout: &Layout,
        period: &Period,
        log: &mut Diagnostics,
    ) -> Option<Vec<Option<Moment>>> {
        let (first, last) = (period.first_day(), period.last_day());
        let mut moments = Vec::with_capacity(regions.len());
        for region in regions {
            let found = self
                .days
                .iter()
                .find(|(number, ..)| *number == region.number);
            let Some(&(_, day, n_before)) = found else {
                moments.push(None);
                continue;
            };
            let outside = self.ends(day).into_iter();
            let mut outside = outside.filter(|day| *day <= first || *day > last);
            if let Some(outside) = outside.next() {
                let fact = said!(
                    "{} does not lie in the run, which lasts from {} to {}",
                    outside,
                    first,
                    last
                );
                let help = said!(
                    "choose another day, or another `start`, `warm_up` or `measured` in [scenario]"
                );
                let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
                log.push(fault.at(&self.place));
                return None;
            }
            let day = (day.day_number() - first.day_number()) as u32;
            moments.push(Some(Moment {
                day,
                n_before,
                places: layout.places_of(region.number, &self.units),
            }));
        }
        Some(moments)
    }
}

/// What cannot be other on a later form of a path than on the first: it says how the run was built up.
const FIXED: [&str; 3] = [
    "staff.inhabitants_per_area",
    "staff.turnover",
    "behaviour.turnover_per_overload",
];

/// What grows with the years since the first measured day, so that another value would change the past.
const TRENDS: [&str; 2] = [
    "demand.growth_per_year",
    "decision.threshold_growth_per_year",
];

/// Reports what a later form cannot change, and what is not asked of paths.
pub(crate) fn check(cases: &[Case], documents: &[Document], log: &mut Diagnostics) {
    let Some(place) = overlay::merged(documents, "paths", Depth::Tables, &mut log.fork())
        .map(|node| node.place)
        .filter(|_| cases.iter().any(|case| case.course.is_some()))
    else {
        return;
    };
    for section in ["sweep", "calibration"] {
        if let Some(node) = overlay::merged(documents, section, Depth::Keys, &mut log.fork()) {
            let fact = said!("[{}] cannot be asked of a scenario with paths", section);
            let help = said!("take the paths out of `forms`, and name the forms themselves");
            let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
            log.push(fault.at(&node.place));
        }
    }
    for case in cases {
        let stages = case.course.iter().flat_map(|course| &course.stages);
        for stage in stages.clone() {
            if stage.is_local() && stage.case.differences != case.differences {
                let (one, other) = (&stage.case.form.key, &case.start().key);
                let fact = said!(
                    "`{}` has values of its own, and is in force beside `{}`",
                    one,
                    other
                );
                let help = said!(
                    "a form of a part of a region has the values of the region: take out its [evidence], or let it come into force in whole regions"
                );
                let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
                log.push(fault.at(&place));
            }
        }
        for stage in stages.map(|stage| &stage.case) {
            let row = |key: &str| Parameters::TABLE.iter().position(|spec| spec.key == key);
            let value = |case: &Case, key: &str| {
                let own = case.differences.iter().find(|own| Some(own.0) == row(key));
                own.map(|own| own.1)
            };
            let differs = |key: &&&str| value(case, key) != value(stage, key);
            if let Some(key) = FIXED.iter().chain(&TRENDS).find(differs) {
                let (one, other) = (&case.start().key, &stage.form.key);
                let fact = said!("`{}` says another `{}` than `{}`", other, key, one);
                let help =
                    said!("it cannot change in the course of a run: give both forms the same");
                let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
                log.push(fault.at(&place));
            }
        }
    }
}

/// Warns of what a change-over is said to cost where no form comes into force.
pub(crate) fn check_transition<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    layers: &[Layer],
    log: &mut Diagnostics,
) {
    let given = |key: &str| {
        let given = layers.iter().rev().flat_map(|layer| &layer.overrides);
        given
            .into_iter()
            .find(|one| Parameters::TABLE[one.row].key == key)
    };
    let keys = entries.map(|entry| entry.spec.key);
    let keys = keys.filter(|key| key.starts_with("transition."));
    let given: Vec<_> = keys.filter_map(|key| Some((key, given(key)?))).collect();
    let Some((_, first)) = given.first() else {
        return;
    };
    let keys: Vec<&str> = given.iter().map(|(key, _)| *key).collect();
    let names = keys.join(", ");
    let fact = match keys.len() {
        1 => said!("{} has no effect: no form comes into force", names),
        _ => said!("{} have no effect: no form comes into force", names),
    };
    let help = said!("name a path in `forms` ([paths.NAME] with a change), or take the values out");
    log.push(
        Diagnostic::warning(code::WITHOUT_EFFECT, fact)
            .help(help)
            .at(&first.place),
    );
}

/// The same forms with one list of teams; why there is none is told.
pub(crate) fn in_line(forms: &[&Form], place: &Place, log: &mut Diagnostics) -> Option<Vec<Form>> {
    let (fact, help) = match aligned(forms) {
        Ok(forms) => return Some(forms),
        Err(AlignmentError::TeamsDiffer { team, forms }) => (
            said!(
                "the team `{}` of `{}` has another scale than that of `{}`",
                team,
                forms[1],
                forms[0]
            ),
            said!(
                "give one of the two another name, or leave one of the forms out of the scenario"
            ),
        ),
        Err(AlignmentError::TooManyTeams(n)) => (
            said!(
                "the forms have {} teams together; at most {} fit",
                n,
                Form::MOST_TEAMS
            ),
            said!("compare fewer forms with a path"),
        ),
    };
    log.push(
        Diagnostic::error(code::TEAMS_DIFFER, fact)
            .help(help)
            .at(place),
    );
    None
}
