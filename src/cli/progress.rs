//! How a run gets on, shown.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use super::terminal;
use super::tongue::{told, tongue};
use crate::experiment::{Progress, Watcher};
use crate::report::counted;
use crate::scenario::{Said, said};

/// How often the bar is drawn although nothing happens.
const TICK: Duration = Duration::from_millis(500);
/// A line is written each time that one more of so many parts is done.
const PARTS: u64 = 10;

/// Shows a run: a bar to somebody who watches, otherwise a line now and then.
pub(super) struct Display {
    state: Mutex<State>,
}

struct State {
    bar: Option<ProgressBar>,
    begun: Instant,
    n_passes: usize,
    n_made: usize,
    work: u64,
    work_done: u64,
    /// Of that, work that had been done before.
    work_kept: u64,
    n_events: u64,
}

impl Display {
    /// A display with nothing on it yet.
    pub(super) fn new() -> Self {
        Display {
            state: Mutex::new(State {
                bar: None,
                begun: Instant::now(),
                n_passes: 0,
                n_made: 0,
                work: 0,
                work_done: 0,
                work_kept: 0,
                n_events: 0,
            }),
        }
    }

    /// Says something beside it.
    pub(super) fn say(&self, said: &Said) {
        match &self.state().bar {
            Some(bar) => bar.println(told(said)),
            None => terminal::note(said),
        }
    }

    /// Shows how many figures have been drawn, of how many.
    pub(super) fn drawn(&self, n_drawn: usize, n_all: usize) {
        self.state().drawn(n_drawn as u64, n_all as u64);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watcher for Display {
    fn tell(&self, progress: Progress) {
        let mut state = self.state();
        match progress {
            Progress::Planned {
                n_passes,
                work,
                n_threads,
            } => state.begin(n_passes, work, n_threads),
            Progress::PassMade { work, n_events } => state.pass_made(work, n_events),
            Progress::PassKept { work } => state.pass_kept(work),
            Progress::Ended => {
                if let Some(bar) = state.bar.take() {
                    bar.finish_and_clear();
                }
            }
        }
    }
}

impl State {
    fn begin(&mut self, n_passes: usize, work: u64, n_threads: usize) {
        // A command may run several times: a calibration, wave after wave.
        (self.n_passes, self.n_made) = (n_passes, 0);
        (self.work, self.work_done, self.n_events) = (work, 0, 0);
        self.work_kept = 0;
        self.begun = Instant::now();
        if terminal::is_interactive() {
            let bar = ProgressBar::new(work).with_style(style(&making()));
            bar.enable_steady_tick(TICK);
            self.bar = Some(bar);
        } else {
            let passes = counted(n_passes, "pass", tongue());
            let threads = counted(n_threads, "thread", tongue());
            terminal::note(&said!("{} on {}", passes, threads));
        }
    }

    fn pass_made(&mut self, work: u64, n_events: u64) {
        let part_before = self.part();
        self.n_made += 1;
        self.work_done += work;
        self.n_events += n_events;
        match &self.bar {
            Some(bar) => {
                bar.set_position(self.work_done);
                bar.set_message(told(&self.rate()));
            }
            None if self.part() > part_before => terminal::note(&self.line()),
            None => {}
        }
    }

    fn drawn(&mut self, n_drawn: u64, n_all: u64) {
        if n_drawn == 0 {
            match terminal::is_interactive() {
                true => {
                    self.bar = Some(ProgressBar::new(n_all).with_style(style(&drawing())));
                }
                false => terminal::note(&said!("drawing the page and {} figures", n_all)),
            }
        }
        match &self.bar {
            Some(bar) if n_drawn < n_all => bar.set_position(n_drawn.max(bar.position())),
            Some(bar) => {
                bar.finish_and_clear();
                self.bar = None;
            }
            None => {}
        }
    }

    /// Time and rate are about what is made now.
    fn pass_kept(&mut self, work: u64) {
        self.n_made += 1;
        self.work_done += work;
        self.work_kept += work;
        if let Some(bar) = &self.bar {
            bar.set_position(self.work_done);
            bar.reset_eta();
        }
    }

    /// How many of the [`PARTS`] are done.
    fn part(&self) -> u64 {
        PARTS * self.work_done / self.work.max(1)
    }

    fn rate(&self) -> Said {
        let seconds = self.begun.elapsed().as_secs_f64().max(1e-3);
        let millions = self.n_events as f64 / seconds / 1e6;
        let (made, all) = (self.n_made, self.n_passes);
        said!(
            "{}/{} passes, {} M events/s",
            made,
            all,
            format!("{millions:.2}")
        )
    }

    fn line(&self) -> Said {
        let percent = 100 * self.work_done / self.work.max(1);
        let spent = self.begun.elapsed();
        let done = (self.work_done - self.work_kept).max(1) as f64;
        let left = spent.mul_f64(self.work.saturating_sub(self.work_done) as f64 / done);
        let left = format!("{:#}", HumanDuration(left));
        said!("{} %: {}, {} left", percent, self.rate(), left)
    }
}

/// What a bar shows: of passes, and of figures.
fn making() -> Said {
    said!("{bar:20} {percent:>3} %  {msg}, {eta} left")
}

fn drawing() -> Said {
    said!("{bar:20} {percent:>3} %  {pos}/{len} figures drawn, {eta} left")
}

fn style(bar: &Said) -> ProgressStyle {
    let style = ProgressStyle::with_template(&bar.text(tongue()));
    style.expect("the template is well formed")
}
