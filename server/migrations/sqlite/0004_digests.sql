-- Who wants mail about what is unread. A row stays when somebody ends it, so that the link in an
-- older mail still leads there.
CREATE TABLE digest (
    account BLOB PRIMARY KEY REFERENCES account (account) ON DELETE CASCADE,
    language TEXT NOT NULL,             -- fi, sv or en
    every INTEGER NOT NULL CHECK (every IN (0, 1, 2)), -- 0 never, 1 day, 2 week
    name BLOB NOT NULL UNIQUE,          -- names the row in links, random
    secret BLOB NOT NULL,               -- the key that proves such a link, random
    period INTEGER NOT NULL,            -- the last day or week that is over
    log INTEGER NOT NULL,               -- the name of the log that `told` counts in
    told INTEGER NOT NULL,              -- what came up to this sequence was told, or is old
    old_ms INTEGER NOT NULL DEFAULT 0,  -- written before this moment, it may have been told
    sending INTEGER,                    -- the period whose mail was begun and has no outcome yet
    failures INTEGER NOT NULL DEFAULT 0,
    retry_ms INTEGER NOT NULL DEFAULT 0 -- no attempt before this moment
) STRICT, WITHOUT ROWID;
