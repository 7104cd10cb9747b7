// The library database's tables, as a list of migrations: the index is the version.

/**
 * Never change an entry that was released: append one. Times are milliseconds since 1970 unless
 * named otherwise. A photo's slot in every fixed-record file is its id - 1.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE roots (
    id INTEGER PRIMARY KEY,
    -- Absolute path as the system's bytes.
    path BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'file'))
  ) STRICT;

  CREATE TABLE photos (
    id INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES roots (id),
    -- Path below the root as the system's bytes, '/'-separated; empty when the root is the file.
    rel BLOB NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    -- Orders names as people do: img2 before img10.
    natural_key TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_at_ms REAL NOT NULL,
    quick_hash TEXT NOT NULL DEFAULT '',
    -- 1 when the last complete scan did not find the file.
    missing INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'pending',
    reason TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    width_px INTEGER NOT NULL DEFAULT 0,
    height_px INTEGER NOT NULL DEFAULT 0,
    orientation INTEGER NOT NULL DEFAULT 1,
    taken_at TEXT,
    camera TEXT,
    dominant_colour TEXT NOT NULL DEFAULT '',
    decode_ms REAL NOT NULL DEFAULT 0,
    -- Where the thumbnail lies; pack 0 means none.
    thumb_pack INTEGER NOT NULL DEFAULT 0,
    thumb_offset INTEGER NOT NULL DEFAULT 0,
    thumb_bytes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (root_id, rel)
  ) STRICT;
  CREATE INDEX photos_by_size ON photos (size_bytes);
  CREATE INDEX photos_by_name ON photos (natural_key);
  CREATE INDEX photos_pending ON photos (natural_key) WHERE missing = 0 AND status = 'pending';
  CREATE INDEX photos_by_status ON photos (missing, status);

  CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    model_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (model_id, sha256)
  ) STRICT;

  CREATE TABLE predictions (
    model INTEGER NOT NULL REFERENCES models (id),
    photo_id INTEGER NOT NULL REFERENCES photos (id),
    infer_ms REAL NOT NULL,
    best_probability REAL NOT NULL,
    PRIMARY KEY (model, photo_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE labels (
    model INTEGER NOT NULL REFERENCES models (id),
    photo_id INTEGER NOT NULL REFERENCES photos (id),
    rank INTEGER NOT NULL,
    class INTEGER NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (model, photo_id, rank)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX labels_by_class ON labels (model, class, probability);
  `,
  `
  -- Of each unit the photos that excite it most and least, see unit-heaps.ts.
  CREATE TABLE unit_lists (
    model INTEGER PRIMARY KEY REFERENCES models (id),
    lists BLOB NOT NULL
  ) STRICT;

  -- Half floats, one a unit, of photos that are not in the lists yet.
  CREATE TABLE unit_pending (
    model INTEGER NOT NULL REFERENCES models (id),
    photo_id INTEGER NOT NULL REFERENCES photos (id),
    maxima BLOB NOT NULL,
    PRIMARY KEY (model, photo_id)
  ) STRICT;
  `,
  `
  -- What a person says a photo shows: by name, so that it outlives models and their numbers.
  CREATE TABLE truths (
    photo_id INTEGER PRIMARY KEY REFERENCES photos (id),
    -- WordNet 3.0 id as in ImageNet; empty for classes of other label sets.
    wnid TEXT NOT NULL,
    name TEXT NOT NULL,
    said_at_ms REAL NOT NULL
  ) STRICT;
  `,
  `
  -- Which list of labels a prediction is by, of networks whose labels can be chosen; else 0.
  ALTER TABLE predictions ADD COLUMN labelling INTEGER NOT NULL DEFAULT 0;
  `,
]
