package api

import (
	"context"
	"maps"
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/register"
)

// Indicator is a definition.
type Indicator struct {
	Code string `json:"code"`
	catalog.Label
	Unit         string `json:"unit"`
	Kind         string `json:"kind"`
	Accumulate   string `json:"accumulate,omitempty"`
	Caliber      string `json:"caliber,omitempty"`
	Group        string `json:"group,omitempty"`
	Provider     string `json:"provider,omitempty"`
	ProviderName string `json:"provider_name,omitempty"`
	Span         string `json:"span,omitempty"`
	Headline     bool   `json:"headline,omitempty"`
}

func (s *server) listIndicators(ctx context.Context, _ *struct{}) (out []Indicator, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	for _, code := range slices.Sorted(maps.Keys(l.cat.Indicators)) {
		i := l.cat.Indicators[code]
		name, err := l.provider(ctx, i.Provider)
		if err != nil {
			return nil, err
		}
		out = append(out, Indicator{
			Code: code, Label: i.Label, Unit: string(i.Unit), Kind: i.Kind, Accumulate: i.Accumulate, Caliber: i.Caliber, Group: i.Group,
			Provider: i.Provider, ProviderName: name, Span: i.Span, Headline: i.Headline,
		})
	}
	return out, nil
}

// provider names an office: a record of the register that ledgers refer to.
func (l *look) provider(ctx context.Context, code string) (string, error) {
	t, err := l.titlesOf(ctx, register.Agency)
	return named(t, code), err
}
