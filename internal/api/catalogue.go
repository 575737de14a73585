package api

import (
	"context"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
)

// Edition is a catalogue that was put into force.
type Edition struct {
	Number  int64     `json:"number"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Digest  string    `json:"digest"`
	Changed []string  `json:"changed" doc:"Files that differ from the edition before"`
}

// Override is a file of the county in place of an embedded definition.
type Override struct {
	File        string `json:"file"`
	Key         string `json:"key"`
	Replaces    string `json:"replaces,omitempty"`
	BaseChanged bool   `json:"base_changed"`
}

// Catalogue is what the county's knowledge consists of.
type Catalogue struct {
	Editions []Edition      `json:"editions" doc:"Newest first"`
	Counts   map[string]int `json:"counts"`
	Override []Override     `json:"override"`
}

func (s *server) catalogues() {
	handle(s, op{at: "GET /api/catalogue", id: "catalogue", does: "The catalogue in force and its editions", whom: signedIn, tag: "management"}, s.catalogue)
}

func (s *server) catalogue(ctx context.Context, _ *struct{}) (out Catalogue, err error) {
	if who := actor.From(ctx); !who.Reach.County && !who.May(manageCatalog) {
		return out, errs.Say(errs.Denied, "没有权限：查看业务目录")
	}
	editions, err := s.Keeper.Editions(ctx)
	if err != nil {
		return out, err
	}
	names, err := s.Accounts.Names(ctx)
	if err != nil {
		return out, err
	}
	for _, e := range editions {
		out.Editions = append([]Edition{{e.Number, e.At, named(names, e.Actor), e.Digest, e.Changed}}, out.Editions...)
	}
	c := s.Keeper.Now()
	out.Counts = map[string]int{
		"registers": len(c.Registers), "forms": len(c.Forms), "ledgers": len(c.Ledgers), "indicators": len(c.Indicators),
		"reports": len(c.Outlines), "roles": len(c.Roles), "lists": len(c.Lists), "flows": len(c.Flows),
	}
	for _, o := range c.Overrides {
		out.Override = append(out.Override, Override(o))
	}
	return out, nil
}
