//! The program `talkoot`: reads the command line, does it, and says plainly what went wrong.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use talkoot_server::cli::Cli;
use talkoot_server::command::{self, CommandError};

/// The exit code of a refusal that the person can do something about.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => explain(&cause),
    }
}

fn run() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Runtime::new().context("no threads could be started")?;
    Ok(runtime.block_on(command::run(cli))?)
}

fn explain(cause: &anyhow::Error) -> ExitCode {
    // Where even the error output is gone, the exit code still tells.
    drop(writeln!(io::stderr(), "talkoot: {cause:#}"));
    let refused = cause.downcast_ref::<CommandError>().is_some_and(CommandError::is_refusal);
    if refused { ExitCode::from(REFUSED) } else { ExitCode::FAILURE }
}
