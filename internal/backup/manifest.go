package backup

import (
	"regexp"
	"time"

	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// Format is the number of the archive's form. A program reads its own and
// those before.
const Format = 1

// LeftOut are the tables that are not saved, with the reason.
var LeftOut = map[string]string{
	"goose_db_version": "the migrator's own: the manifest holds the schema's number",
	"sqlite_sequence":  "SQLite's own, for the table above",
	"session":          "a copy must not hold what signs somebody in; after a restore people sign in again",
}

// Manifest says what an archive holds.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	Engine  string    `json:"engine"` // on which it was made
	Schema  int64     `json:"schema"`
	Seq     int64     `json:"seq"`
	KnownAt time.Time `json:"known_at"` // when seq was recorded
	Chain   string    `json:"chain"`    // hash of the audit entry at seq
	Tables  []Table   `json:"tables"`
	Members []Member  `json:"members"` // all but the manifest, in their order
	Missing []string  `json:"missing"` // blobs that rows name and the store did not have whole
}

// Table is one table of the archive; a row is a JSON array in order of Columns.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int      `json:"rows"`
}

// Column is a column. Type is text, bigint, integer or boolean.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Member is one file of the archive.
type Member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Folders of the archive.
const (
	manifestName = "manifest.json"
	tableFolder  = "tables/"
	blobFolder   = "blobs/"
	ownFolder    = "catalog/"
)

var (
	tableName = regexp.MustCompile(`^tables/[a-z][a-z0-9_]*\.jsonl$`)
	blobName  = regexp.MustCompile(`^blobs/[0-9a-f]{64}$`)
)

func (m *Manifest) table(member string) *Table {
	for i := range m.Tables {
		if tableFolder+m.Tables[i].Name+".jsonl" == member {
			return &m.Tables[i]
		}
	}
	return nil
}

// readable refuses what a newer program wrote.
func (m *Manifest) readable() error {
	newest, err := db.Newest()
	if err != nil {
		return err
	}
	if m.Format > Format || m.Schema > newest {
		return errs.Say(errs.Invalid, "备份由较新的程序（%s）制作，数据库结构为第 %d 版，本程序只认识到第 %d 版：请换用新版本的程序", m.Program, m.Schema, newest)
	}
	return nil
}
