package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
)

const (
	insertPerson = `INSERT INTO person (id, name, phone, id_number) VALUES ($1, $2, $3, $4)`
	selectNames  = `SELECT name FROM person ORDER BY id`
)

func TestTxCommits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		// Three times: the text is compiled in the first transaction, kept after
		// it, and bound to the later ones.
		for i := range 3 {
			if err := d.Tx(t.Context(), add(t, fmt.Sprint(i), fmt.Sprint("人", i))); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{"人0", "人1", "人2"}, names(t, d)); diff != "" {
			t.Errorf("names after three transactions (-want +got):\n%s", diff)
		}
	})
}

func TestTxRollsBack(t *testing.T) {
	stop := errors.New("stop")
	for _, tt := range []struct {
		name string
		end  func(cancel func()) error
	}{
		{"on an error", func(func()) error { return stop }},
		{"on a panic", func(func()) error { panic(stop) }},
		{"when ctx ends", func(cancel func()) error { cancel(); return nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				err := caught(func() error {
					return d.Tx(ctx, func(tx *db.Tx) error {
						if err := add(t, "1", "甲")(tx); err != nil {
							return err
						}
						return tt.end(cancel)
					})
				})
				if !errors.Is(err, stop) && !errors.Is(err, context.Canceled) {
					t.Errorf("Tx = %v; want what ended it", err)
				}
				if got := names(t, d); len(got) != 0 {
					t.Errorf("names = %v; want none", got)
				}
				if err := d.Tx(t.Context(), add(t, "2", "乙")); err != nil {
					t.Errorf("the next transaction: %v", err)
				}
			})
		})
	}
}

func TestTxSeesItsOwnWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			stmt, err := tx.PrepareContext(t.Context(), insertPerson)
			if err != nil {
				return err
			}
			for i := range 10 {
				if _, err := stmt.ExecContext(t.Context(), fmt.Sprint(i), "甲", "", ""); err != nil {
					return err
				}
			}
			var inside, outside int
			const count = `SELECT COUNT(*) FROM person`
			if err := tx.QueryRowContext(t.Context(), count).Scan(&inside); err != nil {
				return err
			}
			if err := d.QueryRowContext(t.Context(), count).Scan(&outside); err != nil {
				return err
			}
			if inside != 10 || outside != 0 {
				t.Errorf("inside %d, outside %d; want 10, 0", inside, outside)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestIsUnique(t *testing.T) {
	const account = `INSERT INTO account (id, login, person, secret, state, failures, locked_until_us, must_change, changed_us)
		VALUES ($1, $2, '', '', 'active', 0, 0, $3, 0)`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec := func(query string, args ...any) error {
			return d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.ExecContext(t.Context(), query, args...)
				return err
			})
		}
		if err := errors.Join(exec(account, "1", "zhang", true), exec(insertPerson, "1", "", "", "")); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name   string
			err    error
			unique bool
		}{
			{"primary key of text", exec(insertPerson, "1", "", "", ""), true},
			{"primary key of integer", exec(`INSERT INTO chain_head (id, seq, recorded_us, hash) VALUES (1, 0, 0, '')`), true},
			{"unique column", exec(account, "2", "zhang", false), true},
			{"check", exec(`INSERT INTO chain_head (id, seq, recorded_us, hash) VALUES (2, 0, 0, '')`), false},
			{"not null", exec(insertPerson, nil, "", "", ""), false},
			{"no error", nil, false},
		} {
			if tt.name != "no error" && tt.err == nil {
				t.Errorf("%s: no error at all", tt.name)
			}
			if got := db.IsUnique(tt.err); got != tt.unique {
				t.Errorf("%s: IsUnique(%v) = %t; want %t", tt.name, tt.err, got, tt.unique)
			}
		}
	})
}

// Fifty writers raise one counter; none is refused, no number is lost, and
// readers are not held up by them.
func TestWritersQueue(t *testing.T) {
	const writers, each = 50, 4
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all sync.WaitGroup
		seen := make(chan int64, writers*each)
		for range writers {
			all.Go(func() {
				for range each {
					seq, err := next(t.Context(), d)
					if err != nil {
						t.Errorf("next: %v", err)
					}
					seen <- seq
					if err := d.QueryRowContext(t.Context(), `SELECT seq FROM chain_head`).Scan(new(int64)); err != nil {
						t.Errorf("reading: %v", err)
					}
				}
			})
		}
		all.Wait()
		close(seen)
		got := map[int64]bool{}
		for seq := range seen {
			got[seq] = true
		}
		if len(got) != writers*each || !got[1] || !got[writers*each] {
			t.Errorf("%d different numbers; want 1 to %d", len(got), writers*each)
		}
	})
}

func next(ctx context.Context, d *db.DB) (seq int64, err error) {
	err = d.Tx(ctx, func(tx *db.Tx) error {
		return tx.QueryRowContext(ctx, `UPDATE chain_head SET seq = seq + $1 WHERE id = 1 RETURNING seq`, 1).Scan(&seq)
	})
	return seq, err
}

func TestReadersCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.QueryRowContext(t.Context(), insertPerson+` RETURNING id`, "1", "", "", "").Scan(new(string))
		if err == nil || len(names(t, d)) != 0 {
			t.Errorf("writing through QueryRowContext = %v, leaves %q", err, names(t, d))
		}
	})
}

// Keys sort by bytes on both engines: capitals before small letters, ASCII
// before Chinese, Chinese by code point and not by pinyin.
func TestKeysSortByBytes(t *testing.T) {
	want := []string{"B204-1", "a", "a/b", "Ä", "丁", "乙", "丙", "甲", "😀"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, key := range want {
				if err := add(t, key, key)(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got := names(t, d)
		sorted := strings.Join(got, " ")
		for i := 1; i < len(got); i++ {
			if got[i-1] >= got[i] {
				t.Errorf("%q comes before %q in %q", got[i-1], got[i], sorted)
			}
		}
		if len(got) != len(want) {
			t.Errorf("got %q", got)
		}
	})
}

// Values come back as they went in, with $n repeated and out of order.
func TestValues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var text string
		var number int64
		var again int64
		err := d.QueryRowContext(t.Context(), `SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), CAST($1 AS BIGINT) + 1`, int64(1)<<60, "O'Neill 工脉 \"x\" \\").
			Scan(&text, &number, &again)
		if err != nil || text != `O'Neill 工脉 "x" \` || number != 1<<60 || again != 1<<60+1 {
			t.Errorf("got %q, %d, %d, %v", text, number, again, err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO account (id, login, person, secret, state, failures, locked_until_us, must_change, changed_us)
				VALUES ('1', 'a', '', '', '', 0, $1, $2, $1)`, int64(1)<<60, true)
			return err
		})
		var us int64
		var must bool
		if err := errors.Join(err, d.QueryRowContext(t.Context(), `SELECT changed_us, must_change FROM account WHERE must_change`).Scan(&us, &must)); err != nil || us != 1<<60 || !must {
			t.Errorf("account holds %d, %t, %v", us, must, err)
		}
	})
}

func TestBadQuerySaysSo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.QueryRowContext(t.Context(), `SELECT x FROM nowhere`).Scan(new(int)); err == nil || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("QueryRowContext: %v", err)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT x FROM nowhere`).Scan(new(int))
		})
		if err == nil || !strings.Contains(err.Error(), "nowhere") && !strings.Contains(err.Error(), "aborted") {
			t.Errorf("Tx.QueryRowContext: %v", err)
		}
	})
}

// More texts than are kept still run.
func TestManyTexts(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	for i := range 600 {
		query := fmt.Sprintf(`SELECT %d + CAST($1 AS BIGINT)`, i)
		var read, inTx int
		err := d.QueryRowContext(t.Context(), query, 1).Scan(&read)
		err = errors.Join(err, d.Tx(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRowContext(t.Context(), query, 1).Scan(&inTx)
		}))
		if err != nil || read != i+1 || inTx != i+1 {
			t.Fatalf("%s gives %d and %d, %v", query, read, inTx, err)
		}
	}
}

func add(t *testing.T, id, name string) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), insertPerson, id, name, "", "")
		return err
	}
}

func names(t *testing.T, d *db.DB) []string {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), selectNames)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return got
}

// caught runs do and returns its error, or the one it panicked with.
func caught(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	return do()
}
