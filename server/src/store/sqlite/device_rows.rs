//! The rows of devices.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::sign::PublicKey;
use talkoot_core::sync::message::Device;

use super::super::{DeviceSeen, Holder, StoreError, Vouching};

/// Notes a greeting device; it becomes the account's unless it is another's.
pub(super) fn vouch(
    connection: &mut Connection,
    seen: &DeviceSeen,
) -> Result<Vouching, StoreError> {
    let tx = connection.transaction()?;
    let replica = seen.key.replica();
    let (seen_ms, account) = (seen.seen_ms.cast_signed(), seen.account.0);
    let sql = "
        INSERT INTO device (replica, account, public_key, name, seen_ms, waiting)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (replica) DO UPDATE SET name = ?4, seen_ms = ?5, waiting = ?6
              WHERE account = ?2 AND removed_ms IS NULL";
    tx.execute(sql, params![replica.0, account, seen.key.0, seen.name, seen_ms, seen.waiting])?;
    let sql = "SELECT account, removed_ms IS NOT NULL FROM device WHERE replica = ?1";
    let (owner, removed): ([u8; 16], bool) =
        tx.query_row(sql, [replica.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tx.commit()?;
    Ok(match (owner == account, removed) {
        (true, false) => Vouching::Ours,
        (true, true) => Vouching::Removed,
        (false, _) => Vouching::Foreign,
    })
}

/// Says whether a device is the account's now.
pub(super) fn is_owned(
    connection: &Connection,
    account: AccountId,
    replica: ReplicaId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM device WHERE replica = ?1 AND account = ?2 AND removed_ms IS NULL";
    Ok(connection.prepare_cached(sql)?.exists([replica.0, account.0])?)
}

/// Gives whose a replica is, unless it was removed or never met.
pub(super) fn holder(
    connection: &Connection,
    replica: ReplicaId,
) -> Result<Option<Holder>, StoreError> {
    let sql = "SELECT public_key, account FROM device WHERE replica = ?1 AND removed_ms IS NULL";
    let read =
        |row: &Row<'_>| Ok(Holder { key: PublicKey(row.get(0)?), account: AccountId(row.get(1)?) });
    Ok(connection.prepare_cached(sql)?.query_row([replica.0], read).optional()?)
}

/// Lists an account's devices, the latest seen first.
pub(super) fn of_account(
    connection: &Connection,
    account: AccountId,
) -> Result<Vec<Device>, StoreError> {
    let sql = "
        SELECT replica, name, seen_ms, waiting FROM device
         WHERE account = ?1 AND removed_ms IS NULL
         ORDER BY seen_ms DESC, replica";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let seen_ms: i64 = row.get(2)?;
        let replica = ReplicaId(row.get(0)?);
        Ok(Device {
            replica,
            name: row.get(1)?,
            seen_ms: seen_ms.cast_unsigned(),
            waiting: row.get(3)?,
        })
    };
    let rows = statement.query_map([account.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes a device for good; false if the account has no such device.
pub(super) fn remove(
    connection: &Connection,
    account: AccountId,
    replica: ReplicaId,
    now_ms: u64,
) -> Result<bool, StoreError> {
    let sql = "
        UPDATE device SET removed_ms = ?3
         WHERE replica = ?1 AND account = ?2 AND removed_ms IS NULL";
    let row = params![replica.0, account.0, now_ms.cast_signed()];
    Ok(connection.prepare_cached(sql)?.execute(row)? == 1)
}
