package api

import (
	"context"
	"net/http"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/errs"
)

// Me is who is signed in, and what is there for them.
type Me struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Roles      []string    `json:"roles"`
	Posts      []string    `json:"posts"`
	Rights     []string    `json:"rights"`
	Reach      Reach       `json:"reach"`
	Home       string      `json:"home"`
	MustChange bool        `json:"must_change" doc:"The password, before anything else"`
	County     County      `json:"county"`
	Demo       bool        `json:"demo"`
	Today      string      `json:"today"`
	StatPeriod string      `json:"stat_period" doc:"January to the newest month with accepted statistics"`
	Menu       []MenuGroup `json:"menu"`
}

// Reach is what somebody may see.
type Reach struct {
	County      bool     `json:"county,omitempty"`
	Parks       []string `json:"parks,omitempty"`
	Enterprises []string `json:"enterprises,omitempty"`
}

func reachOf(r actor.Reach) Reach       { return Reach(r) }
func (r Reach) decode() (x actor.Reach) { return actor.Reach(r) }

// County is where this is.
type County struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	Office    string `json:"office"`
}

type loginIn struct {
	Body struct {
		Login    string `json:"login"`
		Password string `json:"password"`
		OTP      string `json:"otp,omitempty" doc:"Of a second factor; not asked for yet"`
	}
}

type passwordIn struct {
	Session http.Cookie `cookie:"gongmai_session" hidden:"true"`
	Body    struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
}

type logoutIn struct {
	Session http.Cookie `cookie:"gongmai_session" hidden:"true"`
}

func (s *server) session() {
	s.cookie(op{at: "POST /api/login", id: "login", does: "Sign in", whom: open, tag: "session"})
	handleLogout(s)
	do(s, op{at: "POST /api/password", id: "change-password", does: "Change one's password", whom: changing, tag: "session"},
		func(ctx context.Context, in *passwordIn) error {
			return s.Accounts.ChangePassword(ctx, in.Session.Value, in.Body.Old, in.Body.New)
		})
	handle(s, op{at: "GET /api/me", id: "me", does: "Who is signed in, and the menu", whom: changing, tag: "session"}, s.me)
	handle(s, op{at: "GET /api/health", id: "health", does: "Whether the server answers", whom: open, tag: "session"}, s.health)
}

func (s *server) me(ctx context.Context, _ *struct{}) (Me, error) {
	se := account.Of(ctx)
	l, err := s.look(ctx)
	if err != nil {
		return Me{}, err
	}
	a := se.Actor
	set := l.cat.Settings
	me := Me{
		ID: a.ID, Name: a.Name, Roles: a.Roles, Posts: a.Posts, Reach: reachOf(a.Reach), Home: "/", MustChange: se.MustChange, Demo: s.Demo, Today: l.today.String(),
		County: County{set["region.code"], set["region.name"], set["region.short_name"], set["office.name"]},
	}
	for _, r := range a.Rights {
		me.Rights = append(me.Rights, string(r))
	}
	for _, r := range a.Roles {
		if x := l.cat.Roles[r]; x != nil && x.Home != "" {
			me.Home = x.Home
			break
		}
	}
	p, err := s.Survey.Known(ctx, l.m)
	if err != nil {
		return me, err
	}
	me.StatPeriod = p.String()
	if !se.MustChange {
		me.Menu, err = l.menu(ctx)
	}
	return me, err
}

// Health says whether the server answers.
type Health struct {
	OK      bool   `json:"ok"`
	Version string `json:"version"`
	Seq     int64  `json:"seq"`
	Engine  string `json:"engine"`
}

func (s *server) health(ctx context.Context, _ *struct{}) (Health, error) {
	seq, _, _, err := s.Records.Head(ctx)
	if err != nil {
		return Health{}, errs.Say(errs.Conflict, "数据库没有应答")
	}
	return Health{OK: true, Version: s.Version, Seq: int64(seq), Engine: s.Records.DB().Engine()}, nil
}
