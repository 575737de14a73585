package indicator

import (
	"slices"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/register"
)

// Scope is whose figure it is: county, region:CODE, park:CODE, industry:26,
// enterprise:CODE. It follows membership in the figure's period.
type Scope string

// County is the whole county.
const County Scope = "county"

// ParseScope reads a scope; nothing is the county.
func ParseScope(s string) (Scope, error) {
	if s == "" || s == string(County) {
		return County, nil
	}
	kind, code, ok := strings.Cut(s, ":")
	if !ok || code == "" || !slices.Contains([]string{"region", "park", "industry", "enterprise"}, kind) {
		return "", errs.Say(errs.Invalid, "范围 %q 应写作 county、region:代码、park:代码、industry:26 或 enterprise:信用代码", s)
	}
	return Scope(s), nil
}

func (s Scope) parts() (kind, code string) {
	kind, code, _ = strings.Cut(string(s), ":")
	return kind, code
}

// holds reports whether a firm lies in the scope.
func (s Scope) holds(c *catalog.Catalogue, f *register.Firm) bool {
	kind, code := s.parts()
	switch kind {
	case "county":
		return true
	case "region":
		return f != nil && strings.HasPrefix(f.Region, code)
	case "park":
		return f != nil && slices.Contains(f.Parks, code)
	case "industry":
		return f != nil && c.Industries.Division(f.Industry) == code
	}
	return f != nil && f.Code == code
}

// covers refuses a scope that goes beyond the reader's reach: a sum over the
// visible part of it would be a wrong figure, not a smaller one.
func (s Scope) covers(r actor.Reach, sees func(enterprise string) bool) error {
	if r.County {
		return nil
	}
	kind, code := s.parts()
	switch {
	case kind == "park" && slices.Contains(r.Parks, code):
		return nil
	case kind == "enterprise" && sees(code):
		return nil
	}
	return errs.Say(errs.Denied, "范围 %s 超出您的权限", s)
}
