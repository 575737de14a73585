package db

import (
	"context"
	"database/sql"
	"errors"

	"gongmai/internal/errs"
)

// Snapshot runs do in one reading transaction: all that it reads is of one
// moment, however long it takes. Whoever writes meanwhile is not held up.
func (d *DB) Snapshot(ctx context.Context, do func(tx *Tx) error) (err error) {
	t, err := d.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return d.explain(err)
	}
	defer func() {
		if end := t.Rollback(); !errors.Is(end, sql.ErrTxDone) { // done: ctx ended, which err says
			err = errors.Join(err, end)
		}
	}()
	return d.explain(do(&Tx{tx: t, engine: d.engine}))
}

// Table is a table as it stands in the database.
type Table struct {
	Name    string
	Columns []Column // in the order in which they were declared
	Key     []string // columns of the primary key; without one, all columns
}

// Column is one column. Type is lower case: text, bigint, integer, boolean.
type Column struct {
	Name, Type string
}

const (
	columnsSQLite = `SELECT m.name, c.name, lower(c.type), c.pk
		FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table'
		ORDER BY m.name, c.cid`
	columnsPostgres = `SELECT c.table_name, c.column_name, c.data_type, COALESCE(k.ordinal_position, 0)
		FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		LEFT JOIN information_schema.table_constraints p
			ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
		LEFT JOIN information_schema.key_column_usage k
			ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
		ORDER BY c.table_name COLLATE "C", c.ordinal_position`
)

// Tables lists the tables of the database, by name, those of the migrator and
// of the engine among them. What stands in it is fit to be put into a query.
func (t *Tx) Tables(ctx context.Context) (tables []Table, err error) {
	defer errs.Wrap(&err, "listing tables")
	query := columnsPostgres
	if t.engine == SQLite {
		query = columnsSQLite
	}
	rows, err := t.tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	keys := map[string]map[int]string{}
	for rows.Next() {
		var table string
		var c Column
		var place int // in the key, from 1
		if err := rows.Scan(&table, &c.Name, &c.Type, &place); err != nil {
			return nil, err
		}
		if n := len(tables); n == 0 || tables[n-1].Name != table {
			tables = append(tables, Table{Name: table})
			keys[table] = map[int]string{}
		}
		at := &tables[len(tables)-1]
		at.Columns = append(at.Columns, c)
		if place > 0 {
			keys[table][place] = c.Name
		}
	}
	for i := range tables {
		tables[i].Key = inOrder(keys[tables[i].Name], tables[i].Columns)
	}
	return tables, rows.Err()
}

func inOrder(key map[int]string, all []Column) (names []string) {
	for i := 1; i <= len(key); i++ {
		names = append(names, key[i])
	}
	if len(names) > 0 {
		return names
	}
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}
