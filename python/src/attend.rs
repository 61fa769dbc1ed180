//! Work without the lock of the interpreter, while somebody attends to Ctrl-C and to progress.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use rvtsim::experiment::{Execution, Progress, Watcher};

/// How soon somebody who presses Ctrl-C is heard.
const A_MOMENT: Duration = Duration::from_millis(50);

/// How far the work is, and whether it should end.
#[derive(Default)]
pub struct Gauge {
    pub stop: AtomicBool,
    work: AtomicU64,
    done: AtomicU64,
    is_done: AtomicBool,
}

impl Watcher for Gauge {
    fn tell(&self, progress: Progress) {
        match progress {
            // Planned anew where more replications turn out to be needed.
            Progress::Planned { work, .. } => {
                self.done.store(0, Ordering::Relaxed);
                self.work.store(work, Ordering::Relaxed);
            }
            Progress::PassMade { work, .. } | Progress::PassKept { work } => {
                self.done.fetch_add(work, Ordering::Relaxed);
            }
            Progress::Ended => {}
        }
    }
}

impl Gauge {
    /// How passes are made that it watches.
    pub fn execution(&self, n_threads: Option<usize>) -> Execution<'_> {
        Execution {
            n_threads,
            watcher: self,
            stop: &self.stop,
            ..Execution::default()
        }
    }
}

/// Does the work on a thread of its own; `progress` is called with the share that is done. When that
/// or a signal raises, the work is asked to end, and what was raised comes out once it has.
pub fn attend<T: Send>(
    py: Python<'_>,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce(&Gauge) -> T + Send,
) -> PyResult<T> {
    let gauge = Gauge::default();
    let (gauge, waiter) = (&gauge, thread::current());
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let result = work(gauge);
            gauge.is_done.store(true, Ordering::Release);
            waiter.unpark();
            result
        });
        let mut raised = None;
        while !gauge.is_done.load(Ordering::Acquire) && !worker.is_finished() {
            py.detach(|| thread::park_timeout(A_MOMENT));
            let done = gauge.done.load(Ordering::Relaxed) as f64;
            let share = done / gauge.work.load(Ordering::Relaxed).max(1) as f64;
            let tell = || progress.map_or(Ok(()), |call| call.call1(py, (share,)).map(drop));
            if let (None, Err(error)) = (&raised, py.check_signals().and_then(|()| tell())) {
                gauge.stop.store(true, Ordering::Relaxed);
                raised = Some(error);
            }
        }
        let result = py.detach(|| worker.join());
        match raised {
            Some(error) => Err(error),
            None => Ok(result.unwrap_or_else(|panic| resume_unwind(panic))),
        }
    })
}
