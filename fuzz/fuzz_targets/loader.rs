//! Any bytes as any file of a library: no panic, no hang, and either a scenario or a
//! diagnostic whose place lies inside a file.

#![no_main]

#[path = "../../tests/loader/library/mod.rs"]
mod library;

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use library::Library;
use rvtsim::scenario::{Changes, Lang};

/// A library in which the fuzzed file is scenario, form and belief set, and one in which it
/// is the ground that every scenario rests on.
struct Libraries {
    above: Library,
    below: Library,
}

impl Libraries {
    fn new() -> Self {
        let libraries = Self {
            above: Library::new(),
            below: Library::new(),
        };
        libraries.above.write(
            "names.toml",
            "extends = \"base.toml\"\n[scenario]\nforms = [\"v0\", \"any\"]\nbelief = \"any\"\n",
        );
        libraries
    }
}

thread_local! {
    static LIBRARIES: RefCell<Option<Libraries>> = const { RefCell::new(None) };
}

fuzz_target!(|bytes: &[u8]| {
    LIBRARIES.with_borrow_mut(|libraries| {
        let Libraries { above, below } = libraries.get_or_insert_with(Libraries::new);
        for file in ["any.toml", "forms/any.toml", "beliefs/any.toml"] {
            above.write(file, bytes);
        }
        for file in ["evidence.toml", "regions.csv"] {
            below.write(file, bytes);
        }
        try_to_load(above, "any.toml");
        try_to_load(above, "names.toml");
        try_to_load(below, "base.toml");
    });
});

fn try_to_load(library: &Library, scenario: &str) {
    match library.load(scenario, &Changes::default()) {
        Ok(scenario) => drop(scenario.to_toml()),
        Err(log) => {
            assert!(log.errors().count() > 0);
            log.render(true, Lang::Nl);
        }
    }
}
