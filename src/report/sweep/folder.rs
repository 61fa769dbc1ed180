//! The folder of a sweep: its parts while they are made, then all of them as tables.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::ops::Range;
use std::path::Path;

use super::super::folder_error::{FolderError, Kept, disk};
use super::super::manifest::MOST_BYTES;
use super::super::origin::Origin;
use super::super::site::{Earlier, MANIFEST, NEW, OLD, Placed, Site};
use super::super::staging::{Staging, remove_folder};
use super::super::{Column, Manifest};
use super::Coverage;
use super::package::{Field, Package, Resource};
use super::parquet_file::write_parquet;
use super::part::{self, Part, points_of};
use super::table;
use crate::experiment::{Sensitivity, SweepDesign, Values};
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
    /// Some of its points have been made.
    Parts(Coverage),
    /// It is there as a whole.
    Finished,
}

/// The place of a sweep.
///
/// Its parts stand in a folder beside it, `NAME.partial`, each written whole under the
/// numbers of its points. So parts may be made by many programs at once, in any
/// order, killed and repeated; whatever stands there twice is the same. When every
/// point is there they are merged into the sweep itself, which is then put in its place.
#[derive(Debug)]
pub struct SweepFolder<'a> {
    site: Site<'a>,
    origin: Origin,
    n_points: usize,
}

impl<'a> SweepFolder<'a> {
    /// The place at `path` for a sweep; parts of the same sweep that are there are taken over.
    ///
    /// # Errors
    ///
    /// When something is there that is not to be replaced, or parts of another sweep, or when
    /// nothing can be written. Then everything is as it was.
    pub fn open(
        path: &Path,
        scenario: &'a Scenario,
        n_points: usize,
        earlier: Earlier,
    ) -> Result<Self, FolderError> {
        let folder = SweepFolder {
            site: Site::of(path, scenario, earlier)?,
            origin: Origin::of(scenario),
            n_points,
        };
        folder.take_over()?;
        folder.site.look()?;
        folder.begin()?;
        Ok(folder)
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
        let folder = SweepFolder {
            site: Site::of(path, scenario, Earlier::default())?,
            origin: Origin::of(scenario),
            n_points,
        };
        let Some(then) = folder.read_origin()? else {
            let text = read_plain_text(&path.join(MANIFEST), MOST_BYTES).unwrap_or_default();
            let is_finished = Manifest::is_of_run(&text, scenario) && counts(&text, n_points);
            return Ok(match is_finished {
                true => Standing::Finished,
                false => Standing::Nothing,
            });
        };
        let changes = then.changes_to(&folder.origin);
        let made = folder.made()?;
        if changes.is_empty() {
            return Ok(Standing::Parts(made));
        }
        Err(FolderError::Changed {
            path: folder.site.partial.clone(),
            kept: Kept::Points(made.n_points()),
            changes,
        })
    }

    /// Which points have been made.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn made(&self) -> Result<Coverage, FolderError> {
        Ok(Coverage::of(self.parts()?))
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
        self,
        design: &SweepDesign,
        is_parquet_asked: bool,
    ) -> Result<(Placed, Vec<Sensitivity>), FolderError> {
        let missing = self.made()?.missing_in(1..self.n_points + 1);
        if let Some(range) = missing.ranges().first() {
            return Err(FolderError::Missing {
                n_missing: missing.n_points(),
                n_points: self.n_points,
                first: range.start,
            });
        }
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
                fields: fields_of(&table::results_columns()),
                ..results
            },
        ];
        if is_parquet_asked {
            let fields = fields_of(&table::results_columns());
            let results = new.path().join(&resources[1].sealed.file);
            let typed = measured(&new, "results.parquet", |out| {
                write_parquet(File::open(results)?, &fields, out)
            })?;
            resources.push(Resource { fields, ..typed });
        }
        let sensitivities = values.map(|values| values.sensitivities().collect::<Vec<_>>());
        for table in table::tables(design, sensitivities.as_deref()) {
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
        let placed = self.site.put(new)?;
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
            let names: Vec<&str> = table::results_columns()
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
        let partial = &self.site.partial;
        let entries = fs::read_dir(partial).map_err(disk("read", partial))?;
        let mut parts = Vec::new();
        for entry in entries {
            let entry = entry.map_err(disk("read", partial))?;
            let points = entry.file_name().to_str().and_then(points_of);
            parts.extend(points.filter(|points| points.end <= self.n_points + 1));
        }
        Ok(parts)
    }

    /// Looks at the parts that are there: they must be of this sweep, or may be dropped.
    fn take_over(&self) -> Result<(), FolderError> {
        let Site {
            partial, earlier, ..
        } = &self.site;
        match fs::symlink_metadata(partial) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return match earlier.is_resumed {
                    true => Err(FolderError::NothingToResume(partial.clone())),
                    false => Ok(()),
                };
            }
            Err(error) => return Err(disk("look at", partial)(error)),
            Ok(_) => {}
        }
        let Some(then) = self.read_origin()? else {
            // Ended before it said what it was for: nothing of worth can be in it.
            return match fs::read_dir(partial).map(|mut entries| entries.next().is_none()) {
                Ok(true) => Ok(()),
                _ => Err(FolderError::ForeignPasses(partial.clone())),
            };
        };
        self.site.put_back()?;
        let changes = then.changes_to(&self.origin);
        let kept = self.made()?.n_points();
        if changes.is_empty() && (earlier.is_resumed || !earlier.is_replaced) {
            return Ok(());
        }
        if earlier.is_replaced && !earlier.is_resumed || kept == 0 {
            return self.discard();
        }
        Err(FolderError::Changed {
            path: partial.clone(),
            kept: Kept::Points(kept),
            changes,
        })
    }

    /// Removes everything that is not the sweep; last what it is known by, for as long as that is
    /// there the rest can be gone on with.
    fn discard(&self) -> Result<(), FolderError> {
        let partial = &self.site.partial;
        for name in [OLD, NEW] {
            remove_folder(&partial.join(name))?;
        }
        for entry in fs::read_dir(partial).map_err(disk("read", partial))? {
            let entry = entry.map_err(disk("read", partial))?;
            if entry.file_name() != ORIGIN {
                fs::remove_file(entry.path()).map_err(disk("remove", &entry.path()))?;
            }
        }
        remove_folder(partial)
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

    /// Says what the parts will be made from; others may be doing the same.
    fn begin(&self) -> Result<(), FolderError> {
        let partial = &self.site.partial;
        fs::create_dir_all(partial).map_err(disk("make", partial))?;
        let path = partial.join(ORIGIN);
        if path.exists() {
            return Ok(());
        }
        let origin = postcard::to_stdvec(&self.origin).expect("an origin is texts");
        let new = partial.join(format!("{ORIGIN}.{}", std::process::id()));
        let written = fs::write(&new, [MAGIC, &origin].concat());
        written.map_err(disk("write", &new))?;
        fs::rename(&new, &path).map_err(disk("make", &path))
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
