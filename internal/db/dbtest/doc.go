// Package dbtest (数据库测试) gives tests a fresh, migrated database on each
// engine: a file in a temporary folder, and a database on a real PostgreSQL.
//
// The PostgreSQL server is the one GONGMAI_TEST_PG names; else the test binary
// starts one of its own from Debian's folders, in a temporary folder and on a
// socket that only we can reach, gone when the binary ends. `make test` runs all
// packages on one server, by pgserver. Its text is ordered as in a Chinese
// dictionary, not by bytes, so that a missing COLLATE "C" shows. Where
// PostgreSQL is not installed its tests are skipped aloud, and fail in CI.
package dbtest
