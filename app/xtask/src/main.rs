//! The task runner: `cargo xtask TASK`.
//!
//! Everything that is done to this repository by hand or by a machine is a task
//! here, so that both do the same. One file a task; this one only reads the
//! command line. It decides nothing about Talkoot itself.
#![expect(clippy::print_stdout, reason = "a task runner talks to the terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod apt;
mod bench;
mod browser;
mod bundle;
mod check;
mod command;
mod dev;
mod example;
mod npm;
mod open_api;
mod python;
mod run;
mod same_bytes;
mod server;
mod step;
mod test;
mod tree;
mod wasm;

/// The command line.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Talkoot")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what the browser downloads into dist/ and print its sizes
    Bundle(bundle::Options),
    /// Build everything and serve the example programme
    Run(run::Options),
    /// Run every check and test, installing what they need; stops at the first that fails
    Test {
        /// Only the steps whose name contains this word
        only: Option<String>,
    },
    /// Run the quick part of `test`: format, clippy, native tests
    Check,
    /// Serve a debug build and rebuild it after every edit
    Dev {
        /// The port to listen on
        #[arg(long, default_value_t = run::PORT)]
        port: u16,
        /// The folder that holds the data [default: target/talkoot-dev-data]
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Compare the traces of the simulated world, native and WebAssembly
    SameBytes,
    /// Run the committed measurements on the release build
    Bench {
        /// Only this part
        only: Option<bench::Part>,
    },
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nStopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    let tree = tree::Tree::find()?;
    match task {
        Task::Bundle(options) => bundle::bundle(&tree, &options),
        Task::Run(options) => run::run(&tree, &options),
        Task::Test { only } => test::test(&tree, only),
        Task::Check => check::check(&tree),
        Task::Dev { port, data } => dev::dev(&tree, port, data),
        Task::SameBytes => same_bytes::compare(&tree),
        Task::Bench { only } => bench::bench(&tree, only),
    }
}
