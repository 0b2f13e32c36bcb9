//! The rows of accounts and of the projects that they belong to.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use talkoot_core::access::Role;
use talkoot_core::id::{AccountId, RecordId};

use super::super::{Account, Credentials, NewAccount, StoreError};

/// The columns that [`read_account`] reads.
pub(super) const ACCOUNT: &str =
    "account.account, account.email, account.name, account.role, account.rights";

/// Adds an account; false if the e-mail is taken.
pub(super) fn add(connection: &mut Connection, new: &NewAccount) -> Result<bool, StoreError> {
    let tx = connection.transaction()?;
    let sql = "
        INSERT INTO account (account, email, name, role, password, created_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    let role = role_number(new.role);
    let created_ms = new.created_ms.cast_signed();
    let row = params![new.id.0, new.email, new.name, role, new.password_hash, created_ms];
    let added = tx.execute(sql, row)? == 1;
    if added {
        insert_memberships(&tx, new.id, &new.projects)?;
    }
    tx.commit()?;
    Ok(added)
}

fn insert_memberships(
    connection: &Connection,
    account: AccountId,
    projects: &BTreeSet<RecordId>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO membership (account, project) VALUES (?1, ?2)";
    let mut statement = connection.prepare_cached(sql)?;
    projects
        .iter()
        .try_for_each(|project| statement.execute([account.0, project.0]).map(drop))
        .map_err(StoreError::from)
}

/// Lists all accounts, by name.
pub(super) fn all(connection: &Connection) -> Result<Vec<Account>, StoreError> {
    let sql = format!("SELECT {ACCOUNT} FROM account ORDER BY name, email");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read_account(row)))?;
    let accounts = rows.map(|row| with_projects(connection, row??));
    accounts.collect()
}

/// Gives what a sign-in is checked against.
pub(super) fn credentials(
    connection: &Connection,
    email: &str,
) -> Result<Option<Credentials>, StoreError> {
    let sql = "SELECT account, password FROM account WHERE email = ?1";
    let read = |row: &Row<'_>| {
        Ok(Credentials { account: AccountId(row.get(0)?), password_hash: row.get(1)? })
    };
    Ok(connection.prepare_cached(sql)?.query_row([email], read).optional()?)
}

/// Changes the password and ends the account's sessions.
pub(super) fn set_password(
    connection: &mut Connection,
    account: AccountId,
    password_hash: &str,
) -> Result<(), StoreError> {
    let tx = connection.transaction()?;
    let sql = "UPDATE account SET password = ?2 WHERE account = ?1";
    tx.execute(sql, params![account.0, password_hash])?;
    tx.execute("DELETE FROM session WHERE account = ?1", [account.0])?;
    Ok(tx.commit()?)
}

/// Changes the role, and with it the number of the account's rights.
pub(super) fn set_role(
    connection: &Connection,
    account: AccountId,
    role: Role,
) -> Result<(), StoreError> {
    let sql = "UPDATE account SET role = ?2, rights = rights + 1 WHERE account = ?1";
    connection.execute(sql, params![account.0, role_number(role)])?;
    Ok(())
}

/// Replaces the account's projects, and with them the number of its rights.
pub(super) fn set_projects(
    connection: &mut Connection,
    account: AccountId,
    projects: &BTreeSet<RecordId>,
) -> Result<(), StoreError> {
    let tx = connection.transaction()?;
    tx.execute("DELETE FROM membership WHERE account = ?1", [account.0])?;
    insert_memberships(&tx, account, projects)?;
    tx.execute("UPDATE account SET rights = rights + 1 WHERE account = ?1", [account.0])?;
    Ok(tx.commit()?)
}

/// Reads the columns of [`ACCOUNT`]; the projects come from [`with_projects`].
pub(super) fn read_account(row: &Row<'_>) -> Result<Account, StoreError> {
    let rights: i64 = row.get(4)?;
    Ok(Account {
        id: AccountId(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        role: read_role(row.get(3)?)?,
        projects: BTreeSet::new(),
        rights: rights.cast_unsigned(),
    })
}

/// Adds the projects that an account belongs to.
pub(super) fn with_projects(
    connection: &Connection,
    mut account: Account,
) -> Result<Account, StoreError> {
    let sql = "SELECT project FROM membership WHERE account = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([account.id.0], |row| row.get(0).map(RecordId))?;
    account.projects = rows.collect::<Result<_, _>>()?;
    Ok(account)
}

fn role_number(role: Role) -> i64 {
    match role {
        Role::Anyone => 0,
        Role::Reader => 1,
        Role::Member => 2,
        Role::Coordinator => 3,
    }
}

fn read_role(number: i64) -> Result<Role, StoreError> {
    match number {
        1 => Ok(Role::Reader),
        2 => Ok(Role::Member),
        3 => Ok(Role::Coordinator),
        _ => Err(StoreError::Corrupt { table: "account" }),
    }
}
