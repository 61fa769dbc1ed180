//! What a run tells while it is under way.

/// Something that a run has to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// The run begins.
    Planned {
        /// Passes to make.
        n_passes: usize,
        /// Work in all of them; only to be compared with that of a pass.
        work: u64,
        /// Threads that make them.
        n_threads: usize,
    },
    /// A pass has been made.
    PassMade {
        /// Its work.
        work: u64,
        /// Events that it handled.
        n_events: u64,
    },
    /// A pass had been made before, and was kept.
    PassKept {
        /// Its work.
        work: u64,
    },
    /// Every pass has been made, or the run ends before that.
    Ended,
}

/// Passes that are part of something larger: whoever watches is told of them, and not that they
/// begin and end.
pub struct InPart<'a>(pub &'a dyn Watcher);

impl Watcher for InPart<'_> {
    fn tell(&self, progress: Progress) {
        match progress {
            Progress::Planned { .. } | Progress::Ended => {}
            progress => self.0.tell(progress),
        }
    }
}

/// Somebody who wants to know how a run gets on.
///
/// Passes end on many threads, so it is told from many threads.
pub trait Watcher: Sync {
    /// Is told of one thing.
    fn tell(&self, progress: Progress);
}
