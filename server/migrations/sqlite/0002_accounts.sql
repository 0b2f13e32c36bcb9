-- People who can sign in. `email` is lower case; `rights` grows when role or projects change.
CREATE TABLE account (
    account BLOB PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role INTEGER NOT NULL CHECK (role IN (1, 2, 3)), -- 1 reader, 2 member, 3 coordinator
    password TEXT NOT NULL,                          -- argon2id, PHC form
    rights INTEGER NOT NULL DEFAULT 1,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
    project BLOB NOT NULL,
    PRIMARY KEY (account, project)
) STRICT, WITHOUT ROWID;

-- A signed-in browser; the token itself is never stored.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_account ON session (account);

-- Replicas that an account vouched for. A removed one stays, so that it cannot come back.
CREATE TABLE device (
    replica BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
    public_key BLOB NOT NULL,
    name TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    removed_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX device_of_account ON device (account);

-- Failed sign-ins in the running window; `subject` is a hash, never an address or e-mail.
CREATE TABLE attempt (
    subject BLOB PRIMARY KEY,
    since_ms INTEGER NOT NULL,
    failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
