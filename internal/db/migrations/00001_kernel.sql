-- +goose Up

-- The head of the chain (链头): whoever writes takes the next seq here, and so
-- all writers of records form one line.
CREATE TABLE chain_head (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  seq         BIGINT NOT NULL,
  recorded_us BIGINT NOT NULL,
  hash        TEXT NOT NULL
);
INSERT INTO chain_head (id, seq, recorded_us, hash) VALUES (1, 0, 0, '');

-- Audit (审计): the chain, the clock of what was known when, and the feed of
-- changes in one. seq has no gap; recorded_us never runs back.
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
CREATE INDEX audit_recorded ON audit (recorded_us, seq);
CREATE INDEX audit_record ON audit (kind, record);

-- Versions (版本): all that people state. Each change appends the whole body;
-- no row is ever updated or deleted. seq is that of audit; edition is the
-- edition of the type's definition; effective_on is a Beijing day 20251130.
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
CREATE UNIQUE INDEX version_record ON version (kind, record, version);
CREATE INDEX version_kind ON version (kind, seq);
CREATE INDEX version_subject ON version (subject, kind);

-- The newest version of each record (现行版); can be rebuilt from version.
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

-- Accounts (账号). secret is the hash of the password, never the password.
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
);

-- Persons (人员): the one table updated in place, so that what is private can
-- be erased; versions hold only the id.
CREATE TABLE person (
  id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name      TEXT NOT NULL,
  phone     TEXT NOT NULL,
  id_number TEXT NOT NULL
);

-- Sessions (登录会话).
CREATE TABLE session (
  token      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  data       TEXT NOT NULL,
  expires_us BIGINT NOT NULL
);

-- Drafts (草稿): one a person and record, counted nowhere. based_on is the
-- version that was open when the writing began, 0 for a new record.
CREATE TABLE draft (
  kind     TEXT COLLATE "C" NOT NULL,
  record   TEXT COLLATE "C" NOT NULL,
  actor    TEXT COLLATE "C" NOT NULL,
  body     TEXT NOT NULL,
  based_on INTEGER NOT NULL,
  saved_us BIGINT NOT NULL,
  PRIMARY KEY (kind, record, actor)
);
