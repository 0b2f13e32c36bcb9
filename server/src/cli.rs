//! The command line. Every option can also come from the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::HeaderName;
use clap::{Args, Parser, Subcommand, ValueEnum};
use talkoot_core::access::Role;
use talkoot_core::id::RecordId;

use crate::mail::SmtpUrl;
use crate::settings::PublicUrl;
use crate::telemetry::LogFormat;

/// The shared workspace of a programme of associations, with or without a network.
#[derive(Debug, Parser)]
#[command(name = "talkoot", version, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  Try it with the example programme:
    talkoot demo  --data ./talkoot-data
    talkoot serve --data ./talkoot-data

  Serve people over https, behind a proxy that holds the certificate:
    talkoot serve --data /var/lib/talkoot --listen 127.0.0.1:8080 --public-url https://talkoot.example

  Let somebody in:
    talkoot user add leena@yhdistys.example --name \"Leena Laine\" --role member --data ./talkoot-data

  Save everything every night, and take it back when you must:
    talkoot backup  /backups/tuesday.backup --data /var/lib/talkoot
    talkoot restore /backups/tuesday.backup --data /var/lib/talkoot --replace

  Carry everything to where no network is, and take in what comes back (the server stopped):
    talkoot export --all stick.talkoot --data /var/lib/talkoot
    talkoot import stick.talkoot --data /var/lib/talkoot

Everything is kept in the data folder. Do not copy it while the server runs: `talkoot backup` does
that without tearing it.";

/// One thing the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the workspace until stopped (Ctrl-C or SIGTERM)
    Serve(Serve),
    /// Load the example programme into an empty workspace and list its accounts
    Demo(Data),
    /// Add people, list them, change what they may do
    #[command(subcommand)]
    User(User),
    /// Write everything into one file; the server may run meanwhile
    Backup(Backup),
    /// Put a backup into an empty data folder, or in place of what is there
    Restore(Restore),
    /// Write chosen records into a file that people carry to where no network is
    Export(Export),
    /// Take such a file in; whatever is known already, or comes again, does no harm
    Import(Import),
    /// Look at everything in the data folder, change nothing, and say what is wrong
    Verify(Verify),
}

/// What to carry.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub struct Export {
    #[command(flatten)]
    pub data: Data,
    /// The file to write; it holds what people have not published too
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A record by the id in its address; repeat it for more
    #[arg(long = "record", value_name = "ID", group = "what")]
    pub records: Vec<RecordId>,
    /// A project and everything in it
    #[arg(long, value_name = "ID", group = "what")]
    pub project: Option<RecordId>,
    /// Everything
    #[arg(long, group = "what")]
    pub all: bool,
    /// Replace the file if it is there already
    #[arg(long)]
    pub overwrite: bool,
    /// Lock the file with a passphrase read from the standard input (one line), in the age format
    #[arg(long)]
    pub passphrase_stdin: bool,
}

/// What to take in.
#[derive(Args, Debug)]
pub struct Import {
    #[command(flatten)]
    pub data: Data,
    /// A transfer file (.talkoot), from a device or from `talkoot export`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Unlock the file with a passphrase read from the standard input (one line)
    #[arg(long)]
    pub passphrase_stdin: bool,
}

/// What to look at.
#[derive(Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    pub data: Data,
    /// Print a digest of each record too; it is equal wherever its changes are the same
    #[arg(long)]
    pub digests: bool,
}

/// Where to put a backup.
#[derive(Args, Debug)]
pub struct Backup {
    #[command(flatten)]
    pub data: Data,
    /// The file to write; it holds every password hash and key, so keep it as safe as the server
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace the file if it is there already
    #[arg(long)]
    pub overwrite: bool,
}

/// Which backup to take back, and where.
#[derive(Args, Debug)]
pub struct Restore {
    #[command(flatten)]
    pub data: Data,
    /// A file that `talkoot backup` wrote
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Take the place of what the data folder holds; that is kept in a folder beside it
    #[arg(long)]
    pub replace: bool,
}

/// Where everything is kept.
#[derive(Args, Clone, Debug)]
pub struct Data {
    /// The folder that holds the workspace; it is made if absent
    #[arg(long, env = "TALKOOT_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// How to serve.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub data: Data,
    /// The address to listen at; port 0 takes a free one, which is printed
    #[arg(long, env = "TALKOOT_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address that people use, when a proxy stands in front; https makes the cookie stricter
    #[arg(long, env = "TALKOOT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// The header in which the proxy in front says for whom it asks, like X-Forwarded-For; only if
    /// the proxy always writes it, because failed sign-ins and comments are counted by it
    #[arg(long, env = "TALKOOT_ADDRESS_HEADER", value_name = "NAME")]
    pub address_header: Option<HeaderName>,
    /// The mail server for the digests that people may turn on, like `smtps://name:password@host`
    /// or `smtp://host:587?tls=required`; in the environment other users of the machine do not see
    /// it. Without it no mail is sent
    #[arg(long, env = "TALKOOT_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<SmtpUrl>,
    /// The address that mail comes from, like 'Talkoot <talkoot@yhdistys.example>'
    #[arg(long, env = "TALKOOT_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Make every name below /yjs/ a scratch document that anybody may write, to try standard Yjs
    /// clients; only at a loopback address
    #[arg(long)]
    pub yjs_playground: bool,
    /// What to log: error, warn, info, debug or trace, or levels by module
    #[arg(long, env = "TALKOOT_LOG", value_name = "LEVEL", default_value = "info")]
    pub log: String,
    /// How log lines look; they go to the standard error output
    #[arg(long, env = "TALKOOT_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

/// One thing to do with accounts. A running server notices within seconds.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add an account; without --password-stdin a password is made and printed
    Add(UserAdd),
    /// List the accounts with their roles and projects
    List(Data),
    /// Set a new password and sign the account out everywhere
    SetPassword(UserPassword),
    /// Change the role of an account
    SetRole(UserRole),
    /// Replace the projects that an account belongs to; none at all is possible
    Projects(UserProjects),
}

impl User {
    /// Gives the folder that the accounts are kept in.
    pub fn data(&self) -> &Data {
        match self {
            Self::Add(person) => &person.data,
            Self::List(data) => data,
            Self::SetPassword(person) => &person.data,
            Self::SetRole(person) => &person.data,
            Self::Projects(person) => &person.data,
        }
    }
}

/// A role to give.
#[derive(Args, Debug)]
pub struct UserRole {
    #[command(flatten)]
    pub data: Data,
    /// The e-mail of the account
    pub email: String,
    /// What the account is from now on
    pub role: RoleName,
}

/// Projects to belong to.
#[derive(Args, Debug)]
pub struct UserProjects {
    #[command(flatten)]
    pub data: Data,
    /// The e-mail of the account
    pub email: String,
    /// The ids of the projects, as in their addresses (/projects/ID-…)
    #[arg(value_name = "ID")]
    pub projects: Vec<RecordId>,
}

/// A person to add.
#[derive(Args, Debug)]
pub struct UserAdd {
    #[command(flatten)]
    pub data: Data,
    /// The e-mail that the person signs in with
    pub email: String,
    /// The name that others see
    #[arg(long)]
    pub name: String,
    /// What the account is in the programme
    #[arg(long)]
    pub role: RoleName,
    /// A project that the account belongs to; repeat it for more
    #[arg(long = "project", value_name = "ID")]
    pub projects: Vec<RecordId>,
    /// Read the password from the standard input (one line)
    #[arg(long)]
    pub password_stdin: bool,
}

/// A password to set.
#[derive(Args, Debug)]
pub struct UserPassword {
    #[command(flatten)]
    pub data: Data,
    /// The e-mail of the account
    pub email: String,
    /// Read the password from the standard input (one line); otherwise one is made and printed
    #[arg(long)]
    pub password_stdin: bool,
}

/// A role as it is written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Reads and writes everywhere
    Coordinator,
    /// Writes in its own projects
    Member,
    /// Reads
    Reader,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Coordinator => Self::Coordinator,
            RoleName::Member => Self::Member,
            RoleName::Reader => Self::Reader,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn o1_the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
