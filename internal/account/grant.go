package account

import (
	"slices"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// GrantKind is the kind of grants; the record is the account's id.
const GrantKind fact.Kind = "account:grant"

// The three administrators (三员).
const (
	SystemAdmin   = "system_admin"
	SecurityAdmin = "security_admin"
	AuditAdmin    = "audit_admin"
)

var administrators = []string{SystemAdmin, SecurityAdmin, AuditAdmin}

// Grant is what an account may do and see, whole: a new one replaces the old.
type Grant struct {
	Roles []string    `json:"roles"`
	Posts []string    `json:"posts,omitempty"`
	Reach actor.Reach `json:"reach"`
	From  period.Day  `json:"from,omitzero"`  // first day; none: today
	Until period.Day  `json:"until,omitzero"` // last day, of auditors for a time; none: without end
}

// empty says that g grants nothing.
func (g Grant) empty() bool {
	r := g.Reach
	return len(g.Roles)+len(g.Posts)+len(r.Parks)+len(r.Enterprises) == 0 && !r.County
}

func (g Grant) draft(account string, basedOn int32, reason string) record.Draft {
	fields := []fact.Field{
		{Code: "roles", Value: fact.ListOf(g.Roles...)},
		{Code: "posts", Value: fact.ListOf(g.Posts...)},
		{Code: "reach_county", Value: fact.BoolOf(g.Reach.County)},
		{Code: "parks", Value: fact.ListOf(g.Reach.Parks...)},
		{Code: "enterprises", Value: fact.ListOf(g.Reach.Enterprises...)},
	}
	if g.Until != 0 {
		fields = append(fields, fact.Field{Code: "until", Value: fact.DayOf(g.Until)})
	}
	return record.Draft{
		Kind: GrantKind, Record: account, BasedOn: basedOn, State: "granted", EffectiveOn: g.From,
		Body: fact.NewBody(fields...), Act: "grant", Reason: reason,
	}
}

func grantOf(r fact.Row) Grant {
	return Grant{
		Roles: r.Get("roles").List(), Posts: r.Get("posts").List(), From: r.Effective(), Until: r.Get("until").Day(),
		Reach: actor.Reach{County: r.Get("reach_county").Bool(), Parks: r.Get("parks").List(), Enterprises: r.Get("enterprises").List()},
	}
}

// fold brings g into its stored form and finds everything that is wrong with it.
func (g *Grant) fold(c *catalog.Catalogue, today period.Day, faults *errs.Faults) {
	for _, list := range []*[]string{&g.Roles, &g.Posts, &g.Reach.Parks, &g.Reach.Enterprises} {
		*list = foldList(*list)
	}
	if g.From == 0 {
		g.From = today
	}
	if g.From < today {
		faults.Add("from", "授权不能追溯到 %s 以前", today)
	}
	if g.Until != 0 && g.Until < g.From {
		faults.Add("until", "授权的截止日 %s 早于起始日 %s", g.Until, g.From)
	}
	for i, e := range g.Reach.Enterprises {
		var err error
		if g.Reach.Enterprises[i], err = code.Credit(e); err != nil {
			faults.Add("enterprises", "%s", errs.Text(err))
		}
	}
	for _, r := range g.Roles {
		if c.Roles[r] == nil {
			faults.Add("roles", "没有角色 %q%s", r, nearest(r, c))
		}
	}
	separate(c, *g, faults)
}

func foldList(list []string) []string {
	var out []string
	for _, x := range list {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func nearest(role string, c *catalog.Catalogue) string {
	var known []string
	for r := range c.Roles {
		known = append(known, r)
	}
	slices.Sort(known)
	if n := errs.Nearest(role, known); n != "" {
		return "，是否为 " + n
	}
	return ""
}

// separate finds where g breaks the separation of duties: the three duties never
// meet in one account, and who manages or watches accounts does nothing else and
// sees nothing of the business. Rights count, not only names of roles, since the
// county may write roles of its own.
func separate(c *catalog.Catalogue, g Grant, faults *errs.Faults) {
	rights := rightsOf(c, g.Roles)
	holder := actor.Actor{Rights: rights}
	duties := 0
	for _, r := range []actor.Right{manageAccounts, managePolicy, readAudit} {
		if holder.May(r) {
			duties++
		}
	}
	if duties > 1 {
		faults.Add("roles", "系统、安全、审计三项管理职责不能由一个账号兼任")
	}
	if !administers(c, g) {
		return
	}
	if len(g.Roles) > 1 {
		faults.Add("roles", "管理员账号不能兼任其他角色，请另建账号")
	}
	if r := g.Reach; r.County || len(r.Parks)+len(r.Enterprises) > 0 {
		faults.Add("reach", "管理员账号不能查看业务数据，范围应为空")
	}
}

// administers says that g makes an administrator.
func administers(c *catalog.Catalogue, g Grant) bool {
	holder := actor.Actor{Rights: rightsOf(c, g.Roles)}
	named := func(r string) bool { return slices.Contains(administrators, r) }
	return slices.ContainsFunc(g.Roles, named) || holder.May(manageAccounts) || holder.May(managePolicy)
}

func rightsOf(c *catalog.Catalogue, roles []string) (out []actor.Right) {
	for _, code := range roles {
		if r := c.Roles[code]; r != nil {
			for _, x := range r.Rights {
				out = append(out, actor.Right(x))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// actorOf is who an account is under a grant. A grant that the catalogue of today
// no longer allows, because roles have been rewritten, gives nothing.
func actorOf(c *catalog.Catalogue, id, name string, g Grant) actor.Actor {
	var faults errs.Faults
	separate(c, g, &faults)
	if len(faults) > 0 {
		return actor.Actor{ID: id, Name: name}
	}
	return actor.Actor{ID: id, Name: name, Reach: g.Reach, Roles: g.Roles, Posts: g.Posts, Rights: rightsOf(c, g.Roles)}
}
