//! A complete, valid input: nothing in it is optional.

use super::evidence::Entry;
use super::path::Moment;
use crate::model::{Division, Form, Label, Parameters, Period, Region};
use crate::scenario::evidence::known::Known;
use crate::scenario::evidence::layer;
use crate::scenario::fault::diagnostic::Diagnostic;
use crate::scenario::form::alteration::Alteration;
use crate::scenario::path::slip::Slip;
use crate::scenario::plan::belief::Belief;
use crate::scenario::plan::calibration::Calibration;
use crate::scenario::plan::precision::Precision;
use crate::scenario::plan::proeftuin::Monitor;
use crate::scenario::plan::sweep::Sweep;
use crate::scenario::plan::variant::Variant;
use crate::scenario::plan::world::Doubt;

/// What is simulated: forms of organisation, side by side, in some regions.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// Its name: that of its file, in small letters.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// The time line of every run.
    pub period: Period,
    /// How often every form is run in every region, at least 1.
    pub replications: u32,
    /// Where all chance comes from.
    pub seed: u64,
    /// Whose hours are where, in forms that do not say it themselves.
    pub division: Division,
    /// From what the worlds are drawn in which the replications run.
    pub doubt: Doubt,
    /// How many replications run in a world that another one runs in, if there are as many worlds.
    pub twins: u32,
    /// The regions, in the order of their numbers.
    pub regions: Vec<Region>,
    /// Whose families are counted, if not those of everybody.
    pub counted: Option<Counted>,
    /// The sections `[areas]` and `[paths]` of its files, as TOML; empty where there are none.
    pub time_line: String,
    /// The forms, in the order of the file.
    pub cases: Vec<Case>,
    /// The number of the case with which the others are compared.
    pub baseline: usize,
    /// How it is fitted, if it says so.
    pub calibration: Option<Calibration>,
    /// How sure a comparison is to be, if it says so; then `replications` is where it begins.
    pub precision: Option<Precision>,
    /// What varies in a sweep, if it says so.
    pub sweep: Option<Sweep>,
    /// The belief set.
    pub belief: Belief,
    /// The belief sets that are run side by side; the first is that of the scenario itself.
    pub beliefs: Vec<Belief>,
    /// The variant that this is, if it is one.
    pub variant: Option<Variant>,
    /// The variants that are run beside it.
    pub variants: Vec<Variant>,
    /// Every parameter, in the order of [`Parameters::TABLE`].
    pub ledger: Vec<Entry>,
    /// Values that the scenario gives, or a file that it extends, in the order of the ledger.
    pub changes: Vec<Change>,
    /// What its forms change of the forms that they extend.
    pub alterations: Vec<Alteration>,
    /// The files that it extends, the outermost base first.
    pub bases: Vec<String>,
    /// What the proeftuin monitor counted, if simulated families are set beside it.
    pub monitor: Option<Monitor>,
    /// What is known of the country and its regions, and how the fitted model shows it.
    pub known: Vec<Known>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// Every file that it was read from, in the order of their paths.
    pub inputs: Vec<Input>,
}

impl Scenario {
    /// The name of its setting among those that are run side by side: belief set, and variant if it is one.
    pub fn setting(&self) -> String {
        let variant = self.variant.as_ref();
        setting_name(&self.belief.key, variant.map(|one| one.key.as_str()))
    }

    /// The names of the settings that are run beside it.
    pub fn beside(&self) -> Vec<String> {
        let of_belief = |belief: &Belief| {
            let variants = self.variants.iter();
            let with = variants.map(|variant| setting_name(&belief.key, Some(&variant.key)));
            [belief.key.clone()]
                .into_iter()
                .chain(with)
                .collect::<Vec<_>>()
        };
        let all = self.beliefs.iter().flat_map(of_belief);
        all.filter(|one| *one != self.setting()).collect()
    }

    /// The same with nothing beside it.
    pub fn alone(self) -> Self {
        Scenario {
            beliefs: vec![self.belief.clone()],
            variants: Vec::new(),
            ..self
        }
    }
}

/// The name of a setting: its belief set, and its variant if it has one.
pub(crate) fn setting_name(belief: &str, variant: Option<&str>) -> String {
    match variant {
        None => belief.to_owned(),
        Some(variant) => format!("{belief}+{variant}"),
    }
}

/// Whose families are counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// The municipalities and areas, as the scenario names them.
    pub words: Vec<String>,
    /// The same as people read it.
    pub names: String,
    /// By region of the scenario, which of its [places](Region::places).
    pub places: Vec<Vec<u8>>,
    /// How many people live there.
    pub inhabitants: u32,
}

/// A value that a file gives instead of another.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// The row of the parameter in the ledger.
    pub row: usize,
    /// The value without the file and those that it extends.
    pub before: f64,
    /// The value with them.
    pub after: f64,
    /// The file that has the last word.
    pub file: String,
}

/// A form with its parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The form.
    pub form: Form,
    /// Whose hours are where.
    pub division: Division,
    /// The parameters, with the form's own values.
    pub parameters: Parameters,
    /// The same in each of the worlds in which the replications run, in their order; none if all run with the
    /// parameters as they are given.
    pub worlds: Vec<Parameters>,
    /// The form's own values where they differ from the scenario's: the row of
    /// the parameter in the ledger, and the value.
    pub differences: Vec<(usize, f64)>,
    /// The forms that follow each other, where it is a path. What is said here of a form is then said of that with
    /// which it begins, and `form` is that with which it ends, under the name of the path.
    pub course: Option<Course>,
}

/// Forms that follow each other. All have the same teams, those of the other forms of the scenario among them.
#[derive(Clone, PartialEq, Debug)]
pub struct Course {
    /// The form of the first day.
    pub start: Form,
    /// Those that come into force later, in the order of the file.
    pub stages: Vec<Stage>,
}

/// A form that comes into force.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// The form with its parameters.
    pub case: Case,
    /// When, by region of the scenario; none where it does not. Of what may slip the likeliest.
    pub moments: Vec<Option<Moment>>,
    /// How it may slip.
    pub slip: Option<Slip>,
}

impl Stage {
    /// Between which days it may come where this is the likeliest, counted as that is.
    pub fn ends(&self, day: u32) -> [u32; 2] {
        let range = self.slip.map_or([0, 0], |slip| slip.range());
        range.map(|days| day.saturating_add_signed(days))
    }

    /// Whether it comes into force in a part of a region.
    pub fn is_local(&self) -> bool {
        let mut moments = self.moments.iter().flatten();
        moments.any(|moment| !moment.places.is_empty())
    }
}

impl Course {
    /// Whether a form comes into force in a part of a region.
    pub fn is_local(&self) -> bool {
        self.stages.iter().any(Stage::is_local)
    }
}

impl Case {
    /// The form of the first day, under its own name.
    pub fn start(&self) -> &Form {
        self.course
            .as_ref()
            .map_or(&self.form, |course| &course.start)
    }

    /// The stages that come into force in a region, by day: of what may slip that of this chance
    /// ([`chance_of_law`](crate::scenario::path::slip::chance_of_law)), or else the likeliest.
    pub fn stages_in(&self, region: usize, chance: Option<f64>) -> Vec<(Moment, &Case)> {
        let stages = self.course.iter().flat_map(|course| &course.stages);
        let here = stages.filter_map(|stage| {
            let mut moment = stage.moments[region].clone()?;
            let shift = stage.slip.zip(chance).map(|(slip, u)| slip.shift(u));
            moment.day = moment.day.saturating_add_signed(shift.unwrap_or(0));
            Some((moment, &stage.case))
        });
        let mut here: Vec<_> = here.collect();
        here.sort_by_key(|(moment, _)| moment.day);
        here
    }

    /// The value of every parameter in this form, in the order of the ledger.
    pub fn values(&self, ledger: &[Entry]) -> Vec<f64> {
        let mut values: Vec<f64> = ledger.iter().map(|entry| entry.value_in_effect).collect();
        for &(row, value) in &self.differences {
            values[row] = value;
        }
        values
    }

    /// The parameters in a replication, numbered from 1: those of its world. After the last world comes the first.
    pub fn parameters_in(&self, replication: u32) -> &Parameters {
        match self.worlds.len() {
            0 => &self.parameters,
            n => &self.worlds[(replication.max(1) - 1) as usize % n],
        }
    }

    /// The same form with so many times the staff, in every world; what it gives of its own stays as it was written.
    pub fn with_staff(&self, times: f64) -> Self {
        let more = |given: &Parameters| {
            let mut parameters = *given;
            let s = &mut parameters.staff;
            for fte in [
                &mut s.fte_lokaal_team,
                &mut s.fte_veilig_thuis,
                &mut s.fte_rvdk,
                &mut s.fte_gi_jeugdbescherming,
                &mut s.fte_gi_jeugdreclassering,
            ] {
                *fte *= times;
            }
            parameters
        };
        self.in_every_world(&more)
    }

    /// The same form with changed parameters, those as they are given and those of every world.
    pub fn in_every_world(&self, change: &dyn Fn(&Parameters) -> Parameters) -> Self {
        let course = self.course.as_ref().map(|course| Course {
            stages: (course.stages.iter())
                .map(|stage| Stage {
                    case: stage.case.in_every_world(change),
                    moments: stage.moments.clone(),
                    slip: stage.slip,
                })
                .collect(),
            ..course.clone()
        });
        Case {
            parameters: change(&self.parameters),
            worlds: self.worlds.iter().map(change).collect(),
            course,
            ..self.clone()
        }
    }

    /// The same form in one world: that of these values of all parameters, in the order of the ledger.
    pub fn with(&self, values: &[f64]) -> Self {
        Case {
            parameters: layer::parameters(values),
            worlds: Vec::new(),
            ..self.clone()
        }
    }
}

/// What the command line changes of a scenario.
///
/// # Examples
///
/// ```
/// use rvtsim::scenario::{Changes, load};
/// use std::path::Path;
///
/// // What a file says may be changed without touching the file.
/// let of = |region: &str| Changes {
///     regions: Some(vec![region.into()]),
///     ..Changes::default()
/// };
/// let file = Path::new("scenarios/referentie.toml");
/// let scenario = load(file, &of("Zeeland")).expect("it is shipped");
/// assert_eq!(scenario.regions[0].name, "Zeeland");
/// assert_eq!(scenario.cases[scenario.baseline].form.key, "v0_estafette");
/// assert!(load(file, &of("Zealand")).is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// Another number of replications.
    pub replications: Option<u32>,
    /// Another seed.
    pub seed: Option<u64>,
    /// Another number of points of a sweep.
    pub points: Option<u32>,
    /// Other regions, by name or number, or `all`.
    pub regions: Option<Vec<String>>,
    /// Another belief set, and no others beside it.
    pub belief: Option<String>,
    /// A variant, instead of the scenario without it.
    pub variant: Option<String>,
    /// Whether values that were fitted are left out: what was held before the fit.
    pub is_prior: bool,
    /// Whether a calibration begins at those values nevertheless.
    pub starts_fitted: bool,
}

/// A file that a scenario was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// Its path from the library folder, with forward slashes.
    pub path: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
