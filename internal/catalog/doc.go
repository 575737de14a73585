// Package catalog (业务目录) holds the county's knowledge as data: registers,
// forms, ledgers, flows, indicators, report outlines, roles, code lists,
// calendars and settings, read from YAML files.
//
// A catalogue is checked whole when it is loaded: every reference resolves,
// every expression type-checks, every state can be reached and left. A fault
// names its file and line and the nearest right word; a faulty catalogue is
// refused and the old one stays in force. Each one that differs is kept as an
// edition, so that a moment in the past is evaluated with the catalogue of then.
//
// docs/formats/catalogue.md describes the files.
package catalog
