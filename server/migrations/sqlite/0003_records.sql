-- What finding a record needs, beside who may see it; follows from its changes. Absent where only
-- the audience is known. The kind is read from the changes themselves, after this.
ALTER TABLE audience ADD COLUMN record_kind INTEGER;  -- the tag of the kind in `core`
ALTER TABLE audience ADD COLUMN created INTEGER;      -- sequence of the first change
ALTER TABLE audience ADD COLUMN changed INTEGER;      -- sequence of the last change
ALTER TABLE audience ADD COLUMN changed_ms INTEGER;   -- when that one arrived

UPDATE audience SET
    created = (SELECT min(sequence) FROM log WHERE log.record = audience.record AND kind = 0),
    changed = (SELECT max(sequence) FROM log WHERE log.record = audience.record AND kind = 0);
UPDATE audience SET
    changed_ms = (SELECT arrived_ms FROM log WHERE sequence = changed);

-- Records in the order in which they came; the order never changes, so pages of it are stable.
CREATE UNIQUE INDEX audience_created ON audience (created);
