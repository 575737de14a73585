// Package content (业务目录文件) embeds the county's knowledge as data: settings,
// code lists, calendars, registers, forms, flows, ledgers, indicators, reports
// and roles. It holds files only; package catalog reads and checks them.
//
// A file of the same kind and code in DATA/catalog replaces the embedded one.
package content

import "embed"

// FS holds the files of this folder, with paths such as ledgers/demand.yaml.
//
//go:embed *.yaml */*.yaml */*.csv
var FS embed.FS
