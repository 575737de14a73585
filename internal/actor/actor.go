// Package actor (操作人) says who acts and how far that person's reach goes.
//
// Every write and every read carries an Actor in its context. What lies outside
// its Reach is filtered where data is read, in package record, in one place.
package actor

import (
	"context"
	"slices"

	"gongmai/internal/errs"
)

// Reach is what an actor may see. The zero Reach sees nothing about any enterprise.
type Reach struct {
	County      bool     `json:"county" doc:"Everything in the county"`
	Parks       []string `json:"parks,omitempty" doc:"Codes of parks: their members of today"`
	Enterprises []string `json:"enterprises,omitempty" doc:"Credit codes"`
}

// Right is something a role may do, such as "survey.review".
type Right string

// Actor is an authenticated person or machine.
type Actor struct {
	ID     string
	Name   string
	Reach  Reach
	Roles  []string
	Posts  []string
	Rights []Right
}

// May reports whether a may do r.
func (a Actor) May(r Right) bool {
	return slices.Contains(a.Rights, r) || slices.Contains(a.Rights, "*")
}

// Need returns Denied, with what is lacking, unless a may do r.
func (a Actor) Need(r Right, what string) error {
	if a.May(r) {
		return nil
	}
	return errs.Say(errs.Denied, "没有权限：%s", what)
}

// System is the county's own hand: the command line of the one who holds the
// data folder, and jobs.
func System() Actor {
	return Actor{ID: "system", Name: "系统", Reach: Reach{County: true}, Roles: []string{"system"}, Rights: []Right{"*"}}
}

type key struct{}

// With returns ctx carrying a.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From returns the actor of ctx; an empty Actor, who may see nothing, when
// there is none.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(key{}).(Actor)
	return a
}
