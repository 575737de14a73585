package api

import (
	"context"
	"net/url"

	"gongmai/internal/fact"
	"gongmai/internal/search"
)

// Hit is something that was found.
type Hit struct {
	Kind  string `json:"kind" enum:"enterprise,record,indicator,page"`
	Title string `json:"title"`
	Sub   string `json:"sub,omitempty"`
	Path  string `json:"path"`
}

// Hits are what was found, best first.
type Hits struct {
	Hits []Hit `json:"hits"`
}

type searchIn struct {
	Q string `query:"q" maxLength:"100"`
}

const mostHits = 30

func (s *server) search(ctx context.Context, in *searchIn) (out Hits, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	groups, err := l.menu(ctx)
	if err != nil {
		return out, err
	}
	var pages []search.Page
	for _, g := range groups {
		for _, i := range g.Items {
			pages = append(pages, search.Page{Path: i.Path, Name: i.Name, En: i.En, Group: g.Name})
		}
	}
	found, err := s.index.Find(ctx, l.m, in.Q, pages, mostHits)
	for _, h := range found {
		x := Hit{Kind: h.Kind, Title: h.Title, Sub: h.Sub}
		switch h.Kind {
		case "page":
			x.Path = h.ID
		case "indicator":
			if !l.m.Who().May(readFigures) {
				continue
			}
			x.Path = "/figures/" + url.PathEscape(h.ID)
		default:
			x.Path = path(fact.Ref{Kind: h.Of, Record: h.ID})
		}
		out.Hits = append(out.Hits, x)
	}
	return out, err
}
