//! Any bytes as borders: no panic, no hang, and shapes no larger than a page takes, or what is wrong.

#![no_main]

use std::cell::RefCell;
use std::fs;

use libfuzzer_sys::fuzz_target;
use rvtsim::report::Outlines;
use tempfile::TempDir;

thread_local! {
    static HOME: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

fuzz_target!(|bytes: &[u8]| {
    HOME.with_borrow_mut(|home| {
        let home = home.get_or_insert_with(|| tempfile::tempdir().unwrap());
        let path = home.path().join("borders.json");
        fs::write(&path, bytes).unwrap();
        match Outlines::read(&path, &["Zeeland".to_owned()]) {
            Ok(outlines) => assert!(outlines.to_json().len() < 8 << 20),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
});
