package demo

import (
	"context"
	"fmt"
	"slices"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
)

// Accounts keeps persons and opens ways in. It is a county's own matter how
// the demo's passwords are made and shown.
type Accounts interface {
	// Persons keeps names and phones, and returns the ids that versions hold.
	Persons(ctx context.Context, ps ...Person) (ids []string, err error)
	// Open opens an account and returns the id under which it acts, which
	// versions also hold where they name somebody of the bureau.
	Open(ctx context.Context, a Account) (id string, err error)
}

// Person is somebody whose name stands in no version.
type Person struct{ Name, Phone string }

// Account is a way in for a person of the demo.
type Account struct {
	Login, Name, Phone string
	Roles              []string
	Office             string
	Reach              actor.Reach
}

// person acts in the demo.
type person struct {
	post   Post
	actor  actor.Actor
	person string // id in versions
}

// hire makes everybody who acts.
func (c *county) hire(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "hiring the people of the demo")
	ctx = actor.With(ctx, actor.System())
	for _, p := range c.script.Town.People {
		reach := actor.Reach{County: len(p.Parks) == 0, Parks: p.Parks}
		who, err := c.engage(ctx, p, reach, true)
		if err != nil {
			return err
		}
		c.staff[p.Role] = append(c.staff[p.Role], who)
	}
	return c.staffFirms(ctx)
}

// engage makes somebody who acts; login says whether there is an account.
func (c *county) engage(ctx context.Context, p Post, reach actor.Reach, login bool) (*person, error) {
	who := &person{post: p}
	who.actor = actor.Actor{ID: c.newID(), Name: p.Name, Reach: reach, Roles: []string{p.Role}}
	if r := c.cat.Roles[p.Role]; r != nil {
		for _, x := range r.Rights {
			who.actor.Rights = append(who.actor.Rights, actor.Right(x))
		}
	}
	if c.Accounts != nil && login {
		var err error
		who.actor.ID, err = c.Accounts.Open(ctx, Account{
			Login: p.Login, Name: p.Name, Roles: who.actor.Roles, Office: p.Office, Reach: reach,
		})
		if err != nil {
			return nil, err
		}
	}
	who.person = who.actor.ID
	return who, nil
}

// staffFirms gives each enterprise three persons, and a reporter where it files.
func (c *county) staffFirms(ctx context.Context) error {
	surnames := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
	var ps []Person
	for _, f := range c.firms {
		r := c.stream("persons", f.code)
		for i := range 3 {
			ps = append(ps, Person{
				Name:  fmt.Sprintf("%c演示%03d%d", surnames[r.IntN(len(surnames))], f.n%1000, i+1),
				Phone: fmt.Sprintf("1990000%04d", (f.n*3+i)%10000),
			})
		}
	}
	ids := make([]string, len(ps))
	if c.Accounts != nil {
		var err error
		if ids, err = c.Accounts.Persons(ctx, ps...); err != nil {
			return err
		}
	} else {
		for i := range ids {
			ids[i] = c.newID()
		}
	}
	for i, f := range c.firms {
		f.legal, f.clerk, f.officer = ids[i*3], ids[i*3+1], ids[i*3+2]
	}
	return c.reporters(ctx, ps)
}

// served is how many enterprises one bookkeeper files for; those that the
// annual summary names have people of their own.
const served = 4

func (c *county) reporters(ctx context.Context, ps []Person) error {
	var own, shared []*firm
	for _, f := range c.firms {
		if f.named {
			own = append(own, f)
		} else {
			shared = append(shared, f)
		}
	}
	groups := slices.Collect(slices.Chunk(own, 1))
	// Those above scale stand together, so that a bookkeeper files for a few at once.
	slices.SortStableFunc(shared, func(a, b *firm) int { return len(b.above) - len(a.above) })
	for g := range slices.Chunk(shared, served) {
		groups = append(groups, g)
	}
	for _, g := range groups {
		codes := make([]string, len(g))
		for i, f := range g {
			codes[i] = f.code
		}
		post := Post{Login: fmt.Sprintf("qy%03d", g[0].n+1), Name: ps[g[0].n*3+1].Name, Role: reporterRole}
		who, err := c.engage(ctx, post, actor.Reach{Enterprises: codes}, g[0].login)
		if err != nil {
			return err
		}
		for _, f := range g {
			f.reporter = who
		}
	}
	return nil
}

// Roles that the demo's acts need beside those that steps name.
const (
	reporterRole = "reporter"
	reviewerRole = "reviewer"
	officialRole = "official"
	parkRole     = "park_officer"
)

// oneBy finds who does something: the enterprise's reporter, the park's
// officer, or somebody of the role, of the office that keeps the thing if there is one.
func (c *county) oneBy(role, office string, f *firm, r stream) *person {
	switch role {
	case reporterRole:
		if f != nil {
			return f.reporter
		}
		return nil
	case parkRole:
		if f == nil || f.park == "" {
			return nil
		}
		for _, p := range c.staff[role] {
			if slices.Contains(p.post.Parks, f.park) {
				return p
			}
		}
		return nil
	}
	var own []*person
	for _, p := range c.staff[role] {
		if p.post.Office == office {
			own = append(own, p)
		}
	}
	if len(own) == 0 {
		own = c.staff[role]
	}
	return oneOf(r, own)
}
