//! The shipped library of scenarios, forms, belief sets, regions and evidence, as bytes in the program.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Schemas are for editors, and studies are more than a page can run.
const LEFT_OUT: [&str; 2] = ["schema", "studies"];

fn main() -> io::Result<()> {
    let library = Path::new("../scenarios").canonicalize()?;
    println!("cargo::rerun-if-changed={}", library.display());
    let mut files = Vec::new();
    collect(&library, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&library).expect("it is in it");
        let name = name.to_str().expect("names are plain");
        // Writing into a String cannot fail.
        let _ = writeln!(code, "({name:?}, include_bytes!({file:?})),");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"));
    fs::write(out.join("library.rs"), code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        match path.is_dir() {
            true if name.is_some_and(|name| LEFT_OUT.contains(&name)) => {}
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}
