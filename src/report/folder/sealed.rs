//! What a manifest says of the tables beside it, and whether they still are what was written.

use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::report::folder::deed::Out;
use crate::report::record::reading::{MOST_BYTES, ReadingError};
use crate::scenario::{Files, Folder, Said, TextHash, said};

/// The tables that a reader of a folder takes, if they are there. Others may lie beside them.
const READ: [&str; 20] = [
    "attribution.csv",
    "attribution_beliefs.csv",
    "compare.csv",
    "criteria.csv",
    "design.csv",
    "distributions.csv",
    "evidence.csv",
    "flows.csv",
    "journey_types.csv",
    "journeys.csv",
    "kpis.csv",
    "paired.csv",
    "ranks.csv",
    "replications.csv",
    "results.csv",
    "series.csv",
    "tipping.csv",
    "warm_up.csv",
    "weights.csv",
    "worlds.csv",
];

/// A table as it was written.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// Its name in the folder.
    pub(crate) file: String,
    /// Rows below its header.
    pub(crate) rows: u64,
    /// The hash of its text, in hexadecimal.
    pub(crate) sha256: String,
}

/// Whether the tables of a folder are those that its manifest says were written; of a manifest that
/// says nothing of tables, as earlier builds wrote it, nothing is asked.
///
/// # Errors
///
/// When one is not, with what is the matter with it.
pub(crate) fn must_be_as_written(folder: &Folder, tables: &[Sealed]) -> Result<(), ReadingError> {
    let broken = |file: &str, fact: Said| ReadingError::Broken {
        path: folder.join(file),
        fact,
    };
    for table in tables {
        let file = &table.file;
        let mut parts = Path::new(file).components();
        let is_beside = matches!(
            (parts.next(), parts.next()),
            (Some(Component::Normal(_)), None)
        );
        if !is_beside {
            let fact = said!("the manifest names a table that is not beside it");
            return Err(broken("manifest.json", fact));
        }
        let path = folder.join(file);
        let found = found(folder.files(), &path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => broken(file, said!("this file is missing")),
            ErrorKind::InvalidInput | ErrorKind::FileTooLarge => broken(file, Said::of(&source)),
            _ => ReadingError::Disk { path, source },
        })?;
        if found.rows != table.rows {
            let (is, was) = (found.rows, table.rows);
            let fact = said!("it has {} rows, and {} were written", is, was);
            return Err(broken(file, fact));
        }
        if found.sha256 != table.sha256 {
            let fact = said!(
                "it does not belong to this folder: something in it is not as it was written"
            );
            return Err(broken(file, fact));
        }
    }
    let is_told = |file: &&str| tables.iter().any(|table| table.file == **file);
    let stranger = READ
        .iter()
        .filter(|file| !tables.is_empty() && !is_told(file));
    match stranger.into_iter().find(|file| folder.has(file)) {
        Some(file) => {
            let fact = said!("it does not belong to this folder: its manifest says nothing of it");
            Err(broken(file, fact))
        }
        None => Ok(()),
    }
}

/// A table as it is.
fn found(files: &Files, path: &Path) -> io::Result<Sealed> {
    measured(files.open(path, MOST_BYTES)?)
}

impl Sealed {
    /// A table that has been written in memory.
    pub(crate) fn of(file: &str, contents: &[u8]) -> Self {
        let sealed = measured(contents).expect("memory can be read");
        Sealed {
            file: file.to_owned(),
            ..sealed
        }
    }
}

fn measured(mut file: impl Read) -> io::Result<Sealed> {
    let (mut hash, mut rows) = (TextHash::default(), Rows::default());
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            n => {
                hash.update(&piece[..n]);
                rows.update(&piece[..n]);
            }
        }
    }
    Ok(Sealed {
        file: String::new(),
        rows: rows.below_header(),
        sha256: hash.finish(),
    })
}

/// The hash of the text in a file of any length.
pub(crate) fn hash_of(path: &Path) -> io::Result<String> {
    found(&Files::default(), path).map(|found| found.sha256)
}

/// Lines of a table that comes in pieces; one that ends within quotes goes on.
#[derive(Default)]
struct Rows {
    n_lines: u64,
    is_quoted: bool,
}

impl Rows {
    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'\n' if !self.is_quoted => self.n_lines += 1,
                _ => {}
            }
        }
    }

    fn below_header(&self) -> u64 {
        self.n_lines.saturating_sub(1)
    }
}

/// Measures a file while it is written.
pub(crate) struct Meter<'a> {
    out: BufWriter<&'a mut Out>,
    sum: Sha256,
    rows: Rows,
    n_bytes: u64,
}

impl<'a> Meter<'a> {
    pub(crate) fn of(file: &'a mut Out) -> Self {
        Meter {
            out: BufWriter::new(file),
            sum: Sha256::new(),
            rows: Rows::default(),
            n_bytes: 0,
        }
    }

    /// What was written, and how many bytes it takes.
    pub(crate) fn measured(mut self, name: &str) -> io::Result<(Sealed, u64)> {
        self.out.flush()?;
        let sealed = Sealed {
            file: name.to_owned(),
            rows: self.rows.below_header(),
            sha256: format!("{:x}", self.sum.finalize()),
        };
        Ok((sealed, self.n_bytes))
    }
}

impl Write for Meter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.sum.update(&bytes[..n]);
        self.rows.update(&bytes[..n]);
        self.n_bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::record::name::MANIFEST;
    use crate::report::run::reading::tests::written;
    use crate::report::{Manifest, Run};

    /// A run of which the manifest holds what was written.
    fn sealed() -> (tempfile::TempDir, std::path::PathBuf) {
        let (home, path) = written(&scenario(3));
        let seal = |file: &&str| {
            let found = found(&Files::default(), &path.join(file)).ok()?;
            let file = (*file).to_owned();
            Some(Sealed { file, ..found })
        };
        let tables = READ.iter().filter_map(seal).collect();
        let manifest = Manifest::read(&Folder::on_disk(&path))
            .unwrap()
            .with_tables(tables);
        fs::write(path.join(MANIFEST), manifest.to_json()).unwrap();
        (home, path)
    }

    #[test]
    fn a_table_that_was_cut_doubled_turned_or_retouched_is_named() {
        type Change = fn(&[&str]) -> Vec<String>;
        let changes: [(Change, &str); 4] = [
            (|lines| owned_of(&lines[..lines.len() / 3]), "were written"),
            (
                |lines| owned_of(&[lines, &lines[lines.len() - 1..]].concat()),
                "were written",
            ),
            (
                |lines| {
                    let turned = |line: &&str| line.split(',').rev().collect::<Vec<_>>().join(",");
                    lines.iter().map(turned).collect()
                },
                "does not belong",
            ),
            (
                |lines| {
                    let mut all = owned_of(lines);
                    all[1] = all[1].replacen(',', ",1", 1);
                    all
                },
                "does not belong",
            ),
        ];
        let tables = ["kpis", "paired", "series", "evidence", "flows", "warm_up"];
        for (name, (change, said)) in tables
            .iter()
            .flat_map(|name| changes.iter().map(move |change| (name, change)))
        {
            let (_home, path) = sealed();
            Run::read(&path).unwrap();
            let file = path.join(format!("{name}.csv"));
            let text = fs::read_to_string(&file).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert_ne!(owned_of(&lines), change(&lines), "{name}");
            fs::write(&file, change(&lines).join("\n") + "\n").unwrap();
            let told = Run::read(&path).unwrap_err().to_string();
            assert!(told.contains(&format!("{name}.csv")), "{told}");
            assert!(
                told.contains(said) && told.contains("run the scenario again"),
                "{told}"
            );
        }
    }

    fn owned_of(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    #[test]
    fn ends_of_lines_do_not_count_and_strange_tables_are_refused() {
        let (_home, path) = sealed();
        for file in READ.iter().filter(|file| path.join(file).exists()) {
            let text = fs::read_to_string(path.join(file)).unwrap();
            fs::write(path.join(file), text.replace('\n', "\r\n")).unwrap();
        }
        Run::read(&path).unwrap();
        fs::write(path.join("notes.csv"), "mine\n").unwrap();
        Run::read(&path).unwrap();
        fs::write(path.join("attribution.csv"), "form\n").unwrap();
        let told = Run::read(&path).unwrap_err().to_string();
        assert!(
            told.contains("attribution.csv: it does not belong"),
            "{told}"
        );
    }

    #[test]
    fn a_manifest_names_tables_beside_it_only() {
        let (_home, path) = sealed();
        for file in ["../kpis.csv", "/dev/zero", "", "a/b.csv", "."] {
            let table = Sealed {
                file: file.to_owned(),
                ..Sealed::default()
            };
            let told = must_be_as_written(&Folder::on_disk(&path), &[table])
                .unwrap_err()
                .to_string();
            assert!(told.contains("not beside it"), "{file}: {told}");
        }
    }

    #[test]
    fn rows_end_outside_quotes() {
        let mut rows = Rows::default();
        for piece in ["a,b\n1,\"x", "\ny\"\"\"\n", "2,z\n"] {
            rows.update(piece.as_bytes());
        }
        assert_eq!(rows.below_header(), 2);
    }
}
