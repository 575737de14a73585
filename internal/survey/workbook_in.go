package survey

import (
	"cmp"
	"regexp"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/sheet"
)

// filled is what a workbook states: returns, and where each cell stands.
type filled struct {
	*layout
	sheet   string
	known   sheet.Manifest
	returns []Return
	lines   []line         // by return
	index   map[string]int // of returns, by enterprise
	lacks   map[string]bool
	bad     map[string]bool // places that have a fault already
	faults  errs.Faults
}

// line is where one return stands in the file.
type line struct {
	entries []sheet.Entry // by layout.items
	head    sheet.Place   // the cell that says whose it is
	name    string        // as written in the file
	blank   bool
}

// ReadWorkbook reads the returns in a workbook and names every fault by its
// cell. Nothing is held against what is known; ImportWorkbook does that.
func (s *Store) ReadWorkbook(form string, p period.Period, r *sheet.Reading) ([]Return, errs.Faults) {
	cat := s.cat()
	f := cat.Forms[form]
	if f == nil {
		return nil, errs.Faults{{Message: "没有报表 " + form}}
	}
	x := readFilled(newLayout(cat, f, p), "", r)
	return x.returns, x.faults
}

// codeLabel is the head line of a card that says whose it is.
var codeLabel = regexp.MustCompile(`^\s*统一社会信用代码\s*[：:]\s*([0-9A-Za-z]{18})\s*$`)

// enterpriseIn is the credit code in the head of a card, "" in a list.
func enterpriseIn(r *sheet.Reading) string {
	for _, p := range r.Pages {
		for _, l := range p.Lines[:min(len(p.Lines), 40)] {
			for _, c := range l.Cells {
				if m := codeLabel.FindStringSubmatch(c.Text); m != nil {
					return strings.ToUpper(m[1])
				}
			}
		}
	}
	return ""
}

// readFilled reads a workbook. enterprise is whose a card is that does not say
// so; "" where it does, and for lists.
func readFilled(l *layout, enterprise string, r *sheet.Reading) *filled {
	x := &filled{layout: l, index: map[string]int{}, lacks: map[string]bool{}, bad: map[string]bool{}}
	x.known, _ = r.Manifest()
	spec := sheet.Spec{Form: l.form.Code, Period: l.period, Sheet: l.tab(), Columns: l.list(), Ignore: []string{"填报状态", "行业代码", "备注"}}
	first := firstItem
	if in := enterpriseIn(r); in != "" || enterprise != "" {
		if in != "" && enterprise != "" && in != enterprise {
			x.faults.Add("", "这是 %s 的表，现在要填报的是 %s", in, enterprise)
			return x
		}
		spec.Orient, spec.Columns, first = sheet.Card, l.card(), 0
		spec.Rows = []sheet.Row{{ID: cmp.Or(in, enterprise), Label: "本期"}, {ID: "prev", Label: "上期", Reference: true}, {ID: "last", Label: "上年同期", Reference: true}}
	}
	for j := range spec.Columns {
		spec.Columns[j].Required = false // a row that nobody filled in is no return
	}
	rows, faults := sheet.Match(r, spec)
	x.sheet = rows.Sheet
	for _, f := range faults {
		f.Place = x.full(f.Place)
		x.bad[f.Place] = true
		x.faults = append(x.faults, f)
	}
	x.take(rows, first)
	return x
}

var bareCell = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]*$`)

// full names the worksheet of a place also where the file has only one.
func (x *filled) full(place string) string {
	if bareCell.MatchString(place) {
		return x.sheet + "!" + place
	}
	return place
}

// take turns rows into returns. first is the index of the first item.
func (x *filled) take(rows sheet.Rows, first int) {
	for _, row := range rows.Rows {
		code := strings.ToUpper(row.ID)
		if _, twice := x.index[code]; twice || code == "" {
			continue // Match has said so
		}
		ln := line{entries: row.Entries[first:], head: sheet.Place{Sheet: x.sheet, Row: 1, Column: row.Number}}
		if first > 0 {
			ln.head, ln.name = rows.Place(row.Entries[0]), row.Entries[1].Text
		}
		cells := make(fact.Body, 0, len(x.items))
		ln.blank = true
		for _, i := range x.order {
			it, e := x.items[i], &ln.entries[i]
			if e.Row == 0 {
				x.lacks[it.Code] = true
				continue
			}
			v, fault := x.value(it, e.Value)
			if fault != "" {
				x.fault(rows.Place(*e).String(), fault)
			}
			if v.Type() != fact.Missing { // in order of code, as a body is
				cells = append(cells, fact.Field{Code: it.Code, Value: v})
			}
			ln.blank = ln.blank && v.Type() == fact.Missing && !x.bad[rows.Place(*e).String()]
		}
		x.index[code] = len(x.returns)
		x.returns = append(x.returns, Return{Form: x.form.Code, Period: x.period, Enterprise: code, Cells: cells})
		x.lines = append(x.lines, ln)
	}
}

func (x *filled) fault(place, text string) {
	x.bad[place] = true
	x.faults.Add(place, "%s", text)
}
