//! Routes R1–R5 × the shipped forms: what the organisation alone makes a family go through.

use crate::common;
use rvtsim::model::{FixedRoute, Structure, structure};

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
