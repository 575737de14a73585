package layers

import (
	"fmt"
	"slices"
	"strings"
)

// plan maps each room to its floor, 0 is the ground floor.
type plan map[string]int

func parsePlan(text string) (plan, error) {
	p := plan{}
	floor := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for room := range strings.FieldsSeq(line) {
			if _, twice := p[room]; twice {
				return nil, fmt.Errorf("room %q stands twice in the plan", room)
			}
			p[room] = floor
		}
		floor++
	}
	return p, nil
}

// outside are the rooms that stand in no plan: this one, and the pins of
// modules whose rooms are still to come.
var outside = []string{"layers", "deps"}

// place is where a package stands, told from its path below the module.
type place struct {
	room string // a folder of internal, else the top folder: cmd, bench, catalog, web …
	in   bool   // under internal
	aid  bool   // made for tests
}

func placeOf(dir string) place {
	parts := strings.Split(dir, "/")
	if parts[0] != "internal" || len(parts) < 2 {
		return place{room: parts[0]}
	}
	p := place{room: parts[1], in: true, aid: slices.Contains(everywhere, parts[1])}
	for _, sub := range parts[2:] {
		p.aid = p.aid || strings.HasSuffix(sub, "test")
	}
	return p
}

// files are the top folders that hold embedded files, and may be taken in by
// these.
var (
	files   = []string{"catalog", "web"}
	takesIn = []string{"app", "cmd", "bench"}
)

// everywhere are the aids for the tests of every floor: golden files, and a
// county with all its rooms.
var everywhere = []string{"golden", "countytest"}

// why says what is wrong with an import, or "".
func (p plan) why(from, to string, inTest bool) string {
	f, t := placeOf(from), placeOf(to)
	inTest = inTest || f.aid
	switch {
	case t.aid && !inTest:
		return "only tests import a test aid"
	case f.room == t.room && f.in == t.in:
		return ""
	case t.in && slices.Contains(everywhere, t.room):
		return ""
	case !t.in && !slices.Contains(files, t.room):
		return "nobody imports " + t.room
	case !t.in:
		if inTest || slices.Contains(takesIn, f.room) {
			return ""
		}
		return "only " + strings.Join(takesIn, ", ") + " and tests take in " + t.room
	case !f.in && slices.Contains(files, f.room) && !inTest:
		return f.room + " holds files and imports nothing of ours"
	case !f.in:
		return ""
	case p[t.room] > p[f.room]:
		return fmt.Sprintf("%s is on floor %d, above %s on floor %d", t.room, p[t.room], f.room, p[f.room])
	case p[t.room] == p[f.room]:
		return fmt.Sprintf("%s is a neighbour of %s on floor %d", t.room, f.room, p[f.room])
	}
	return ""
}
