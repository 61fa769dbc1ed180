//! A file as it was read, and places in it.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::code;
use super::diagnostic::Diagnostic;
use super::said::{Said, said};
use crate::scenario::file::files::Files;
use crate::scenario::file::plain_file::{TextHash, with_plain_ends};

/// The largest file that is read \[bytes\]; the largest that ships is a twentieth of it.
const MAX_BYTES: u64 = 4 << 20;

fn too_large(shown: &str) -> Diagnostic {
    Diagnostic::error(code::TOO_LARGE, said!("{} is larger than 4 MB", shown)).help(said!(
        "a file of this program is a few pages of text; is it the right one?"
    ))
}

/// The text of a file.
#[derive(PartialEq, Eq, Debug)]
pub struct Source {
    /// Its path, as people should see it.
    pub(crate) path: String,
    /// Its text, without byte-order mark and with the ends of lines of Unix.
    pub(crate) text: String,
    /// The hash of that text, in hexadecimal.
    pub(crate) sha256: String,
    line_starts: Vec<usize>,
    /// Numbers of the lines `[name]`.
    header_lines: Vec<usize>,
}

impl Source {
    /// Reads a file; a diagnostic that comes back has a place only if the fault is in the text.
    pub(crate) fn read(path: &Path, shown: &str, files: &Files) -> Result<Arc<Self>, Diagnostic> {
        Source::of_bytes(read_bytes(path, shown, files)?, shown)
    }

    /// The same of what such a file would hold.
    pub(crate) fn of_bytes(bytes: Vec<u8>, shown: &str) -> Result<Arc<Self>, Diagnostic> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(too_large(shown));
        }
        let bytes = with_plain_ends(bytes);
        let (text, fault) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let end = error.utf8_error().valid_up_to();
                (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    Some(end),
                )
            }
        };
        // A byte-order mark is no part of the first line; Windows editors write it.
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let text = text[mark..].to_owned();
        let sha256 = TextHash::of(text.as_bytes());
        let source = Arc::new(Self::new(shown, text, sha256));
        match fault {
            None => Ok(source),
            Some(end) => {
                let place = Place::new(&source, end - mark..end - mark);
                Err(
                    Diagnostic::error(code::NOT_UTF8, said!("{} is not UTF-8 text", shown))
                        .help(said!("save the file with the encoding UTF-8"))
                        .at(&place),
                )
            }
        }
    }

    /// A text that did not come from a file that was read here.
    pub(crate) fn new(path: &str, text: String, sha256: String) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(ends.map(|(end, _)| end + 1))
            .collect();
        let lines = text.split('\n').zip(1..);
        let headers = lines.filter(|(line, _)| line.trim_start().starts_with('['));
        Self {
            path: path.to_owned(),
            header_lines: headers.map(|(_, number)| number).collect(),
            text,
            sha256,
            line_starts,
        }
    }

    /// A line without its end, the first being 1.
    fn text_of(&self, line: usize) -> &str {
        let start = self.line_starts[line - 1];
        self.text[start..].lines().next().unwrap_or_default()
    }

    /// The line that holds a byte, the first being 0.
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset) - 1
    }
}

fn read_bytes(path: &Path, shown: &str, files: &Files) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |why: Said, help: Said| {
        let fact = said!("{} cannot be read: {}", shown, why);
        Err(Diagnostic::error(code::UNREADABLE, fact).help(help))
    };
    // The same words on every system, where the fault is a user's.
    files.read(path, MAX_BYTES).or_else(|error| {
        let (why, help) = match error.kind() {
            ErrorKind::FileTooLarge => return Err(too_large(shown)),
            ErrorKind::InvalidInput => (
                said!("it is not a file"),
                said!("name a file, not a folder"),
            ),
            ErrorKind::NotFound => (
                said!("there is no such file"),
                said!("look at the name, and at the folder"),
            ),
            ErrorKind::PermissionDenied => (
                said!("it may not be read by you"),
                said!("change who may read it"),
            ),
            _ => {
                let help = said!("see whether another program can open it");
                return unreadable(error.into(), help);
            }
        };
        unreadable(why, help)
    })
}

/// A stretch of a file's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub(crate) source: Arc<Source>,
    pub(crate) span: Range<usize>,
}

impl Place {
    /// A stretch of bytes, moved to where characters begin and cut at the end of the text.
    pub(crate) fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        let text = &source.text;
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end).max(start);
        Self {
            source: Arc::clone(source),
            span: start..end,
        }
    }

    /// The file, as people should see it.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The line, the first being 1.
    pub fn line(&self) -> usize {
        self.source.line_of(self.span.start) + 1
    }

    /// The column in characters, the first being 1.
    pub fn column(&self) -> usize {
        let start = self.source.line_starts[self.line() - 1];
        self.source.text[start..self.span.start].chars().count() + 1
    }

    /// What stands there.
    pub(crate) fn text(&self) -> &str {
        &self.source.text[self.span.clone()]
    }

    /// The stretch of bytes of the whole line, without its end.
    pub(crate) fn line_span(&self) -> Range<usize> {
        let start = self.source.line_starts[self.line() - 1];
        start..start + self.source.text_of(self.line()).len()
    }

    /// The number of the nearest line above that says anything, if there is one.
    pub(crate) fn line_before(&self) -> Option<usize> {
        let says = |line: &str| !line.is_empty() && !line.starts_with('#');
        let mut above = (1..self.line()).rev();
        above.find(|&line| says(self.source.text_of(line).trim()))
    }

    /// Whether a table begins below a line, and not below this place.
    pub(crate) fn has_header_since(&self, line: usize) -> bool {
        let headers = &self.source.header_lines;
        let next = headers.partition_point(|&header| header <= line);
        headers
            .get(next)
            .is_some_and(|&header| header <= self.line())
    }

    /// The whole line, without its end, and where the stretch is in it.
    pub(crate) fn excerpt(&self) -> (&str, Range<usize>) {
        let start = self.source.line_starts[self.line() - 1];
        let line = self.source.text_of(self.line());
        let clip = |offset: usize| (offset - start).min(line.len());
        (line, clip(self.span.start)..clip(self.span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_excerpts_end_with_the_line() {
        let text = "één = 1\r\ntwee = \"x\r\n";
        let source = Arc::new(Source::new("a.toml", text.to_owned(), String::new()));
        let one = Place::new(&source, text.find('1').unwrap()..text.find("\"x").unwrap());
        assert_eq!((one.line(), one.column()), (1, 7));
        assert_eq!(one.excerpt(), ("één = 1", 8..9));
        let end = Place::new(&source, text.len()..text.len() + 5);
        assert_eq!((end.line(), end.column()), (3, 1));
        assert_eq!(end.excerpt(), ("", 0..0));
    }
}
