//! Routes R1–R5 × the shipped forms: what the organisation alone makes a family go through.

use crate::common;
use rvtsim::model::{FixedRoute, Form, Setting, Structure, structure};
use rvtsim::scenario::{Changes, load};

/// Handovers / re-tells / assessments as the engine gives them, R1 to R5.
///
/// A table drawn up by hand came before it; where the two differ,
/// `docs/decisions/0002-structure.md` says which is wrong and why.
const EXPECTED: [(&str, [[u16; 3]; 5]); 6] = [
    (
        "v0_estafette",
        [[1, 2, 2], [1, 2, 3], [2, 3, 3], [4, 6, 5], [2, 4, 3]],
    ),
    (
        "v1_expertnetwerk",
        [[1, 2, 2], [1, 2, 3], [0, 2, 2], [3, 5, 4], [2, 4, 3]],
    ),
    (
        "v2_rnvt",
        [[0, 1, 1], [0, 1, 2], [0, 2, 1], [0, 4, 2], [0, 3, 2]],
    ),
    (
        "v3_voorkantfusie",
        [[1, 2, 1], [1, 2, 2], [0, 2, 1], [2, 4, 3], [1, 4, 3]],
    ),
    (
        "v4_openbaar_lichaam",
        [[0, 2, 1], [0, 2, 2], [0, 2, 1], [0, 3, 2], [0, 3, 2]],
    ),
    (
        "v5_integraal_landelijk",
        [[1, 2, 1], [1, 2, 2], [0, 2, 1], [0, 3, 2], [0, 3, 2]],
    ),
];

#[test]
fn routes_give_the_handovers_retells_and_assessments_of_each_form() {
    let mut differences = Vec::new();
    for (key, routes) in EXPECTED {
        for (route, [handovers, retells, assessments]) in FixedRoute::ALL.into_iter().zip(routes) {
            let found = structure(common::setting(key, "Gelderland-Midden"), route);
            let expected = Structure {
                handovers,
                retells,
                assessments,
            };
            if found != expected {
                differences.push(format!("{key} {route:?}: {found:?}, expected {expected:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn counts_do_not_depend_on_how_long_is_measured() {
    for route in FixedRoute::ALL {
        let of = |setting| structure(setting, route);
        let short = common::short_setting("v0_estafette", "Zeeland", 30, 30);
        assert_eq!(
            of(short),
            of(common::setting("v0_estafette", "Zeeland")),
            "{route:?}"
        );
    }
}

#[test]
fn the_table_of_pilots_in_the_docs_is_what_the_engine_counts() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let scenario = load(
        &root.join("scenarios/proeftuinen.toml"),
        &Changes::default(),
    )
    .unwrap_or_else(|log| panic!("{log}"));
    let path = scenario.cases[1].course.as_ref().expect("a path");
    let later = path.stages.iter().map(|stage| &stage.case.form);
    let mut forms: Vec<&Form> = [&path.start].into_iter().chain(later).collect();
    forms.sort_by_key(|form| &form.key);
    forms.dedup_by_key(|form| &form.key);
    assert_eq!(
        forms.len(),
        16,
        "fourteen pilots, Zeeland twice, and the relay"
    );
    let text = std::fs::read_to_string(root.join("docs/proeftuinen.md")).expect("it is there");
    let mut wrong = Vec::new();
    for form in forms {
        let setting = Setting {
            form: form.clone(),
            ..common::setting("v0_estafette", "Gelderland-Midden")
        };
        let cell = |route| {
            let found = structure(setting.clone(), route);
            let Structure {
                handovers,
                retells,
                assessments,
            } = found;
            format!("{handovers}/{retells}/{assessments}")
        };
        let cells = FixedRoute::ALL.map(cell).join(" | ");
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{}` |", form.key)));
        let is_told = row.is_some_and(|row| row.ends_with(&format!("| {cells} |")));
        if !is_told {
            wrong.push(format!("{} | {cells}", form.key));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
