// Package backup (备份) writes a county into one archive and brings it back, on
// the same engine or the other one.
//
// An archive is a gzipped tar: manifest.json, then every table as JSON lines in
// the order of its key, all read at one seq; then the blobs that those rows
// name; then the county's own catalogue folder. The manifest states schema,
// seq, head of the audit chain, rows of each table, and size and SHA-256 of
// each member, so that a damaged or shortened archive is refused before
// anything is touched. docs/formats/backup.md draws it.
//
// What is left out, and why, stands in [LeftOut]. The same data gives the same
// bytes: no clock and no path goes in.
package backup
