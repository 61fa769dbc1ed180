//! Finished passes in a file that may end anywhere.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::deed::{self, Out};
use super::folder_error::{FolderError, disk};
use super::origin::Origin;
use crate::experiment::{PassId, PassStore, StoreError};
use crate::model::Pass;
use crate::scenario::Spoken;

/// The first bytes of such a file; the number is that of its layout.
const MAGIC: &[u8] = b"rvtsim finished passes 2\n";
/// Bytes before the content of a record: its length (u32, little endian) and checksum.
const HEAD: usize = 4 + CHECKSUM;
/// Bytes of the SHA-256 of the content that are kept.
const CHECKSUM: usize = 8;
/// Bytes of a [`PassId`].
const ID: usize = 32;

/// Finished passes on disk, each written as it is finished.
///
/// After the magic line records follow, each with length and checksum: first what
/// the passes were made from, then a pass in each, in the order in which they
/// were finished. Nothing is ever written over. So a program that is killed
/// leaves at most one torn record at the end, which the next one cuts off. In memory
/// are only the ids of passes and their places. Whoever opens it has locked the place for which it stands.
#[derive(Debug)]
pub(crate) struct PassFile {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: Out,
    /// Where the next record comes.
    end: u64,
    /// Where the content of a pass is, and its length.
    places: HashMap<PassId, (u64, u32)>,
}

/// What was found where a file of passes should be.
pub(crate) enum Found {
    /// Finished passes, perhaps none, and what they were made from.
    Passes(PassFile, Origin),
    /// The beginning of a file of passes, and nothing of worth in it.
    Torn,
    /// Something else.
    Foreign,
}

impl PassFile {
    /// A new file, where there is none.
    pub(crate) fn create(path: &Path, origin: &Origin) -> Result<Self, FolderError> {
        let mut file = Out::create_new(path).map_err(disk("make", path))?;
        let origin = postcard::to_stdvec(origin).expect("an origin is texts");
        let bytes = [MAGIC, &record(&origin)].concat();
        file.write_all(&bytes).map_err(disk("write", path))?;
        Ok(PassFile::new(
            path,
            file,
            bytes.len() as u64,
            HashMap::new(),
        ))
    }

    /// The file that is there; a torn end is cut off.
    pub(crate) fn open(path: &Path) -> Result<Found, FolderError> {
        let found = fs::metadata(path).map_err(disk("look at", path))?;
        if !found.is_file() {
            return Ok(Found::Foreign);
        }
        let mut file = Out::open(path).map_err(disk("open", path))?;
        let length = file.length().map_err(disk("look at", path))?;
        let found = scan(&mut file, length).map_err(disk("read", path))?;
        let Contents::Records {
            origin,
            places,
            end,
        } = found
        else {
            let is_torn = matches!(found, Contents::Torn);
            return Ok(if is_torn { Found::Torn } else { Found::Foreign });
        };
        if end < length {
            file.cut(end).map_err(disk("cut", path))?;
        }
        Ok(Found::Passes(
            PassFile::new(path, file, end, places),
            origin,
        ))
    }

    /// How many passes a file holds that another program may be writing to; changes nothing.
    pub(crate) fn count(path: &Path) -> Result<usize, FolderError> {
        let file = match File::open(path) {
            // It was removed a moment ago.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
            file => file.map_err(disk("open", path))?,
        };
        let length = file.metadata().map_err(disk("look at", path))?.len();
        Ok(match scan(file, length).map_err(disk("read", path))? {
            Contents::Records { places, .. } => places.len(),
            Contents::Torn | Contents::Foreign => 0,
        })
    }

    fn new(path: &Path, file: Out, end: u64, places: HashMap<PassId, (u64, u32)>) -> Self {
        PassFile {
            path: path.to_owned(),
            state: Mutex::new(State { file, end, places }),
        }
    }

    /// The number of passes in it.
    pub(crate) fn n_passes(&self) -> usize {
        self.state().places.len()
    }

    /// Closes it, and removes it.
    pub(crate) fn remove(self) -> io::Result<()> {
        // Closed first: some systems do not remove what is open.
        drop(self.state);
        deed::remove_file(&self.path)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same as [`disk`], for whoever does not know a [`FolderError`].
fn spoken<'a>(deed: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Spoken + 'a {
    let disk = disk(deed, path);
    move |error| Spoken(disk(error).said())
}

impl PassStore for PassFile {
    fn find(&self, id: &PassId) -> Result<Option<Pass>, StoreError> {
        let mut state = self.state();
        let Some(&(start, length)) = state.places.get(id) else {
            return Ok(None);
        };
        let mut content = vec![0; length as usize];
        state
            .file
            .seek(SeekFrom::Start(start))
            .and_then(|_| state.file.read_exact(&mut content))
            .map_err(spoken("read", &self.path))?;
        drop(state);
        let pass = postcard::from_bytes(&content[ID..]);
        let pass = pass.map_err(|error| spoken("read", &self.path)(io::Error::other(error)))?;
        Ok(Some(pass))
    }

    fn keep(&self, id: &PassId, pass: &Pass) -> Result<(), StoreError> {
        let content = postcard::to_extend(pass, id.0.to_vec()).expect("a pass is numbers");
        let bytes = record(&content);
        let mut state = self.state();
        let end = state.end;
        let written = state
            .file
            .seek(SeekFrom::Start(end))
            .and_then(|_| state.file.write_all(&bytes));
        if let Err(error) = written {
            // Half a record would be cut off later as well.
            let _ = state.file.cut(end);
            return Err(spoken("write", &self.path)(error).into());
        }
        state.end += bytes.len() as u64;
        let place = (end + HEAD as u64, content.len() as u32);
        state.places.insert(*id, place);
        Ok(())
    }
}

/// A content as it stands in the file.
fn record(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a record is far below 4 GB");
    [&length.to_le_bytes(), &checksum(content)[..], content].concat()
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM] {
    let sum = Sha256::digest(content);
    std::array::from_fn(|byte| sum[byte])
}

/// What a file holds up to its first torn record.
enum Contents {
    Records {
        origin: Origin,
        places: HashMap<PassId, (u64, u32)>,
        end: u64,
    },
    Torn,
    Foreign,
}

fn scan(file: impl Read, length: u64) -> io::Result<Contents> {
    let mut reader = io::BufReader::new(file);
    let mut magic = Vec::new();
    reader
        .by_ref()
        .take(MAGIC.len() as u64)
        .read_to_end(&mut magic)?;
    if magic != MAGIC {
        let is_torn = MAGIC.starts_with(&magic);
        return Ok(if is_torn {
            Contents::Torn
        } else {
            Contents::Foreign
        });
    }
    let mut end = MAGIC.len() as u64;
    let first = match next_record(&mut reader, length - end)? {
        Record::Whole(first) => first,
        Record::Cut => return Ok(Contents::Torn),
        Record::Wrong => return Ok(Contents::Foreign),
    };
    let Ok(origin) = postcard::from_bytes(&first) else {
        return Ok(Contents::Foreign);
    };
    end += (HEAD + first.len()) as u64;
    let mut places = HashMap::new();
    while let Record::Whole(content) = next_record(&mut reader, length - end)? {
        let Some(id) = content.first_chunk::<ID>() else {
            break;
        };
        let place = (end + HEAD as u64, content.len() as u32);
        places.insert(PassId(*id), place);
        end += (HEAD + content.len()) as u64;
    }
    Ok(Contents::Records {
        origin,
        places,
        end,
    })
}

/// A record as it is found.
enum Record {
    /// Its content.
    Whole(Vec<u8>),
    /// The file ends before it does.
    Cut,
    /// Its content does not belong to its checksum.
    Wrong,
}

/// The next record, of which at most so many bytes are left.
fn next_record(reader: &mut impl Read, left: u64) -> io::Result<Record> {
    let mut head = [0; HEAD];
    if left < HEAD as u64 {
        return Ok(Record::Cut);
    }
    reader.read_exact(&mut head)?;
    let (length, sum) = head.split_at(4);
    let length = u32::from_le_bytes(length.try_into().expect("four bytes"));
    if left - (HEAD as u64) < u64::from(length) {
        return Ok(Record::Cut);
    }
    let mut content = vec![0; length as usize];
    reader.read_exact(&mut content)?;
    Ok(if checksum(&content) == sum {
        Record::Whole(content)
    } else {
        Record::Wrong
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::experiment::Design;
    use crate::experiment::fixture::{invented, scenario};
    use crate::model::{Reading, simulate};

    /// A short one: some tests cut the file at every byte.
    static ORIGIN: LazyLock<Origin> = LazyLock::new(|| {
        let mut scenario = scenario(1);
        scenario.ledger.truncate(2);
        scenario.inputs.truncate(1);
        scenario.cases.truncate(1);
        scenario.cases[0].differences.clear();
        Origin::of(&scenario)
    });

    /// Passes of the invented model, each with its id.
    fn passes() -> Vec<(PassId, Pass)> {
        let scenario = scenario(1);
        let design = Design::new(&scenario);
        let keys = design.in_starting_order().take(4);
        keys.map(|key| {
            let setting = design.unstaffed(key);
            (PassId::of(&setting, 1, 1), invented(&setting, 1, 1))
        })
        .collect()
    }

    /// A file of these passes, and how long it was before each of them and after the last.
    fn written(path: &Path, passes: &[(PassId, Pass)]) -> Vec<u64> {
        let file = PassFile::create(path, &ORIGIN).unwrap();
        let mut ends = vec![file.state().end];
        for (id, pass) in passes {
            file.keep(id, pass).unwrap();
            ends.push(file.state().end);
        }
        ends
    }

    fn opened(path: &Path) -> PassFile {
        match PassFile::open(path).unwrap() {
            Found::Passes(file, found) => {
                assert_eq!(found, *ORIGIN);
                file
            }
            Found::Torn => panic!("torn"),
            Found::Foreign => panic!("foreign"),
        }
    }

    #[test]
    fn a_pass_comes_back_bit_by_bit() {
        let home = tempfile::tempdir().unwrap();
        let mut scenario = scenario(1);
        (scenario.period.warm_up_days, scenario.period.measured_days) = (100, 200);
        let design = Design::new(&scenario);
        let mut setting = design.unstaffed(design.in_starting_order().last().unwrap());
        setting.readings = vec![Reading {
            families_before_day: 90,
            measures_before_day: 180,
        }];
        let mut pass = simulate(&setting, 1, 1);
        // What comparing numbers does not see: the sign of nought, and which NaN it is.
        pass.observations.tallies[0] = -0.0;
        let nan = f64::from_bits(0x7ff8_0000_dead_beef);
        pass.observations.tallies[1] = nan;
        let id = PassId::of(&setting, 1, 1);
        let path = home.path().join("passes");
        let file = PassFile::create(&path, &ORIGIN).unwrap();
        file.keep(&id, &pass).unwrap();
        drop(file);
        let mut found = opened(&path).find(&id).unwrap().unwrap();
        let tallies = &mut found.observations.tallies;
        assert_eq!(tallies[0].to_bits(), (-0.0_f64).to_bits());
        assert_eq!(tallies[1].to_bits(), nan.to_bits());
        (tallies[1], pass.observations.tallies[1]) = (0.0, 0.0);
        assert!(pass.observations.years > 0.0 && pass.observations.quarters.len() == 3);
        assert_eq!(found, pass);
        assert_eq!(opened(&path).find(&PassId([0; 32])).unwrap(), None);
    }

    #[test]
    fn a_file_that_ends_anywhere_holds_its_whole_records_and_can_go_on() {
        let home = tempfile::tempdir().unwrap();
        let (path, torn) = (home.path().join("whole"), home.path().join("torn"));
        let passes = passes();
        let ends = written(&path, &passes[..3]);
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, ends[3]);
        for length in 0..=bytes.len() {
            fs::write(&torn, &bytes[..length]).unwrap();
            let n = ends.iter().filter(|&&end| end <= length as u64).count();
            if n == 0 {
                assert!(
                    matches!(PassFile::open(&torn).unwrap(), Found::Torn),
                    "{length}"
                );
                continue;
            }
            let file = opened(&torn);
            assert_eq!(file.n_passes(), n - 1, "{length}");
            let (id, pass) = &passes[3];
            file.keep(id, pass).unwrap();
            drop(file);
            let file = opened(&torn);
            assert_eq!(file.n_passes(), n, "{length}");
            for (place, (id, pass)) in passes.iter().enumerate() {
                let expected = (place + 1 < n || place == 3).then(|| pass.clone());
                assert_eq!(file.find(id).unwrap(), expected, "{length}");
            }
        }
    }

    #[test]
    fn a_record_with_a_wrong_bit_is_no_record() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("passes");
        let ends = written(&path, &passes()[..2]);
        let whole = fs::read(&path).unwrap();
        for place in ends[1]..ends[2] {
            let mut bytes = whole.clone();
            bytes[place as usize] ^= 1 << (place % 8);
            fs::write(&path, bytes).unwrap();
            assert_eq!(opened(&path).n_passes(), 1, "byte {place}");
        }
    }

    #[test]
    fn what_is_no_file_of_passes_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("letter");
        for text in ["dear", "rvtsim finished passes 3\nand more"] {
            fs::write(&path, text).unwrap();
            assert!(matches!(PassFile::open(&path).unwrap(), Found::Foreign));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
