//! `run`: from a fresh clone to the example programme in a browser.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::tree::Tree;
use crate::{bundle, command, server};

/// The port to listen on when nobody says otherwise.
pub(crate) const PORT: u16 = 8080;

/// What `run` can be told.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The port to listen on
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// The folder that holds the data [default: target/talkoot-data]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start with nothing instead of the example programme
    #[arg(long)]
    empty: bool,
}

/// Builds everything and turns into the server.
pub(crate) fn run(tree: &Tree, options: &Options) -> Result<()> {
    check_port(options.port)?;
    bundle::bundle(tree, &bundle::Options::default())?;
    let binary = server::build(tree, false)?;
    let data = match &options.data {
        Some(folder) => std::path::absolute(folder)?,
        None => tree.target().join("talkoot-data"),
    };
    prepare(&binary, &data, options.empty)?;
    if !options.empty {
        print_accounts(tree)?;
    }
    println!("\nTalkoot is at http://127.0.0.1:{}/ (stop with Ctrl+C)\n", options.port);
    let error = serve(&binary, options.port, &data).exec();
    Err(error).context("the server could not be started")
}

/// The command that serves `data`.
pub(crate) fn serve(binary: &Path, port: u16, data: &Path) -> Command {
    let mut command = Command::new(binary);
    command.arg("serve").arg("--listen").arg(format!("127.0.0.1:{port}"));
    command.arg("--data").arg(data);
    command
}

/// Says plainly that a port is taken, before minutes are spent on building.
pub(crate) fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(cause) => {
            bail!("port {port} cannot be used ({cause}); choose another with --port")
        }
    }
}

/// Loads the example programme into a folder that holds nothing yet.
pub(crate) fn prepare(binary: &Path, data: &Path, empty: bool) -> Result<()> {
    fs::create_dir_all(data).with_context(|| format!("creating {}", data.display()))?;
    if empty || fs::read_dir(data)?.next().is_some() {
        return Ok(());
    }
    println!("  loading the example programme");
    command::output(Command::new(binary).arg("demo").arg("--data").arg(data)).map(drop)
}

/// Prints the accounts of the example programme.
pub(crate) fn print_accounts(tree: &Tree) -> Result<()> {
    let file = tree.public().join("demo/accounts.json");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let accounts: Vec<Value> = serde_json::from_str(&text)?;
    println!("\nAccounts to try:");
    for account in &accounts {
        let fact = |name: &str| account.get(name).and_then(Value::as_str).unwrap_or_default();
        let (email, password) = (fact("email"), fact("password"));
        println!("  {email:<36} {password:<20} {:<12} {}", fact("role"), fact("name"));
    }
    Ok(())
}
