package backup

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// cells returns room for one row: a pointer to a pointer for each column, nil
// for NULL. Reading from either side and writing to either side takes them.
func cells(columns []Column) ([]any, error) {
	out := make([]any, len(columns))
	for i, c := range columns {
		switch c.Type {
		case "text":
			out[i] = new(*string)
		case "bigint", "integer":
			out[i] = new(*int64)
		case "boolean":
			out[i] = new(*bool)
		default:
			return nil, fmt.Errorf("column %q has type %q, which no archive holds", c.Name, c.Type)
		}
	}
	return out, nil
}

func quoted(names []string, after func(i int) string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(`"` + name + `"` + after(i))
	}
	return b.String()
}

func plain(int) string { return "" }

// query reads a table in the order of its key, text by its bytes on both engines.
func query(t db.Table) string {
	types := map[string]string{}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i], types[c.Name] = c.Name, c.Type
	}
	order := func(i int) string {
		if types[t.Key[i]] == "text" {
			return ` COLLATE "C"`
		}
		return ""
	}
	return `SELECT ` + quoted(names, plain) + ` FROM "` + t.Name + `" ORDER BY ` + quoted(t.Key, order)
}

// dump writes the rows of a table as JSON lines; each text is shown to see.
func dump(ctx context.Context, tx *db.Tx, t db.Table, w io.Writer, see func(string)) (out Table, err error) {
	defer errs.Wrap(&err, "saving table %q", t.Name)
	out = Table{Name: t.Name}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, Column(c))
	}
	row, err := cells(out.Columns)
	if err != nil {
		return out, err
	}
	rows, err := tx.QueryContext(ctx, query(t))
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for rows.Next() {
		if err := rows.Scan(row...); err != nil {
			return out, err
		}
		for _, c := range row {
			if text, ok := c.(**string); ok && *text != nil {
				see(**text)
			}
		}
		if err := enc.Encode(row); err != nil {
			return out, err
		}
		out.Rows++
	}
	return out, rows.Err()
}

// A statement of many rows loads several times faster than one a row; SQLite
// takes 32,766 values in one.
const (
	rowsAtOnce  = 100
	bytesAtOnce = 1 << 20
)

// load puts the rows of a member into a table, which it empties first: a fresh
// schema is not without rows.
func load(ctx context.Context, tx *db.Tx, t *Table, r io.Reader) (err error) {
	defer errs.Wrap(&err, "restoring table %q", t.Name)
	if _, err := tx.ExecContext(ctx, `DELETE FROM "`+t.Name+`"`); err != nil {
		return err
	}
	in := bufio.NewReaderSize(r, 1<<16)
	var values []any
	var size, n int
	for {
		line, end := in.ReadBytes('\n')
		if end != nil && !errors.Is(end, io.EOF) {
			return end
		}
		if len(line) > 0 {
			row, err := parse(t.Columns, line)
			if err != nil {
				return fmt.Errorf("row %d: %w", n+1, err)
			}
			values, size, n = append(values, row...), size+len(line), n+1
		}
		if len(values) > 0 && (end != nil || size >= bytesAtOnce || len(values) >= rowsAtOnce*len(t.Columns)) {
			if _, err := tx.ExecContext(ctx, insert(t, len(values)/len(t.Columns)), values...); err != nil {
				return err
			}
			values, size = values[:0], 0
		}
		if end != nil {
			break
		}
	}
	if n != t.Rows {
		return fmt.Errorf("%d rows, the manifest says %d", n, t.Rows)
	}
	return nil
}

func parse(columns []Column, line []byte) ([]any, error) {
	row, err := cells(columns)
	if err != nil {
		return nil, err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(line, &parts); err != nil {
		return nil, err
	}
	if len(parts) != len(row) {
		return nil, fmt.Errorf("%d values for %d columns", len(parts), len(row))
	}
	for i := range row {
		if err := json.Unmarshal(parts[i], row[i]); err != nil {
			return nil, fmt.Errorf("column %q: %w", columns[i].Name, err)
		}
	}
	for i := range row {
		switch p := row[i].(type) { // the driver wants one pointer
		case **string:
			row[i] = *p
		case **int64:
			row[i] = *p
		case **bool:
			row[i] = *p
		}
	}
	return row, nil
}

func insert(t *Table, rows int) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	var b strings.Builder
	fmt.Fprintf(&b, `INSERT INTO "%s" (%s) VALUES `, t.Name, quoted(names, plain))
	for i := range rows {
		b.WriteString(strings.Repeat(", ", min(i, 1)) + "(")
		for j := range names {
			fmt.Fprintf(&b, "%s$%d", strings.Repeat(", ", min(j, 1)), i*len(names)+j+1)
		}
		b.WriteString(")")
	}
	return b.String()
}
