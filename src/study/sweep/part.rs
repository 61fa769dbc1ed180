//! A part of a sweep: some points, while they are made and when they have been.

use std::io::{self, ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::experiment::PassStore;
use crate::report::FolderError;
use crate::report::folder::deed::{self, Out};
use crate::report::folder::folder_error::disk;
use crate::report::folder::lock::Lock;
use crate::report::folder::origin::Origin;
use crate::report::folder::pass_file::{Found, PassFile};
use crate::scenario::read_plain;

/// The largest part that is read \[bytes\].
const MOST_BYTES: u64 = 4 << 30;
/// How the name of a part begins.
const NAME: &str = "points-";
/// How its first line begins; the checksum of the lines below follows.
const HEAD: &str = "# rvtsim points, sha256 of the lines below: ";

/// Points that are being made. Its finished passes are kept beside where it will stand, so that
/// whoever is killed loses only what was under way.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    passes: PassFile,
    _lock: Lock,
}

impl Part {
    /// Begins to make some points, or goes on with it.
    pub(crate) fn begin(
        folder: &Path,
        points: &Range<usize>,
        origin: &Origin,
    ) -> Result<Self, FolderError> {
        let path = folder.join(name_of(points));
        let passes = path.with_extension("passes");
        let _lock = Lock::alone(&path.with_extension(""))?;
        let opened = match PassFile::open(&passes) {
            Err(FolderError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => None,
            Ok(Found::Passes(passes, _)) => Some(passes),
            // Ended while it was made, before there was anything of worth in it.
            Ok(Found::Torn | Found::Foreign) => {
                deed::remove_file(&passes).map_err(disk("remove", &passes))?;
                None
            }
            Err(error) => return Err(error),
        };
        let passes = match opened {
            Some(passes) => passes,
            None => PassFile::create(&passes, origin)?,
        };
        Ok(Part {
            path,
            passes,
            _lock,
        })
    }

    /// Where its finished passes are kept, and found again.
    pub fn store(&self) -> &dyn PassStore {
        &self.passes
    }

    /// Writes its rows, all at once; the passes are no longer needed.
    ///
    /// # Errors
    ///
    /// When the disk fails. The passes are then kept.
    pub fn finish(self, rows: &str) -> Result<(), FolderError> {
        let new = self.path.with_extension("new");
        let written = || {
            let mut file = Out::create(&new)?;
            writeln!(file, "{HEAD}{:x}", Sha256::digest(rows.as_bytes()))?;
            file.write_all(rows.as_bytes())?;
            file.sync()
        };
        if let Err(error) = written() {
            let _ = deed::remove_file(&new);
            return Err(disk("write", &new)(error));
        }
        deed::rename(&new, &self.path).map_err(disk("make", &self.path))?;
        if let Some(above) = self.path.parent() {
            deed::sync_folder(above);
        }
        self.passes.remove().map_err(disk("remove", &self.path))
    }
}

fn name_of(points: &Range<usize>) -> String {
    format!("{NAME}{:08}-{:08}.csv", points.start, points.end - 1)
}

/// The points of a part, by its name.
pub(crate) fn points_of(name: &str) -> Option<Range<usize>> {
    let (first, last) = name
        .strip_prefix(NAME)?
        .strip_suffix(".csv")?
        .split_once('-')?;
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    (1 <= first && first <= last).then_some(first..last + 1)
}

/// The points of a part of which finished passes are kept, by the name of that file.
pub(crate) fn points_of_passes(name: &str) -> Option<Range<usize>> {
    points_of(&format!("{}.csv", name.strip_suffix(".passes")?))
}

/// Whether a file of this name belongs to a part.
pub(crate) fn is_of_part(name: &str) -> bool {
    let endings = [".csv", ".passes", ".new", ".lock"];
    let mut stems = endings
        .iter()
        .filter_map(|ending| name.strip_suffix(ending));
    stems.any(|stem| points_of(&format!("{stem}.csv")).is_some())
}

/// Gives every line of a part, each with its end, after its checksum has been found right.
pub(crate) fn read(
    folder: &Path,
    points: &Range<usize>,
    mut take: impl FnMut(&str) -> io::Result<()>,
) -> Result<(), FolderError> {
    let path = folder.join(name_of(points));
    // As a whole, as it was written: no part is larger than what is made at once.
    let text = read_plain(&path, MOST_BYTES).map_err(disk("read", &path))?;
    let rows = str::from_utf8(&text).ok().and_then(|text| {
        let (sum, rows) = text.strip_prefix(HEAD)?.split_once('\n')?;
        (sum == format!("{:x}", Sha256::digest(rows.as_bytes()))).then_some(rows)
    });
    let Some(rows) = rows else {
        return Err(FolderError::Damaged(path));
    };
    let mut lines = rows.split_inclusive('\n');
    lines.try_for_each(|line| take(line).map_err(disk("copy", &path)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::experiment::fixture::scenario;

    fn lines(folder: &Path, points: &Range<usize>) -> Result<Vec<String>, FolderError> {
        let mut lines = Vec::new();
        read(folder, points, |line| {
            lines.push(line.to_owned());
            Ok(())
        })?;
        Ok(lines)
    }

    #[test]
    fn a_part_is_whole_or_not_there_and_damage_is_seen() {
        let home = tempfile::tempdir().unwrap();
        let origin = Origin::of(&scenario(1));
        let points = 3..8;
        let part = Part::begin(home.path(), &points, &origin).unwrap();
        assert!(matches!(
            Part::begin(home.path(), &points, &origin),
            Err(FolderError::Busy(_))
        ));
        part.finish("1,a\n2,b\n").unwrap();
        assert_eq!(lines(home.path(), &points).unwrap(), ["1,a\n", "2,b\n"]);
        let path = home.path().join(name_of(&points));
        assert_eq!(
            points_of(path.file_name().unwrap().to_str().unwrap()),
            Some(points.clone())
        );
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
        let whole = fs::read(&path).unwrap();
        for damaged in [
            &whole[..whole.len() - 3],
            &whole[..20],
            &[&whole[..], b"3,c\n"].concat(),
        ] {
            fs::write(&path, damaged).unwrap();
            assert!(matches!(
                lines(home.path(), &points),
                Err(FolderError::Damaged(_))
            ));
        }
    }

    #[test]
    fn other_names_are_of_no_part() {
        for name in [
            "points-00000001-00000002.new",
            "points-2-1.csv",
            "points-0-1.csv",
            "origin",
            "points-x-2.csv",
        ] {
            assert_eq!(points_of(name), None, "{name}");
        }
    }
}
