package intake

import (
	"context"

	"golang.org/x/sync/errgroup"

	"gongmai/internal/account"
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/given"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
)

// Desk takes files in.
type Desk struct {
	Records   *record.Store
	Catalogue func() *catalog.Catalogue
	Register  *register.Store
	Ledger    *ledger.Store
	Given     *given.Store
	Accounts  *account.Store
}

// Ask says how a file is to be taken.
type Ask struct {
	Source    string                      // name of the file
	Reason    string                      // where something changes; the file's name is the reason when empty
	Step      string                      // of a ledger; empty takes its step of entering
	Effective period.Day                  // from when rows hold that do not say so
	DryRun    bool                        // check only
	Progress  func(what string, rows int) // told of long work; nil: nobody waits
}

// long is how many rows are worth a word while somebody waits.
const long = 1000

func (a Ask) progress(what string, rows int) {
	if a.Progress != nil && rows >= long {
		a.Progress(what, rows)
	}
}

// Result is what came of a file.
type Result = survey.Result

// Names are those of all persons, by id.
func (d *Desk) Names(ctx context.Context) (map[string]string, error) { return d.Accounts.Names(ctx) }

// writers is how many persons are entered at once: writers that wait share a commit.
const writers = 32

// enter makes the persons that changes name and puts their ids into the values.
func (d *Desk) enter(ctx context.Context, changes []*change) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	made := make([]map[string][]string, len(changes)) // ids by field
	for k, c := range changes {
		made[k] = map[string][]string{}
		for field, names := range c.people {
			ids := make([]string, len(names))
			made[k][field] = ids
			for i, n := range names {
				g.Go(func() (err error) {
					ids[i], err = d.Accounts.PutPerson(ctx, account.Person{Name: n})
					return err
				})
			}
		}
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for k, c := range changes {
		for field, ids := range made[k] {
			c.values = append(c.values, fact.Field{Code: field, Value: fact.ListOf(ids...)})
		}
	}
	return nil
}
