//! What the folder of a sweep says of itself: for machines, and to be made again.

use serde_json::{Value as Json, json};

use super::design::SweepDesign;
use crate::report::folder::manifest::{PROGRAM, inputs};
use crate::report::folder::sealed::Sealed;
use crate::report::{Column, Kind};

/// A table of the folder.
#[derive(Clone, Default, Debug)]
pub(crate) struct Resource {
    /// Its name, rows and hash.
    pub sealed: Sealed,
    pub fields: Vec<Field>,
    pub n_bytes: u64,
}

impl Resource {
    fn is_text(&self) -> bool {
        self.sealed.file.ends_with(".csv")
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub name: String,
    pub unit: &'static str,
    pub kind: Kind,
    pub title: &'static str,
    pub description: &'static str,
}

impl Field {
    pub fn of(column: &Column) -> Self {
        Field {
            name: column.name.to_owned(),
            unit: column.unit,
            kind: column.kind,
            title: column.label_nl,
            description: column.definition,
        }
    }
}

/// A sweep with its tables.
pub(crate) struct Package<'a> {
    design: &'a SweepDesign<'a>,
    resources: &'a [Resource],
}

impl<'a> Package<'a> {
    pub fn new(design: &'a SweepDesign<'a>, resources: &'a [Resource]) -> Self {
        Package { design, resources }
    }

    /// `datapackage.json`, a tabular data package of the Frictionless Data
    /// specifications: <https://specs.frictionlessdata.io/tabular-data-package/>; or a data
    /// package, if it has more than text.
    pub fn descriptor(&self) -> String {
        let scenario = self.design.scenario();
        let resources: Vec<Json> = self.resources.iter().map(resource).collect();
        pretty(&json!({
            "profile": match self.resources.iter().all(Resource::is_text) {
                true => "tabular-data-package",
                false => "data-package",
            },
            "name": scenario.key,
            "title": scenario.label.en,
            "resources": resources,
        }))
    }

    /// `manifest.json`.
    pub fn manifest(&self) -> String {
        let (scenario, sweep) = (self.design.scenario(), self.design.sweep());
        let keys = |keys: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            keys.map(str::to_owned).collect()
        };
        pretty(&json!({
            "program": PROGRAM,
            "version": env!("CARGO_PKG_VERSION"),
            "scenario": {
                "key": scenario.key,
                "nl": scenario.label.nl,
                "en": scenario.label.en,
            },
            "seed": scenario.seed,
            "replications": scenario.replications,
            "baseline": scenario.cases[scenario.baseline].form.key,
            "forms": keys(&mut scenario.cases.iter().map(|case| &*case.form.key)),
            "regions": keys(&mut scenario.regions.iter().map(|region| &*region.name)),
            "design": sweep.plan.key(),
            "points": self.design.n_points(),
            "factors": keys(&mut sweep.factors.iter().map(|factor| &*factor.key)),
            "inputs": inputs(scenario),
            "tables": self.resources.iter().filter(|one| one.is_text()).map(|one| &one.sealed).collect::<Vec<_>>(),
        }))
    }
}

fn resource(resource: &Resource) -> Json {
    let fields = resource.fields.iter().map(|field| {
        json!({
            "name": field.name,
            "type": kind(field),
            "title": field.title,
            "description": field.description,
            "unit": field.unit,
        })
    });
    let schema = json!({
        "missingValues": [""],
        "fields": fields.collect::<Vec<Json>>(),
    });
    let hash = format!("sha256:{}", resource.sealed.sha256);
    if !resource.is_text() {
        return json!({
            "profile": "data-resource",
            "name": resource.sealed.file.replace('.', "-"),
            "path": resource.sealed.file,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": resource.n_bytes,
            "hash": hash,
            "schema": schema,
        });
    }
    json!({
        "profile": "tabular-data-resource",
        "name": resource.sealed.file.trim_end_matches(".csv"),
        "path": resource.sealed.file,
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.n_bytes,
        "hash": hash,
        "schema": schema,
    })
}

/// What a column holds, as a data package calls it; a count has no decimals.
fn kind(field: &Field) -> &'static str {
    match (field.unit, field.kind) {
        ("count", _) | (_, Kind::Whole) => "integer",
        (_, Kind::Number) => "number",
        _ => "string",
    }
}

fn pretty(json: &Json) -> String {
    let text = serde_json::to_string_pretty(json);
    text.expect("it has text keys only") + "\n"
}
