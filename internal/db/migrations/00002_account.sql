-- +goose Up

-- The passwords before this one (用过的密码), hashed, one a line, newest first:
-- a new password must differ from them.
ALTER TABLE account ADD COLUMN former TEXT NOT NULL DEFAULT '';

-- Sessions (登录会话). token is the SHA-256 of what the browser holds. Whoever
-- was signed in signs in again.
DROP TABLE session;
CREATE TABLE session (
  token      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  account    TEXT COLLATE "C" NOT NULL,
  seen_us    BIGINT NOT NULL,
  expires_us BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);
