//! Simulator of the Dutch child-and-family protection chain: parse, dispatch, exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use rvtsim::cli::Command;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Command::from_arguments().and_then(|command| command.execute()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            problem.show();
            problem.exit_code()
        }
    }
}
