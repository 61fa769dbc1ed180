//! The folder of a sweep: its parts while they are made, then all of them as tables.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::analysis::{Sensitivity, Values};
use super::coverage::Coverage;
use super::design::SweepDesign;
use super::package::{Field, Package, Resource};
use super::parquet_file::write_parquet;
use super::part::{Part, is_of_part, points_of, points_of_passes};
use super::table::ResultRow;
use super::{part, table};
use crate::report::folder::deed::{self, Out};
use crate::report::folder::folder_error::disk;
use crate::report::folder::lock::Lock;
use crate::report::folder::manifest::MOST_BYTES;
use crate::report::folder::origin::Origin;
use crate::report::folder::pass_file::PassFile;
use crate::report::folder::site::{NEW, Site};
use crate::report::folder::staging::{Staging, remove_folder};
use crate::report::record::name::MANIFEST;
use crate::report::record::row::Record;
use crate::report::{Column, Earlier, FolderError, Kept, Manifest, Placed};
use crate::scenario::{Scenario, read_plain, read_plain_text};

/// The file that says what the parts are made from, and by which their folder is known.
const ORIGIN: &str = "origin";
/// Its first bytes.
const MAGIC: &[u8] = b"rvtsim sweep 1\n";

/// How far a sweep is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing of it has been made.
    Nothing,
    /// Some of it has been made.
    Parts {
        /// The points that have been.
        made: Coverage,
        /// Finished passes of others.
        n_passes: usize,
    },
    /// It is there as a whole.
    Finished,
}

/// The place of a sweep.
///
/// Its parts stand in a folder beside it, `NAME.partial`, each written whole under the
/// numbers of its points. So parts may be made by many programs at once, in any
/// order, killed and repeated; whatever stands there twice is the same. When every
/// point is there they are merged into the sweep itself, which is then put in its place. Who makes
/// all of a sweep, merges or replaces it has the place alone; who makes some of its points shares it with
/// others that do.
#[derive(Debug)]
pub struct SweepFolder<'a> {
    site: Site<'a>,
    origin: Origin,
    n_points: usize,
    /// None for who only looks.
    _lock: Option<Lock>,
}

impl<'a> SweepFolder<'a> {
    /// The place at `path` for a sweep, for this program alone.
    ///
    /// # Errors
    ///
    /// When something is there that is not to be taken over or replaced, another program makes or merges
    /// the sweep, or nothing can be written. Then everything is as it was.
    pub fn open(
        path: &Path,
        scenario: &'a Scenario,
        n_points: usize,
        earlier: Earlier,
    ) -> Result<Self, FolderError> {
        let mut folder = SweepFolder::at(path, scenario, n_points, earlier)?;
        folder._lock = Some(folder.site.lock()?);
        let is_admitted = folder.admits()?;
        folder.site.look()?;
        if !is_admitted {
            folder.discard()?;
        }
        folder.begin()?;
        Ok(folder)
    }

    /// The same for some of its points, while others make other points; those that have been made of the
    /// same sweep are taken over.
    ///
    /// # Errors
    ///
    /// As [`SweepFolder::open`].
    pub fn open_together(
        path: &Path,
        scenario: &'a Scenario,
        n_points: usize,
    ) -> Result<Self, FolderError> {
        let mut folder = SweepFolder::at(path, scenario, n_points, Earlier::default())?;
        folder._lock = Some(folder.site.lock_by(Lock::together)?);
        folder.site.look()?;
        match folder.must_be_the_same() {
            // Of something else, and nothing of worth: whoever has the place alone may clear it.
            Err(FolderError::Changed { kept, .. }) if kept.is_nothing() => {
                folder._lock = None;
                folder._lock = Some(folder.site.lock()?);
                if !folder.admits()? {
                    folder.discard()?;
                }
                folder.begin()?;
                folder._lock = None;
                SweepFolder::open_together(path, scenario, n_points)
            }
            same => same.and_then(|()| folder.begin()).map(|()| folder),
        }
    }

    fn at(
        path: &Path,
        scenario: &'a Scenario,
        n_points: usize,
        earlier: Earlier,
    ) -> Result<Self, FolderError> {
        Ok(SweepFolder {
            site: Site::of(path, scenario, earlier)?,
            origin: Origin::of(scenario),
            n_points,
            _lock: None,
        })
    }

    /// How far the sweep at `path` is; changes nothing.
    ///
    /// # Errors
    ///
    /// When parts of something else are there, or the folder cannot be read.
    pub fn standing(
        path: &Path,
        scenario: &'a Scenario,
        n_points: usize,
    ) -> Result<Standing, FolderError> {
        let folder = SweepFolder::at(path, scenario, n_points, Earlier::default())?;
        let there = match folder.read_origin()? {
            None => Ok(Standing::Nothing),
            Some(_) => folder.must_be_the_same().and_then(|()| {
                let made = folder.made()?;
                let n_passes = folder.n_passes(&made)?;
                Ok(Standing::Parts { made, n_passes })
            }),
        };
        // Last, because whoever merges puts the whole in its place before the parts go.
        match folder.is_finished() {
            true => Ok(Standing::Finished),
            false => there,
        }
    }

    /// Whether this sweep stands in its place as a whole.
    fn is_finished(&self) -> bool {
        let counts = |text: &str| counts(text, self.n_points);
        let manifest = self.site.path.join(MANIFEST);
        let text = read_plain_text(&manifest, MOST_BYTES).unwrap_or_default();
        self.site.holds(Manifest::is_of_run) && counts(&text)
    }

    /// Removes what an end has left beside a sweep that is finished; leaves that to another program which
    /// is doing so.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn clear(path: &Path, scenario: &'a Scenario, n_points: usize) -> Result<(), FolderError> {
        let mut folder = SweepFolder::at(path, scenario, n_points, Earlier::default())?;
        let lock = folder.site.lock();
        if !folder.site.partial.exists() {
            // A lock that nobody had is gone by taking it, where that may be done.
            return Ok(());
        }
        folder._lock = match lock {
            Err(FolderError::Busy(_)) => return Ok(()),
            lock => Some(lock?),
        };
        folder.site.settle()?;
        match folder.is_finished() && folder.must_be_the_same().is_ok() {
            true => folder.discard(),
            false => Ok(()),
        }
    }

    /// Which points have been made.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn made(&self) -> Result<Coverage, FolderError> {
        Ok(Coverage::of(self.parts()?))
    }

    /// What has been made: points, and passes of others.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn kept(&self) -> Result<Kept, FolderError> {
        let made = self.made()?;
        Ok(Kept {
            points: made.n_points(),
            passes: self.n_passes(&made)?,
        })
    }

    /// The number of finished passes of points that have not been made.
    fn n_passes(&self, made: &Coverage) -> Result<usize, FolderError> {
        let mut n_passes = 0;
        for name in self.names()? {
            let is_made = |points: Range<usize>| made.missing_in(points).n_points() == 0;
            if points_of_passes(&name).is_some_and(|points| !is_made(points)) {
                n_passes += PassFile::count(&self.site.partial.join(name))?;
            }
        }
        Ok(n_passes)
    }

    /// The folder of its parts.
    pub fn partial(&self) -> &Path {
        &self.site.partial
    }

    /// Begins to make some points, or goes on with it.
    ///
    /// # Errors
    ///
    /// When another program is making the same part, or the disk fails.
    pub fn begin_part(&self, points: &Range<usize>) -> Result<Part, FolderError> {
        Part::begin(&self.site.partial, points, &self.origin)
    }

    /// Merges all parts into tables, puts them in their place and removes the parts; gives what
    /// the design can tell of its factors. Results are written as Parquet as well, if asked for.
    ///
    /// # Errors
    ///
    /// When points have not been made, a part is damaged, or the disk fails. Then the parts are kept.
    pub fn merge(
        &self,
        design: &SweepDesign,
        is_parquet_asked: bool,
    ) -> Result<(Placed, Vec<Sensitivity>), FolderError> {
        must_be_all(&self.made()?, self.n_points)?;
        let new = Staging::begin(self.site.partial.join(NEW))?;
        let mut values = Values::of(design);
        let results = self.write_results(&new, design, values.as_mut())?;
        let points = measured(&new, "design.csv", |out| {
            table::write_design(design, out).map_err(io::Error::other)
        })?;
        let fields_of = |columns: &[Column]| columns.iter().map(Field::of).collect::<Vec<Field>>();
        let mut resources = vec![
            Resource {
                fields: table::design_fields(design),
                ..points
            },
            Resource {
                fields: fields_of(&ResultRow::columns()),
                ..results
            },
        ];
        if is_parquet_asked {
            let fields = fields_of(&ResultRow::columns());
            let results = new.path().join(&resources[1].sealed.file);
            let typed = measured(&new, "results.parquet", |out| {
                write_parquet(File::open(results)?, &fields, out)
            })?;
            resources.push(Resource { fields, ..typed });
        }
        let sensitivities = values.map(|values| values.sensitivities().collect::<Vec<_>>());
        for table in table::sweep_tables(design, sensitivities.as_deref()) {
            let name = format!("{}.csv", table.name);
            let fields = fields_of(&table.columns);
            let written = |out: &mut (dyn Write + Send)| table.write(out).map_err(io::Error::other);
            let resource = measured(&new, &name, written)?;
            resources.push(Resource { fields, ..resource });
        }
        new.write("scenario.toml", table::scenario_toml(design))?;
        let package = Package::new(design, &resources);
        new.write("datapackage.json", package.descriptor())?;
        new.write(MANIFEST, package.manifest())?;
        let placed = self.site.put(new, |path| read_back(path, &resources))?;
        self.discard()?;
        Ok((placed, sensitivities.unwrap_or_default()))
    }

    /// The rows of all parts in order, each point once.
    fn write_results(
        &self,
        new: &Staging,
        design: &SweepDesign,
        mut values: Option<&mut Values>,
    ) -> Result<Resource, FolderError> {
        let reader = table::ResultReader::of(design);
        let mut parts = self.parts()?;
        parts.sort_by_key(|part| (part.start, part.end));
        let mut fault = None;
        let resource = measured(new, "results.csv", |out| {
            let names: Vec<&str> = ResultRow::columns()
                .iter()
                .map(|column| column.name)
                .collect();
            writeln!(out, "{}", names.join(","))?;
            let mut next = 1;
            for points in &parts {
                if points.end <= next {
                    continue;
                }
                let copied = part::read(&self.site.partial, points, |line| {
                    let point = line
                        .split(',')
                        .next()
                        .and_then(|cell| cell.parse::<usize>().ok());
                    match point {
                        // Another part has it.
                        Some(point) if point < next => Ok(()),
                        _ => {
                            if let Some(values) = &mut values {
                                reader.read(line, values)?;
                            }
                            out.write_all(line.as_bytes())
                        }
                    }
                });
                if let Err(error) = copied {
                    fault = Some(error);
                    return Err(io::Error::other("a part cannot be read"));
                }
                next = points.end;
            }
            Ok(())
        });
        match fault {
            Some(fault) => Err(fault),
            None => resource,
        }
    }

    /// The points of every part that is there.
    fn parts(&self) -> Result<Vec<Range<usize>>, FolderError> {
        let names = self.names()?;
        let parts = names.iter().filter_map(|name| points_of(name));
        Ok(parts.filter(|part| part.end <= self.n_points + 1).collect())
    }

    /// The names of what stands beside the sweep; none where nothing does.
    fn names(&self) -> Result<Vec<String>, FolderError> {
        let partial = &self.site.partial;
        let entries = match fs::read_dir(partial) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(disk("read", partial))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(disk("read", partial))?.file_name();
            names.push(name.to_string_lossy().into_owned());
        }
        Ok(names)
    }

    /// Whether what is there is taken over, rather than dropped, which must be allowed.
    fn admits(&self) -> Result<bool, FolderError> {
        let Site {
            partial, earlier, ..
        } = &self.site;
        match fs::symlink_metadata(partial) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return match earlier.is_resumed {
                    true => Err(FolderError::NothingToResume(partial.clone())),
                    false => Ok(true),
                };
            }
            Err(error) => return Err(disk("look at", partial)(error)),
            Ok(found) if !found.is_dir() => {
                return Err(FolderError::ForeignPasses(partial.clone()));
            }
            Ok(_) => {}
        }
        self.site.settle()?;
        let is_same = self.must_be_the_same();
        let kept = match &is_same {
            Ok(()) => self.kept()?,
            Err(FolderError::Changed { kept, .. }) => *kept,
            Err(_) => return is_same.map(|()| true),
        };
        match is_same {
            Ok(()) if earlier.is_resumed => Ok(true),
            _ if kept.is_nothing() || (earlier.is_replaced && !earlier.is_resumed) => Ok(false),
            Ok(()) => Err(FolderError::Unfinished {
                path: partial.clone(),
                kept,
            }),
            Err(changed) => Err(changed),
        }
    }

    /// What is there must have been made from the same, if anything is.
    fn must_be_the_same(&self) -> Result<(), FolderError> {
        let Some(then) = self.read_origin()? else {
            // Ended before it said what it was for: nothing of worth can be in it.
            return match self.names()?.iter().all(|name| is_draft(name)) {
                true => Ok(()),
                false => Err(FolderError::ForeignPasses(self.site.partial.clone())),
            };
        };
        let changes = then.changes_to(&self.origin);
        match changes.is_empty() {
            true => Ok(()),
            false => Err(FolderError::Changed {
                path: self.site.partial.clone(),
                kept: self.kept()?,
                changes,
            }),
        }
    }

    /// Removes everything that is not the sweep; last what it is known by, for as long as that is
    /// there the rest can be gone on with.
    fn discard(&self) -> Result<(), FolderError> {
        let partial = &self.site.partial;
        remove_folder(&partial.join(NEW))?;
        let mut names = self.names()?;
        names.retain(|name| is_of_part(name) || is_draft(name));
        names.push(ORIGIN.to_owned());
        for name in names {
            let path = partial.join(name);
            match deed::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(disk("remove", &path)(error));
                }
                _ => {}
            }
        }
        // It stays if somebody has put something of their own into it.
        let _ = deed::remove_empty(partial);
        Ok(())
    }

    /// What the parts that are there were made from.
    fn read_origin(&self) -> Result<Option<Origin>, FolderError> {
        let path = self.site.partial.join(ORIGIN);
        let bytes = match read_plain(&path, MOST_BYTES) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(disk("read", &path))?,
        };
        let origin = bytes.strip_prefix(MAGIC).map(postcard::from_bytes);
        match origin {
            Some(Ok(origin)) => Ok(Some(origin)),
            _ => Err(FolderError::ForeignPasses(self.site.partial.clone())),
        }
    }

    /// Says what the parts will be made from; others may be doing the same, on other machines too.
    fn begin(&self) -> Result<(), FolderError> {
        let partial = &self.site.partial;
        deed::make_folders(partial).map_err(disk("make", partial))?;
        let path = partial.join(ORIGIN);
        if path.exists() {
            return Ok(());
        }
        let origin = postcard::to_stdvec(&self.origin).expect("an origin is texts");
        let mark = RandomState::new().build_hasher().finish();
        let draft = partial.join(format!("{ORIGIN}.{mark:016x}"));
        let written = || {
            let mut file = Out::create(&draft)?;
            file.write_all(&[MAGIC, &origin].concat())?;
            file.sync()
        };
        let made = written().and_then(|()| deed::rename_new(&draft, &path));
        match made {
            Ok(()) => Ok(()),
            Err(error) => {
                let _ = deed::remove_file(&draft);
                match error.kind() {
                    // Somebody else was first: for the same sweep?
                    ErrorKind::AlreadyExists => self.must_be_the_same(),
                    _ => Err(disk("write", &path)(error)),
                }
            }
        }
    }
}

/// Whether a name is that of an origin which has not come to its place.
fn is_draft(name: &str) -> bool {
    let mark = name
        .strip_prefix(ORIGIN)
        .and_then(|rest| rest.strip_prefix('.'));
    mark.is_some_and(|mark| !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether everything in a folder is as it was written.
fn read_back(folder: &Path, resources: &[Resource]) -> Result<(), FolderError> {
    for resource in resources {
        let path = folder.join(&resource.sealed.file);
        let mut sum = Sha256::new();
        let read = File::open(&path).and_then(|mut file| io::copy(&mut file, &mut sum));
        read.map_err(disk("read", &path))?;
        if format!("{:x}", sum.finalize()) != resource.sealed.sha256 {
            return Err(FolderError::Unread(path));
        }
    }
    Ok(())
}

/// Whether every point has been made.
///
/// # Errors
///
/// When not: how many are missing.
pub fn must_be_all(made: &Coverage, n_points: usize) -> Result<(), FolderError> {
    let missing = made.missing_in(1..n_points + 1);
    match missing.ranges().first() {
        None => Ok(()),
        Some(range) => Err(FolderError::Missing {
            n_missing: missing.n_points(),
            n_points,
            first: range.start,
        }),
    }
}

/// Whether a manifest is of a sweep with so many points.
fn counts(json: &str, n_points: usize) -> bool {
    let found = serde_json::from_str::<serde_json::Value>(json);
    found.is_ok_and(|found| found["points"] == n_points)
}

/// Writes a file of a folder, and measures it.
fn measured(
    new: &Staging,
    name: &str,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<Resource, FolderError> {
    let (sealed, n_bytes) = new.measured(name, |out| write(out))?;
    Ok(Resource {
        sealed,
        n_bytes,
        fields: Vec::new(),
    })
}
