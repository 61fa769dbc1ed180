//! Simulator of the Dutch child-and-family protection chain: parse, dispatch, exit code.

use std::process::ExitCode;

use rvtsim::cli::Command;

fn main() -> ExitCode {
    match Command::from_arguments().execute() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            problem.show();
            problem.exit_code()
        }
    }
}
