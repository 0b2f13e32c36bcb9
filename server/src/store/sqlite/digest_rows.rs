//! The rows of those who want mail.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use talkoot_core::id::AccountId;
use talkoot_core::language::Language;

use super::super::{
    Account, DigestChoice, Every, LinkKey, Settled, StoreError, Subscription, Told,
};
use super::account_rows::{ACCOUNT, read_account, with_projects};

const COLUMNS: &str = "account, language, every, name, secret, period, log, told, sending, \
    failures, retry_ms, old_ms";

/// Gives an account as it is now.
pub(super) fn account(
    connection: &Connection,
    account: AccountId,
) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {ACCOUNT} FROM account WHERE account = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row([account.0], |row| Ok(read_account(row))).optional()?;
    found.map(|account| with_projects(connection, account?)).transpose()
}

/// Gives what an account chose.
pub(super) fn of_account(
    connection: &Connection,
    account: AccountId,
) -> Result<Option<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM digest WHERE account = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([account.0], |row| Ok(read(row))).optional()?.transpose()
}

/// Gives the row that a link names.
pub(super) fn named(
    connection: &Connection,
    name: [u8; 16],
) -> Result<Option<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM digest WHERE name = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([name], |row| Ok(read(row))).optional()?.transpose()
}

/// Lists those who want mail, by account.
pub(super) fn all(connection: &Connection) -> Result<Vec<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM digest WHERE every <> 0 ORDER BY account");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// Notes a choice. Another rhythm begins anew; what was told to somebody who had it off is old.
pub(super) fn choose(connection: &Connection, choice: &DigestChoice) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO digest (account, language, every, name, secret, period, log, told)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (account) DO UPDATE SET
            language = excluded.language,
            log = iif(every = 0, excluded.log, log),
            told = iif(every = 0, excluded.told, told),
            period = iif(every = excluded.every, period, excluded.period),
            sending = iif(every = excluded.every, sending, NULL),
            failures = iif(every = excluded.every, failures, 0),
            retry_ms = iif(every = excluded.every, retry_ms, 0),
            every = excluded.every";
    let LinkKey { name, secret } = choice.fresh;
    let (period, until) = (choice.period.cast_signed(), choice.told.until.cast_signed());
    let (log, every) = (choice.told.log.cast_signed(), choice.every.map_or(0, number));
    let row =
        params![choice.account.0, choice.language.tag(), every, name, secret, period, log, until];
    connection.execute(sql, row)?;
    Ok(())
}

/// Ends it for an account.
pub(super) fn end(connection: &Connection, account: AccountId) -> Result<(), StoreError> {
    let sql = "UPDATE digest SET every = 0, sending = NULL WHERE account = ?1";
    connection.execute(sql, [account.0])?;
    Ok(())
}

/// Notes that the mail of a period is handed over next; false if that may not be.
pub(super) fn begin(
    connection: &Connection,
    account: AccountId,
    every: Every,
    period: u64,
) -> Result<bool, StoreError> {
    let sql = "
        UPDATE digest SET sending = ?3
         WHERE account = ?1 AND every = ?2 AND period < ?3 AND sending IS NULL";
    let row = params![account.0, number(every), period.cast_signed()];
    Ok(connection.execute(sql, row)? == 1)
}

/// Notes what became of it, unless the person chose another rhythm meanwhile.
pub(super) fn settle(
    connection: &Connection,
    account: AccountId,
    every: Every,
    settled: Settled,
) -> Result<(), StoreError> {
    let every = number(every);
    match settled {
        Settled::Over { period, told } => {
            let (log, until) =
                told.map(|it| (it.log.cast_signed(), it.until.cast_signed())).unzip();
            let sql = "
                UPDATE digest
                   SET period = ?3, sending = NULL, failures = 0, retry_ms = 0,
                       log = coalesce(?4, log), told = coalesce(?5, told)
                 WHERE account = ?1 AND every = ?2";
            connection.execute(sql, params![account.0, every, period.cast_signed(), log, until])?;
        }
        Settled::Restored { told, now_ms } => {
            let sql = "
                UPDATE digest SET log = ?3, told = ?4, old_ms = ?5
                 WHERE account = ?1 AND every = ?2";
            let (log, until) = (told.log.cast_signed(), told.until.cast_signed());
            connection.execute(sql, params![account.0, every, log, until, now_ms.cast_signed()])?;
        }
        Settled::Refused { retry_ms } => {
            let sql = "
                UPDATE digest SET sending = NULL, failures = failures + 1, retry_ms = ?3
                 WHERE account = ?1 AND every = ?2";
            connection.execute(sql, params![account.0, every, retry_ms.cast_signed()])?;
        }
    }
    Ok(())
}

fn number(every: Every) -> i64 {
    match every {
        Every::Day => 1,
        Every::Week => 2,
    }
}

fn read(row: &Row<'_>) -> Result<Subscription, StoreError> {
    let (language, every): (String, i64) = (row.get(1)?, row.get(2)?);
    let unsigned = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    let sending: Option<i64> = row.get(8)?;
    Ok(Subscription {
        account: AccountId(row.get(0)?),
        language: Language::of_tag(&language).ok_or(StoreError::Corrupt { table: "digest" })?,
        every: match every {
            0 => None,
            1 => Some(Every::Day),
            2 => Some(Every::Week),
            _ => return Err(StoreError::Corrupt { table: "digest" }),
        },
        key: LinkKey { name: row.get(3)?, secret: row.get(4)? },
        period: unsigned(5)?,
        told: Told { log: unsigned(6)?, until: unsigned(7)? },
        sending: sending.map(i64::cast_unsigned),
        failures: row.get(9)?,
        retry_ms: unsigned(10)?,
        old_ms: unsigned(11)?,
    })
}
