//! Ctrl-C and SIGTERM: the first asks to end, the second ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{io, thread};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Problem;
use super::progress::Display;
use crate::scenario::{Said, said};

/// The exit code of a program that was interrupted: 128 and the number of SIGINT.
pub(super) const EXIT_CODE: u8 = 130;
/// How soon somebody who asks is answered.
const ANSWER: Duration = Duration::from_millis(50);

/// A flag that the first signal sets, and of which the display tells. From then on another
/// signal ends the program at once.
pub(super) fn watch(display: &Arc<Display>) -> Result<Arc<AtomicBool>, Problem> {
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop).map_err(|error| {
        Problem::world(said!(
            "cannot listen for Ctrl-C and SIGTERM: {}",
            Said::of(&error)
        ))
    })?;
    let (asked, display) = (Arc::clone(&stop), Arc::clone(display));
    // A signal may do little more than set a flag, so that somebody has to look at it.
    thread::spawn(move || {
        while !asked.load(Ordering::Relaxed) {
            thread::sleep(ANSWER);
        }
        display.say(&said!(
            "ending: the passes under way are finished and kept first\n\
             once more, and it ends at once without them"
        ));
    });
    Ok(stop)
}

fn listen(stop: &Arc<AtomicBool>) -> io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        // In this order: the signal that sets the flag does not yet find it set.
        flag::register_conditional_shutdown(signal, EXIT_CODE.into(), Arc::clone(stop))?;
        flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}
