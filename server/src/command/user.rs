//! `talkoot user …`: people, from the command line of whoever runs the server.

use std::collections::BTreeSet;

use talkoot_core::access::Role;
use talkoot_core::id::AccountId;

use super::{CommandError, hear, say};
use crate::account::{normal_email, role_name};
use crate::cli::{User, UserAdd, UserPassword, UserProjects, UserRole};
use crate::data_folder::DataFolder;
use crate::store::sqlite::SqliteStore;
use crate::store::{AccountStore as _, NewAccount};
use crate::{chance, clock, password};

/// Longest name of a person, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Does one thing with accounts. Works beside a running server, which notices.
pub(super) async fn run(options: User) -> Result<(), CommandError> {
    let folder = DataFolder::open(&options.data().data)?;
    // Beside a running server there is no seal, and the server makes one when it stops.
    let lock = folder.lock().ok();
    let store = folder.store()?;
    let done = act(&store, options).await;
    drop(store);
    if let Some(lock) = lock {
        lock.seal();
    }
    done
}

async fn act(store: &SqliteStore, options: User) -> Result<(), CommandError> {
    match options {
        User::Add(person) => add(store, person).await,
        User::List(_) => list(store).await,
        User::SetPassword(person) => set_password(store, person).await,
        User::SetRole(UserRole { email, role, .. }) => {
            let account = find(store, &email).await?;
            let role = Role::from(role);
            store.set_role(account, role).await?;
            say(&format!("{} is now {}.", normal_email(&email), role_name(role)))
        }
        User::Projects(UserProjects { email, projects, .. }) => {
            let account = find(store, &email).await?;
            let projects = BTreeSet::from_iter(projects);
            let count = projects.len();
            store.set_projects(account, projects).await?;
            say(&format!("{} now belongs to {count} projects.", normal_email(&email)))
        }
    }
}

async fn add(store: &SqliteStore, person: UserAdd) -> Result<(), CommandError> {
    let email = normal_email(&person.email);
    let is_email =
        email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    if !is_email || email.chars().any(char::is_whitespace) {
        return Err(CommandError::NotAnEmail { email });
    }
    let name = person.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(CommandError::Name { chars_max: NAME_CHARS_MAX });
    }
    let (password, made) = take_password(person.password_stdin)?;
    let account = NewAccount {
        id: AccountId(chance::bytes()?),
        email: email.clone(),
        name,
        role: person.role.into(),
        projects: person.projects.into_iter().collect(),
        password_hash: password::hash(&password)?,
        created_ms: clock::now_ms(),
    };
    if !store.add_account(account).await? {
        return Err(CommandError::EmailTaken { email });
    }
    say(&format!("Added {email}."))?;
    tell(made, &password)
}

async fn list(store: &SqliteStore) -> Result<(), CommandError> {
    for account in store.accounts().await? {
        let projects: Vec<String> = account.projects.iter().map(ToString::to_string).collect();
        let role = role_name(account.role);
        say(&format!("{}\t{}\t{role}\t{}", account.email, account.name, projects.join(" ")))?;
    }
    Ok(())
}

async fn set_password(store: &SqliteStore, person: UserPassword) -> Result<(), CommandError> {
    let account = find(store, &person.email).await?;
    let (password, made) = take_password(person.password_stdin)?;
    store.set_password(account, password::hash(&password)?).await?;
    say(&format!(
        "{} has a new password and is signed out everywhere.",
        normal_email(&person.email)
    ))?;
    tell(made, &password)
}

async fn find(store: &SqliteStore, email: &str) -> Result<AccountId, CommandError> {
    let email = normal_email(email);
    let found = store.credentials(email.clone()).await?;
    found.map(|it| it.account).ok_or(CommandError::UnknownUser { email })
}

/// Reads a password, or makes one; says which.
fn take_password(from_stdin: bool) -> Result<(String, bool), CommandError> {
    if !from_stdin {
        return Ok((password::generate()?, true));
    }
    Ok((hear()?, false))
}

fn tell(made: bool, password: &str) -> Result<(), CommandError> {
    if made { say(&format!("Password: {password}")) } else { Ok(()) }
}
