package demo

import (
	"fmt"
	"strings"
)

func (c *county) persons(g *Gen, x *scene) (out []string) {
	n := max(1, g.People.whole(x.r))
	if g.At == "enterprise" || (g.At == "" && x.firm != nil) {
		if x.firm == nil {
			return nil
		}
		all := []string{x.firm.legal, x.firm.clerk, x.firm.officer}
		i := x.r.IntN(len(all))
		for j := range min(n, len(all)) {
			out = append(out, all[(i+j)%len(all)])
		}
		return out
	}
	role := g.At
	if role == "" {
		role = officialRole
	}
	staff := c.staff[role]
	if len(staff) == 0 {
		return nil
	}
	i := x.r.IntN(len(staff))
	for j := range min(n, len(staff)) {
		out = append(out, staff[(i+j)%len(staff)].person)
	}
	return out
}

func (c *county) fill(text string, x *scene) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return b.String()
		}
		b.WriteString(c.word(name, x))
		text = after
	}
}

func (c *county) word(name string, x *scene) string {
	switch name {
	case "firm":
		if x.firm != nil {
			return x.firm.short
		}
		return "全县"
	case "product":
		if x.firm != nil && len(x.firm.products) > 0 {
			return x.firm.products[0]
		}
		return "产品"
	case "ledger":
		return x.what
	case "county":
		return c.cat.Settings["region.short_name"]
	case "year":
		return digits(x.day.Year())
	case "last_year":
		return digits(x.day.Year() - 1)
	case "next_year":
		return digits(x.day.Year() + 1)
	case "month":
		return digits(x.day.Month())
	case "n":
		return fmt.Sprintf("%03d", x.n)
	case "any":
		return fmt.Sprintf("%06d", x.r.IntN(1000000))
	case "digit":
		return digits(x.r.IntN(10))
	}
	if x.of != nil {
		if f, ok := x.of(name); ok {
			return c.cat.Show(f, x.find(name))
		}
	}
	return x.find(name).String()
}
