//! Several files as one, and one as several.

use std::io::{Cursor, Read, Write};

use rvtsim::report::File;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// More than this nobody loads.
const MOST_FILES: usize = 64;
const MOST_BYTES: u64 = 4 << 20;

/// Files as one, in their order and without a time: the same files give the same bytes.
pub(crate) fn packed(files: Vec<File>) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for file in files {
        (archive.start_file(&file.name, plain)).map_err(|error| error.to_string())?;
        (archive.write_all(&file.contents)).map_err(|error| error.to_string())?;
    }
    let archive = archive.finish().map_err(|error| error.to_string())?;
    Ok(archive.into_inner())
}

/// The texts in an archive that somebody loads, each cut off where none of ours would end.
pub(crate) fn texts(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut texts = Vec::new();
    for number in 0..archive.len().min(MOST_FILES) {
        let file = archive.by_index(number);
        let file = file.map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?;
        let name = name.into_owned();
        let mut bytes = Vec::new();
        let read = file.take(MOST_BYTES).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if name.ends_with(".toml") {
            texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(texts)
}
