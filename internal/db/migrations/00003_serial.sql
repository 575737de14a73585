-- +goose Up
-- Running numbers of documents, by the pattern and year they belong to.
CREATE TABLE serial (
  name TEXT NOT NULL PRIMARY KEY,
  n    BIGINT NOT NULL
);

-- +goose Down
DROP TABLE serial;
