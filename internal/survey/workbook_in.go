package survey

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
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

// hold compares with what is known: a row that nobody filled in is left out, a
// column that the file does not have stays as it is. asks are remarks.
func (x *filled) hold(v fact.View, roll *register.Roll) (asks errs.Faults) {
	made, stamped := parseIssue(x.known.Digest)
	keep := x.returns[:0]
	lines := x.lines[:0]
	for i, r := range x.returns {
		ln := x.lines[i]
		head, exists := v.Record(Key(x.period, r.Enterprise))
		var have fact.Body
		if exists {
			have = cellsOf(head.Body())
		}
		x.checkName(roll.Firm(r.Enterprise), ln)
		if ln.blank && len(have) > 0 {
			x.fault(ln.head.String(), "这家企业已经上报，这一行却全空；不改动的请删去此行")
		}
		if ln.blank {
			continue
		}
		if len(x.lacks) > 0 {
			r.Cells = r.Cells.With(slices.DeleteFunc(have, func(f fact.Field) bool { return !x.lacks[f.Code] })...)
		}
		if exists && stamped && head.Seq() > made.seq && !cellsOf(head.Body()).Equal(r.Cells) {
			asks.Add(ln.head.String(), "表格导出以后这家企业的数据改过（现为第 %d 版），导入将以本表为准，请核实", head.Version())
		}
		x.index[r.Enterprise] = len(keep)
		keep, lines = append(keep, r), append(lines, ln)
	}
	x.returns, x.lines = keep, lines
	return asks
}

// checkName refuses a code beside another enterprise's name: one of the two was mistyped.
func (x *filled) checkName(firm *register.Firm, ln line) {
	if firm == nil || ln.name == "" {
		return
	}
	same := func(s string) bool { return plain(s) == plain(ln.name) }
	if !same(firm.Name) && !slices.ContainsFunc(firm.Short, same) && !slices.ContainsFunc(firm.Body.Get("former_names").List(), same) {
		x.fault(ln.head.String(), fmt.Sprintf("这个代码在名录中是“%s”，表中写作“%s”，请核对", firm.Name, ln.name))
	}
}

// plain makes brackets and spaces of names comparable.
func plain(s string) string {
	return strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "").Replace(s)
}

// at names the cells of some items of a return; ok is false where the file has none of them.
func (x *filled) at(enterprise string, items []string) (place string, cells []string, ok bool) {
	i, known := x.index[enterprise]
	if !known {
		return "", nil, false
	}
	ln := &x.lines[i]
	var es []sheet.Entry
	for k, it := range x.items {
		if e := ln.entries[k]; e.Row > 0 && slices.Contains(items, it.Code) {
			es = append(es, e)
		}
	}
	if len(es) == 0 {
		return ln.head.String(), nil, false
	}
	slices.SortFunc(es, func(a, b sheet.Entry) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column)) })
	for k, e := range es {
		p := sheet.Place{Sheet: x.sheet, Row: int(e.Row), Column: int(e.Column)}
		cells = append(cells, p.String())
		if k > 0 {
			place += "、" + p.Cell()
		} else {
			place = p.String()
		}
	}
	return place, cells, true
}

// refused maps what keeps returns from being filed to cells. A cell that could
// not be read is named once, for that.
func (x *filled) refused(refusals Refusals) {
	lacking := map[string]bool{}
	for _, r := range refusals {
		place, cells, found := x.at(r.Enterprise, r.Items)
		switch {
		case slices.ContainsFunc(cells, func(c string) bool { return x.bad[c] }):
		case found || len(r.Items) == 0:
			x.faults.Add(place, "%s", r.Message)
		case !lacking[r.Items[0]]:
			lacking[r.Items[0]] = true
			x.faults.Add("工作表“"+x.sheet+"”", "缺少“%s”一栏：%s", x.nameOf(r.Items[0]), r.Message)
		}
	}
}

func (x *filled) nameOf(code string) string {
	it, ok := x.form.Item(code)
	if !ok {
		return code
	}
	if x.shared[it.Name] {
		return it.Name + "·" + x.span(it)
	}
	return it.Name
}

// asked are the remarks on returns that may be filed all the same.
func (x *filled) asked(outcomes []Outcome) (asks errs.Faults) {
	for i, o := range outcomes {
		for _, f := range o.Faults {
			place, _, _ := x.at(x.returns[i].Enterprise, f.Items)
			asks.Add(place, "%s", f.Message)
		}
	}
	return asks
}

// Upload says what a workbook is filed as.
type Upload struct {
	Form       string
	Period     period.Period
	Enterprise string // whose card it is; empty: the card says so, or it is a list
	Source     string // name of the file
	Stage      string // of copies
	Reason     string // needed where a return that was accepted changes
	Fill       *Fill
	Keep       func() error // puts the file into safekeeping, once all is in order; nil: it is not kept
	DryRun     bool         // check only
}

// Result of importing a file.
type Result struct {
	Added     int         `json:"added"`
	Changed   int         `json:"changed"`
	Unchanged int         `json:"unchanged"`
	Faults    errs.Faults `json:"faults"` // when there are any, nothing was stored
	Asks      errs.Faults `json:"asks"`   // 请核实
}

// Stored is how many versions the file made, or would make.
func (r Result) Stored() int { return r.Added + r.Changed }

// ImportWorkbook files the returns of a workbook, all or, when anything in it
// is wrong, none. What changes nothing makes no version.
func (s *Store) ImportWorkbook(ctx context.Context, u Upload, r *sheet.Reading) (res Result, err error) {
	defer errs.Wrap(&err, "importing %s for %s", u.Form, u.Period)
	cat := s.cat()
	f := cat.Forms[u.Form]
	if f == nil {
		return res, errs.Say(errs.NotFound, "没有报表 %s", u.Form)
	}
	if why := Closed(f, u.Period); len(why) > 0 {
		return res, errs.Say(errs.Invalid, "%s：%s", f.Name, strings.Join(why, "；"))
	}
	x := readFilled(newLayout(cat, f, u.Period), u.Enterprise, r)
	if err := s.holdAgainst(ctx, x, f, &res); err != nil {
		return res, err
	}
	for i := range x.returns {
		q := &x.returns[i]
		q.Reason, q.Fill, q.Stage, q.Source = u.Reason, u.Fill, u.Stage, u.Source
	}
	t, err := s.prepare(ctx, x.returns)
	if err != nil {
		return res, err
	}
	x.refused(t.refusals)
	if res.Faults = x.faults; len(res.Faults) > 0 {
		return res, nil
	}
	res.Asks = append(res.Asks, x.asked(t.outcomes)...)
	res.count(t)
	if u.DryRun || res.Stored() == 0 {
		return res, nil
	}
	if u.Keep != nil {
		if err := u.Keep(); err != nil {
			return res, err
		}
	}
	return res, t.write(ctx)
}

func (s *Store) holdAgainst(ctx context.Context, x *filled, f *catalog.Form, res *Result) error {
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return err
	}
	roll, err := s.register.Roll(ctx, m, x.period.Last())
	if err != nil {
		return err
	}
	return m.Read(ctx, f.Kind, func(v fact.View) error {
		res.Asks = x.hold(v, roll)
		return nil
	})
}

func (r *Result) count(t *filing) {
	for i, o := range t.outcomes {
		switch {
		case o.Same:
			r.Unchanged++
		case t.drafts[i].BasedOn == 0:
			r.Added++
		default:
			r.Changed++
		}
	}
}
