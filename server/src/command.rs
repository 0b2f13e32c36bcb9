//! What the program does when it is started, one command a file.

mod backup;
mod demo;
mod serve;
mod transfer;
mod user;
mod verify;

use std::io::{self, Write as _};
use std::net::SocketAddr;

use crate::backup::BackupError;
use crate::chance::NoChance;
use crate::cli::{Cli, Command};
use crate::data_folder::FolderError;
use crate::demo::DemoError;
use crate::mail::MailFault;
use crate::password::PasswordError;
use crate::restore::RestoreError;
use crate::store::StoreError;
use crate::transfer::CarryError;
use crate::verify::VerifyError;

/// Why a command was not done, in one sentence with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(
        "port {} at {} is taken by another program; stop that one, or choose another with --listen",
        address.port(), address.ip()
    )]
    PortTaken { address: SocketAddr },
    #[error("cannot listen at {address} ({cause}); choose another address with --listen")]
    Address { address: SocketAddr, cause: io::ErrorKind },
    #[error(
        "anybody who reaches {address} could write in the playground; take --yjs-playground away, or \
         listen at a loopback address such as 127.0.0.1:8080, without --public-url"
    )]
    OpenPlayground { address: SocketAddr },
    #[error(transparent)]
    Mail(#[from] MailFault),
    #[error("there is no account with the e-mail {email}; `talkoot user list` shows all")]
    UnknownUser { email: String },
    #[error("there is an account with the e-mail {email} already; `talkoot user list` shows all")]
    EmailTaken { email: String },
    #[error("{email:?} is no e-mail address; write it like leena@yhdistys.example")]
    NotAnEmail { email: String },
    #[error("the account needs a name of 1 to {chars_max} characters; give it with --name")]
    Name { chars_max: usize },
    #[error("{0}; give a longer one")]
    Password(#[from] PasswordError),
    #[error("the password could not be read from the standard input ({cause})")]
    PasswordInput { cause: io::ErrorKind },
    #[error(
        "this workspace already has records, and the example programme only goes into an empty \
         one; choose another folder with --data"
    )]
    NotEmpty,
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Restore(#[from] RestoreError),
    #[error("the data folder cannot be looked at: {0}")]
    Verify(#[from] VerifyError),
    #[error("{problems} things are wrong; restore a backup, and devices give back what it lacks")]
    Wrong { problems: usize },
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error("the database failed: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error("the server stopped abnormally ({cause})")]
    Serving { cause: io::ErrorKind },
    #[error("nothing can be printed ({cause})")]
    Printing { cause: io::ErrorKind },
}

impl CommandError {
    /// Says whether the person who started the program can do something about it.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Store(_)
            | Self::Chance(_)
            | Self::Serving { .. }
            | Self::Printing { .. }
            | Self::Wrong { .. }
            | Self::Demo(_) => false,
            Self::Folder(_)
            | Self::Backup(_)
            | Self::Restore(_)
            | Self::Carry(_)
            | Self::Verify(_)
            | Self::PortTaken { .. }
            | Self::Address { .. }
            | Self::OpenPlayground { .. }
            | Self::Mail(_)
            | Self::UnknownUser { .. }
            | Self::EmailTaken { .. }
            | Self::NotAnEmail { .. }
            | Self::Name { .. }
            | Self::Password(_)
            | Self::PasswordInput { .. }
            | Self::NotEmpty => true,
        }
    }
}

/// Does what the command line asks for.
pub async fn run(cli: Cli) -> Result<(), CommandError> {
    match cli.command {
        Command::Serve(options) => serve::run(options).await,
        Command::Demo(data) => demo::run(&data).await,
        Command::User(options) => user::run(options).await,
        Command::Backup(options) => backup::make(&options),
        Command::Restore(options) => backup::take_back(&options),
        Command::Export(options) => transfer::export(options).await,
        Command::Import(options) => transfer::import(options).await,
        Command::Verify(options) => verify::run(&options),
    }
}

/// Reads one line that nobody else should see.
fn hear() -> Result<String, CommandError> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|cause| CommandError::PasswordInput { cause: cause.kind() })?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Prints one line for the person who started the command.
fn say(line: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    let printed = writeln!(out, "{line}").and_then(|()| out.flush());
    printed.map_err(|cause| CommandError::Printing { cause: cause.kind() })
}
