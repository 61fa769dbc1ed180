//! A finished run with what studies have found in it: all that a board is shown.

use std::ops::Deref;
use std::path::Path;

use crate::report::record::name::WEIGHING;
use crate::report::{ReadingError, Run, SideBySide};
use crate::scenario::Folder;
use crate::study::Hours;
use crate::study::attribution::block_table::BlockParts;
use crate::study::attribution::effect_reading::Attributed;
use crate::study::hours::table as hours;
use crate::study::lives::journey_table::{self, ToldJourney};
use crate::study::weighing::reading::Weighed;

/// A run, and what stands in its folder beside it.
#[derive(Clone, Debug)]
pub struct Board {
    pub(crate) run: Run,
    /// Its weighing, if it was weighed.
    pub(crate) weighed: Option<Weighed>,
    /// What its differences are made of, if that was asked.
    pub(crate) attributed: Option<Attributed>,
    /// What each building block contributes to them, if that was asked.
    pub(crate) blocks: Option<BlockParts>,
    /// What each form needs for a service, if that was asked.
    pub(crate) hours: Option<Hours>,
    /// Journeys of a family of some kinds, if it has them.
    pub(crate) journeys: Option<Vec<ToldJourney>>,
    /// The same scenario in other settings beside it, if it was run in several.
    pub(crate) beside: Option<SideBySide>,
}

impl Board {
    /// Reads a run folder, with all that studies have written into it.
    ///
    /// # Errors
    ///
    /// When it holds no run, or not the whole of one, or a study that is not of this run.
    pub fn read(folder: &Path) -> Result<Self, ReadingError> {
        Board::read_in(&Folder::on_disk(folder))
    }

    /// The same of a folder that need not be on disk.
    ///
    /// # Errors
    ///
    /// As [`Board::read`].
    pub fn read_in(folder: &Folder) -> Result<Self, ReadingError> {
        let mut board = Board::unweighed(Run::read_in(folder)?)?;
        board.weighed = Weighed::read(&board, &folder.folder(WEIGHING))?;
        Ok(board)
    }

    /// The same of a run that was read, without a weighing.
    ///
    /// # Errors
    ///
    /// When what a study has written is not whole.
    pub(crate) fn unweighed(run: Run) -> Result<Self, ReadingError> {
        Ok(Board {
            journeys: journey_table::read(&run.folder, &run.manifest)?,
            beside: SideBySide::beside(&run.folder, &run.manifest, &run.places[run.merged()])?,
            attributed: Attributed::read(&run)?,
            blocks: BlockParts::read(&run)?,
            hours: hours::read(&run)?,
            weighed: None,
            run,
        })
    }
}

/// Whatever is shown of a run is shown of it here too.
impl Deref for Board {
    type Target = Run;

    fn deref(&self) -> &Run {
        &self.run
    }
}
