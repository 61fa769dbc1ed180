//! Files that others may have written: plain ones only, no more of them than is said, and a hash
//! that does not change with the ends of lines.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::scenario::fault::said::{Spoken, said};

/// Opens a file for reading, if it is one and no larger than so many bytes.
///
/// # Errors
///
/// When the disk says so; of kind [`ErrorKind::InvalidInput`] for a folder, pipe or device, and
/// [`ErrorKind::FileTooLarge`].
pub fn open_plain(path: &Path, most: u64) -> io::Result<File> {
    // Before it is opened: a pipe would wait for whoever writes to it.
    look(&fs::metadata(path)?, most)?;
    let file = File::open(path)?;
    look(&file.metadata()?, most)?;
    Ok(file)
}

/// Reads a file into memory, if it is one and no larger than so many bytes.
///
/// # Errors
///
/// As [`open_plain`].
pub fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_all(open_plain(path, most)?, most)
}

/// All that can be read, if that is no more than so many bytes.
pub(crate) fn read_all(file: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // The limit holds while reading: a file may grow, and some files lie about their size.
    file.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(too_large(most)),
        false => Ok(bytes),
    }
}

/// The same of a file that must be text.
///
/// # Errors
///
/// As [`open_plain`], and of kind [`ErrorKind::InvalidData`] for what is no text.
pub fn read_plain_text(path: &Path, most: u64) -> io::Result<String> {
    text_of(read_plain(path, most)?)
}

/// Bytes that must be text.
pub(crate) fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    let fault = || Spoken(said!("it is not UTF-8 text"));
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, fault()))
}

fn look(facts: &Metadata, most: u64) -> io::Result<()> {
    match facts.is_file() {
        false => Err(ErrorKind::InvalidInput.into()),
        true if facts.len() > most => Err(too_large(most)),
        true => Ok(()),
    }
}

pub(crate) fn too_large(most: u64) -> io::Error {
    let fact = said!("it is larger than {} MB", most >> 20);
    io::Error::new(ErrorKind::FileTooLarge, Spoken(fact))
}

/// A text in which every line ends as on Unix.
pub(crate) fn with_plain_ends(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut kept = 0;
    for at in 0..bytes.len() {
        if !bytes[at..].starts_with(b"\r\n") {
            bytes[kept] = bytes[at];
            kept += 1;
        }
    }
    bytes.truncate(kept);
    bytes
}

/// The SHA-256 of a text that comes in pieces, as if every line ended as on Unix: the same file is
/// the same on a computer that checks files out with its own ends of lines.
#[derive(Clone, Default, Debug)]
pub struct TextHash {
    sha: Sha256,
    /// Whether the last byte was a return, of which the next byte says whether it counts.
    has_return: bool,
}

impl TextHash {
    /// Of a whole text, in hexadecimal.
    pub fn of(bytes: &[u8]) -> String {
        let mut hash = TextHash::default();
        hash.update(bytes);
        hash.finish()
    }

    /// Takes the next piece.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while let Some(first) = bytes.first() {
            if self.has_return && *first != b'\n' {
                self.sha.update(b"\r");
            }
            let end = bytes.iter().position(|&byte| byte == b'\r');
            self.has_return = end.is_some();
            self.sha.update(&bytes[..end.unwrap_or(bytes.len())]);
            bytes = end.map_or(&[], |end| &bytes[end + 1..]);
        }
    }

    /// In hexadecimal.
    pub fn finish(mut self) -> String {
        if self.has_return {
            self.sha.update(b"\r");
        }
        format!("{:x}", self.sha.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_does_not_change_with_the_ends_of_lines_nor_with_the_pieces() {
        let unix = "een\ntwee\rdrie\n\n\r";
        let windows = unix.replace('\n', "\r\n");
        let plain = format!("{:x}", Sha256::digest(unix));
        assert_eq!(TextHash::of(unix.as_bytes()), plain);
        assert_eq!(
            with_plain_ends(windows.clone().into_bytes()),
            unix.as_bytes()
        );
        for size in 1..windows.len() {
            let mut hash = TextHash::default();
            for piece in windows.as_bytes().chunks(size) {
                hash.update(piece);
            }
            assert_eq!(hash.finish(), plain, "in pieces of {size}");
        }
        assert_ne!(TextHash::of(b"a\rb"), TextHash::of(b"ab"));
    }

    #[test]
    fn only_so_much_of_a_plain_file_is_read() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a");
        fs::write(&file, "12345").unwrap();
        assert_eq!(read_plain_text(&file, 5).unwrap(), "12345");
        let kind = |path: &Path, most| read_plain(path, most).unwrap_err().kind();
        assert_eq!(kind(&file, 4), ErrorKind::FileTooLarge);
        assert_eq!(kind(home.path(), 9), ErrorKind::InvalidInput);
        assert_eq!(kind(&home.path().join("b"), 9), ErrorKind::NotFound);
        fs::write(&file, b"\xff").unwrap();
        let kind = read_plain_text(&file, 5).unwrap_err().kind();
        assert_eq!(kind, ErrorKind::InvalidData);
    }
}
