-- The log: changes in the order in which they were stored, and where sight of a record
-- widened (reveal) or narrowed (conceal). Append-only.
CREATE TABLE log (
    sequence INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)), -- 0 change, 1 reveal, 2 conceal
    record BLOB NOT NULL,
    -- Of a change:
    replica BLOB,
    counter INTEGER,
    author BLOB,
    arrived_ms INTEGER,
    body BLOB,
    signature BLOB,
    -- Of a reveal or conceal: who saw the record before it.
    from_everyone INTEGER,
    from_signed_in INTEGER,
    from_project BLOB,
    UNIQUE (replica, counter)
) STRICT;

CREATE INDEX log_of_record ON log (record, sequence);
CREATE INDEX log_authors ON log (author, record) WHERE kind = 0;

-- Who may see each record now; follows from its changes.
CREATE TABLE audience (
    record BLOB PRIMARY KEY,
    everyone INTEGER NOT NULL,
    signed_in INTEGER NOT NULL,
    project BLOB
) STRICT, WITHOUT ROWID;

-- Single values: `log` names this log (another one after a restore), `replica_seed` is the
-- server's own key.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
