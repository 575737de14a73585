package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/app"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

const (
	crashKind = fact.Kind("ledger:crash")
	writers   = 8
	kills     = 6
)

// writer is a program that writes as fast as it can: each write is two records
// and an audit entry that name one photo. It prints the write's name when the
// store has acknowledged it. Its arguments: a run, DATA, and the database.
func writer() {
	ctx := actor.With(context.Background(), actor.System())
	a, err := app.Open(ctx, app.Config{Data: os.Args[2], DB: os.Args[3]})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out sync.Mutex
	for w := range writers {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%s-%d-%d", os.Args[1], w, i)
				if err := twoRecords(ctx, a, name); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				out.Lock()
				fmt.Println(name)
				out.Unlock()
			}
		}()
	}
	select {}
}

func twoRecords(ctx context.Context, a *app.App, name string) error {
	photo, err := a.Blobs.Put([]byte("照片 " + name))
	if err != nil {
		return err
	}
	return a.Records.Write(ctx, func(tx *record.Tx) error {
		for _, half := range []string{"/a", "/b"} {
			_, err := tx.Append(ctx, record.Draft{
				Kind: crashKind, Record: name + half, State: "open", EffectiveOn: 20251130, Act: "登记",
				Body: fact.NewBody(fact.Field{Code: "photo", Value: fact.TextOf(string(photo))}),
			})
			if err != nil {
				return err
			}
		}
		return tx.Note(ctx, "照相", string(crashKind), name, "")
	})
}

// Killed at any moment, a county has every write that was acknowledged, and
// none by half.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, p place) {
		dice := rand.New(rand.NewPCG(1, uint64(len(p.args))))
		acked := map[string]bool{}
		for run := range kills {
			killed(t, acked, time.Duration(20+dice.IntN(180))*time.Millisecond, fmt.Sprint(run), p.data(), p.url())
		}
		sound(t, p)
		stored := names(t, p)
		for name := range acked {
			if !stored[name+"/a"] {
				t.Errorf("%s was acknowledged and is lost", name)
			}
		}
		for name := range stored {
			whole := strings.TrimSuffix(strings.TrimSuffix(name, "/a"), "/b")
			if !stored[whole+"/a"] || !stored[whole+"/b"] {
				t.Errorf("of %s one half is stored", whole)
			}
		}
		t.Logf("%d acknowledged, %d stored", len(acked), len(stored)/2)
		if len(acked) < kills {
			t.Errorf("only %d writes: this tests little", len(acked))
		}
	})
}

// killed runs a writer for a while and kills it.
func killed(t *testing.T, acked map[string]bool, after time.Duration, args ...string) {
	t.Helper()
	c := exec.Command("gongmai-writer", args...)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err != nil { // a line that was cut is no acknowledgement
			if !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			break
		}
		acked[strings.TrimSpace(line)] = true
		if first {
			time.AfterFunc(after, func() {
				if err := c.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	if err := c.Wait(); err == nil {
		t.Error("the writer ended by itself")
	}
}

func names(t *testing.T, p place) map[string]bool {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: p.data(), DB: p.url()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m, err := a.Records.At(actor.With(t.Context(), actor.System()), record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]bool{}
	err = m.Read(t.Context(), crashKind, func(v fact.View) error {
		for r := range v.Heads() {
			stored[r.AsVersion().Record] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}
