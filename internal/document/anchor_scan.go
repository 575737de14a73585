package document

import (
	"encoding/xml"
	"slices"
	"strings"
)

// scan gathers the figures of word/document.xml. A control and the bookmark
// around it are two marks of one figure; the control wins, since typing at
// its edge stays inside it.
type scan struct {
	marks []*mark
	open  []*mark
	inT   bool // inside w:t
}

type mark struct {
	id, code string
	book     string // w:id of the bookmark; "" for a control
	depth    int    // of the w:sdt element
	tagged   bool   // a control whose tag was read
	text     strings.Builder
}

func (s *scan) token(t xml.Token, depth int) error {
	switch t := t.(type) {
	case xml.StartElement:
		return s.start(t, depth)
	case xml.EndElement:
		s.inT = false
		if t.Name.Local == "sdt" {
			s.drop(func(m *mark) bool { return m.book == "" && m.depth > depth })
		}
	case xml.CharData:
		if s.inT {
			s.add(string(t))
		}
	}
	return nil
}

func (s *scan) start(e xml.StartElement, depth int) error {
	s.inT = false
	switch e.Name.Local {
	case "t":
		s.inT = true
	case "tab", "br":
		s.add(" ")
	case "bookmarkStart":
		if id, ok := splitBookmark(attr(e, "name")); ok {
			return s.begin(&mark{id: id, book: "b" + attr(e, "id")})
		}
	case "bookmarkEnd":
		book := "b" + attr(e, "id")
		s.drop(func(m *mark) bool { return m.book == book })
	case "sdt":
		return s.begin(&mark{depth: depth})
	case "tag":
		if i := len(s.open) - 1; i >= 0 && s.open[i].book == "" && !s.open[i].tagged {
			s.open[i].code, s.open[i].id, s.open[i].tagged = splitTag(attr(e, "val"))
		}
	}
	return nil
}

func (s *scan) begin(m *mark) error {
	if len(s.marks) >= maxAnchors || len(s.open) >= maxOpen {
		return errTooMuch
	}
	s.marks, s.open = append(s.marks, m), append(s.open, m)
	return nil
}

func (s *scan) drop(over func(*mark) bool) { s.open = slices.DeleteFunc(s.open, over) }

func (s *scan) add(text string) {
	for _, m := range s.open {
		if m.text.Len() < maxFigure {
			m.text.WriteString(text[:min(len(text), maxFigure-m.text.Len())])
		}
	}
}

// found joins the marks of each figure, in the order of their first.
func (s *scan) found() []Anchor {
	var out []Anchor
	at, control := map[string]int{}, map[string]bool{}
	for _, m := range s.marks {
		if m.id == "" {
			continue
		}
		i, seen := at[m.id]
		switch {
		case !seen:
			at[m.id], control[m.id] = len(out), m.tagged
			out = append(out, Anchor{ID: m.id, Code: m.code, Text: m.printed()})
		case m.tagged && !control[m.id]:
			control[m.id] = true
			out[i].Code, out[i].Text = m.code, m.printed()
		}
	}
	return out
}

func (m *mark) printed() string { return strings.ToValidUTF8(strings.TrimSpace(m.text.String()), "") }

// manifest is customXml/item1.xml as it is read.
type manifest struct {
	listed []Anchor
	inside bool
}

func (m *manifest) token(t xml.Token, _ int) error {
	switch t := t.(type) {
	case xml.StartElement:
		if m.inside = t.Name.Local == "figure" && validID(attr(t, "id")); m.inside {
			if len(m.listed) >= maxAnchors {
				return errTooMuch
			}
			m.listed = append(m.listed, Anchor{ID: attr(t, "id"), Code: attr(t, "code")})
		}
	case xml.EndElement:
		m.inside = false
	case xml.CharData:
		if m.inside {
			m.listed[len(m.listed)-1].Was += string(t)
		}
	}
	return nil
}

// apply fills in what the manifest knows and appends what the text has lost.
func (m *manifest) apply(found []Anchor) []Anchor {
	at := map[string]int{}
	for i, a := range found {
		at[a.ID] = i
	}
	for _, l := range m.listed {
		i, ok := at[l.ID]
		if !ok {
			l.Lost = true
			at[l.ID] = len(found)
			found = append(found, l)
			continue
		}
		found[i].Code, found[i].Was = l.Code, l.Was
	}
	return found
}
