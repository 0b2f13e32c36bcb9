-- Open comments until somebody decides about them, in a database of their own: nothing that serves
-- readers opens it. Once decided, the words and the sender go, and what stays says that it was.
CREATE TABLE comment (
    comment      BLOB PRIMARY KEY CHECK (length(comment) = 16),
    record       BLOB NOT NULL CHECK (length(record) = 16),
    -- 0 waits, 1 was published, 2 was not.
    state        INTEGER NOT NULL DEFAULT 0,
    written_ms   INTEGER NOT NULL,
    arrived_ms   INTEGER NOT NULL,
    subject      TEXT,
    name         TEXT,
    organisation TEXT,
    words        TEXT,
    -- A keyed hash of the network address, while it waits.
    sender       BLOB,
    decided_ms   INTEGER,
    decided_by   BLOB,
    reason       TEXT
) STRICT;

CREATE INDEX comment_by_state ON comment (state, arrived_ms);

-- How much came from where lately, and who is kept out for a while. Never an address.
CREATE TABLE sender (
    sender           BLOB PRIMARY KEY,
    since_ms         INTEGER NOT NULL,
    sent             INTEGER NOT NULL,
    blocked_until_ms INTEGER NOT NULL
) STRICT;
