//! Any bytes as a framework: no panic, no hang, and either criteria that can be weighed or a diagnostic.

#![no_main]

#[path = "../../tests/loader/library/mod.rs"]
mod library;

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use library::Library;
use rvtsim::scenario::{FRAMEWORK, Framework, Lang};

thread_local! {
    static LIBRARY: RefCell<Option<Library>> = const { RefCell::new(None) };
}

fuzz_target!(|bytes: &[u8]| {
    LIBRARY.with_borrow_mut(|library| {
        let library = library.get_or_insert_with(Library::new);
        library.write(FRAMEWORK, bytes);
        let path = library.folder().join(FRAMEWORK);
        let forms = ["v0_estafette", "v1_expertnetwerk"].map(str::to_owned);
        for forms in [&forms[..], &[]] {
            match Framework::load(&path, forms) {
                Ok(framework) => {
                    for criterion in 0..framework.criteria.len() {
                        framework.principle_of(criterion);
                    }
                }
                Err(log) => {
                    assert!(log.errors().count() > 0);
                    log.render(true, Lang::Nl);
                }
            }
        }
    });
});
