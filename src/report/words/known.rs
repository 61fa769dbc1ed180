//! How well the fitted model shows what is known of a region.

use super::phrase::told;
use crate::scenario::{Known, Lang};

/// How well the model fits a region, in a sentence.
pub(crate) fn of_region(known: &[Known], region: &str, lang: Lang) -> String {
    let own: Vec<&Known> = known.iter().filter(|one| one.is_of(region)).collect();
    let tests = own.iter().filter(|one| one.is_test());
    let (n, n_inside) = tests.fold((0, 0), |(n, inside), one| {
        (n + 1, inside + usize::from(one.is_inside()))
    });
    let parts = [
        ("region", region),
        ("n", &n.to_string()),
        ("inside", &n_inside.to_string()),
    ];
    told(
        if n == 0 { "known_nothing" } else { "known_of" },
        lang,
        &parts,
    )
}
