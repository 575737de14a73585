-- Made by TestSchemaSnapshot from migrations/; do not edit. Meanings stand there.

CREATE TABLE account (
  id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  login           TEXT COLLATE "C" NOT NULL UNIQUE,
  person          TEXT COLLATE "C" NOT NULL,
  secret          TEXT NOT NULL,
  state           TEXT NOT NULL,
  failures        INTEGER NOT NULL,
  locked_until_us BIGINT NOT NULL,
  must_change     BOOLEAN NOT NULL,
  changed_us      BIGINT NOT NULL
, former TEXT NOT NULL DEFAULT '');

CREATE TABLE audit (
  seq         INTEGER PRIMARY KEY,
  recorded_us BIGINT NOT NULL,
  actor       TEXT NOT NULL,
  act         TEXT NOT NULL,
  kind        TEXT COLLATE "C" NOT NULL,
  record      TEXT COLLATE "C" NOT NULL,
  reason      TEXT NOT NULL,
  body_hash   TEXT NOT NULL,
  hash        TEXT NOT NULL
);
CREATE INDEX audit_record ON audit (kind, record);
CREATE INDEX audit_recorded ON audit (recorded_us, seq);

CREATE TABLE chain_head (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  seq         BIGINT NOT NULL,
  recorded_us BIGINT NOT NULL,
  hash        TEXT NOT NULL
);

CREATE TABLE draft (
  kind     TEXT COLLATE "C" NOT NULL,
  record   TEXT COLLATE "C" NOT NULL,
  actor    TEXT COLLATE "C" NOT NULL,
  body     TEXT NOT NULL,
  based_on INTEGER NOT NULL,
  saved_us BIGINT NOT NULL,
  PRIMARY KEY (kind, record, actor)
);

CREATE TABLE person (
  id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name      TEXT NOT NULL,
  phone     TEXT NOT NULL,
  id_number TEXT NOT NULL
);

CREATE TABLE record_head (
  kind         TEXT COLLATE "C" NOT NULL,
  record       TEXT COLLATE "C" NOT NULL,
  version      INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  state        TEXT NOT NULL,
  subject      TEXT COLLATE "C" NOT NULL,
  period       TEXT COLLATE "C" NOT NULL,
  effective_on INTEGER NOT NULL,
  PRIMARY KEY (kind, record)
);

CREATE TABLE serial (
  name TEXT NOT NULL PRIMARY KEY,
  n    BIGINT NOT NULL
);

CREATE TABLE session (
  token      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  account    TEXT COLLATE "C" NOT NULL,
  seen_us    BIGINT NOT NULL,
  expires_us BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE version (
  seq          INTEGER PRIMARY KEY,
  kind         TEXT COLLATE "C" NOT NULL,
  record       TEXT COLLATE "C" NOT NULL,
  version      INTEGER NOT NULL,
  edition      BIGINT NOT NULL,
  state        TEXT NOT NULL,
  subject      TEXT COLLATE "C" NOT NULL,
  period       TEXT COLLATE "C" NOT NULL,
  effective_on INTEGER NOT NULL,
  body         TEXT NOT NULL
);
CREATE INDEX version_kind ON version (kind, seq);
CREATE UNIQUE INDEX version_record ON version (kind, record, version);
CREATE INDEX version_subject ON version (subject, kind);
