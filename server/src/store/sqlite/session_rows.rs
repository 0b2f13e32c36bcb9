//! The rows of sessions.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::{Account, NewSession, StoreError, TokenHash};
use super::account_rows::{ACCOUNT, read_account, with_projects};

/// Opens a session and sweeps out those that have ended.
pub(super) fn open(connection: &mut Connection, new: &NewSession) -> Result<(), StoreError> {
    let tx = connection.transaction()?;
    tx.execute("DELETE FROM session WHERE expires_ms <= ?1", [new.now_ms.cast_signed()])?;
    let sql = "
        INSERT INTO session (token_hash, account, created_ms, expires_ms)
        VALUES (?1, ?2, ?3, ?4)";
    let (now_ms, expires_ms) = (new.now_ms.cast_signed(), new.expires_ms.cast_signed());
    tx.execute(sql, params![new.token_hash, new.account.0, now_ms, expires_ms])?;
    Ok(tx.commit()?)
}

/// Gives the account of a running session.
pub(super) fn account(
    connection: &Connection,
    token_hash: TokenHash,
    now_ms: u64,
) -> Result<Option<Account>, StoreError> {
    let sql = format!(
        "SELECT {ACCOUNT} FROM session JOIN account ON account.account = session.account
          WHERE token_hash = ?1 AND expires_ms > ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let row = params![token_hash, now_ms.cast_signed()];
    let found = statement.query_row(row, |row| Ok(read_account(row))).optional()?;
    found.map(|account| with_projects(connection, account?)).transpose()
}

/// Lets a running session last longer.
pub(super) fn extend(
    connection: &Connection,
    token_hash: TokenHash,
    expires_ms: u64,
) -> Result<(), StoreError> {
    let sql = "UPDATE session SET expires_ms = ?2 WHERE token_hash = ?1 AND expires_ms < ?2";
    connection.execute(sql, params![token_hash, expires_ms.cast_signed()])?;
    Ok(())
}

/// Ends a session.
pub(super) fn end(connection: &Connection, token_hash: TokenHash) -> Result<(), StoreError> {
    connection.execute("DELETE FROM session WHERE token_hash = ?1", [token_hash])?;
    Ok(())
}
