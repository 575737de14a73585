package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/sheet"
)

// imported holds, in a record that a file made, the digest of the row, so that
// the same row a second time makes nothing.
const imported = "_import"

// TakeLedger takes records into a ledger: each row takes a step that makes one.
func (d *Desk) TakeLedger(ctx context.Context, typ string, r *sheet.Reading, a Ask) (res Result, err error) {
	defer errs.Wrap(&err, "importing ledger %s", typ)
	if err := actor.From(ctx).Need(ledger.Write, "导入台账"); err != nil {
		return res, err
	}
	l := d.Catalogue().Ledgers[typ]
	if l == nil {
		return res, errs.Say(errs.NotFound, "没有台账 %s", typ)
	}
	step, err := entering(l, a.Step)
	if err != nil {
		return res, err
	}
	m, err := d.Records.At(ctx, record.AsOf{})
	if err != nil {
		return res, err
	}
	find, err := d.finder(ctx, m)
	if err != nil {
		return res, err
	}
	_, own := l.Field(colNumber)
	t, err := read(r, columnsOf(&l.Type, "", l.Number != "" && !own))
	if err != nil {
		return res, err
	}
	a.progress("正在核对", len(t.rows))
	p := entry{Desk: d, l: l, step: step, t: t, ask: a, who: actor.From(ctx)}
	changes := d.changesOf(t, &l.Type, "", find) // before the table is held: it reads others
	if err := m.Read(ctx, l.Kind, func(v fact.View) error { p.compare(v, changes); return nil }); err != nil {
		return res, err
	}
	res = Result{Added: len(p.moves), Unchanged: p.unchanged, Faults: t.faults}
	if len(res.Faults) > 0 || a.DryRun || res.Stored() == 0 {
		return res, nil
	}
	a.progress("正在写入", res.Stored())
	return res, p.write(ctx)
}

// entering is the step that a row takes: the one asked for, else the one that
// is for entering what happened (补录, 登记), else the first that makes a record.
func entering(l *catalog.Ledger, code string) (*catalog.Step, error) {
	var first, best *catalog.Step
	rank := 0
	var codes []string
	for i := range l.Steps {
		s := &l.Steps[i]
		if len(s.From) > 0 {
			continue
		}
		codes = append(codes, s.Code)
		if s.Code == code {
			return s, nil
		}
		if first == nil {
			first = s
		}
		n := 0
		switch {
		case strings.HasPrefix(s.Code, "enter"):
			n = 3
		case strings.Contains(s.Name, "补录"):
			n = 2
		case strings.Contains(s.Name, "登记"):
			n = 1
		}
		if n > rank {
			best, rank = s, n
		}
	}
	switch {
	case code != "":
		return nil, errs.Say(errs.NotFound, "台账%s没有新建记录的步骤 %s（有 %s）", l.Name, code, strings.Join(codes, "、"))
	case best != nil:
		return best, nil
	case first != nil:
		return first, nil
	}
	return nil, errs.Say(errs.Invalid, "台账%s的记录不由人新建，不能导入", l.Name)
}

// entry compares a file with a ledger.
type entry struct {
	*Desk
	l         *catalog.Ledger
	step      *catalog.Step
	t         *table
	ask       Ask
	who       actor.Actor
	moves     []ledger.Move
	from      []*change // by move
	unchanged int
}

func (p *entry) compare(v fact.View, changes []change) {
	known := map[string]bool{}
	numbers := map[string]fact.Row{}
	unique := p.unique()
	for r := range v.Heads() {
		if s := r.Get(imported).Text(); s != "" {
			known[s] = true
		}
		if n := r.Get(unique).Text(); n != "" {
			numbers[n] = r
		}
	}
	times := map[string]int{}
	for i := range changes {
		c := &changes[i]
		body := fact.NewBody(c.values...)
		digest := p.digest(body)
		times[digest]++ // two like rows in one file are two records
		mark := digest + "-" + strconv.Itoa(times[digest])
		if known[mark] {
			p.unchanged++
			continue
		}
		if r, ok := numbers[body.Get(unique).Text()]; ok && unique != "" {
			p.match(c, r, unique, body)
			continue
		}
		p.check(c, body)
		p.moves = append(p.moves, ledger.Move{
			Type: p.l.Code, Step: p.step.Code, Values: body.With(fact.Field{Code: imported, Value: fact.TextOf(mark)}),
			EffectiveOn: p.happened(c, body), Reason: "导入 " + p.ask.Source,
		})
		p.from = append(p.from, c)
	}
}

// unique is the field whose text names a record of the type: a number that
// every record must have. "" where there is none.
func (p *entry) unique() string {
	for i := range p.l.Fields {
		f := &p.l.Fields[i]
		if f.Need && f.Type == catalog.TypeText && (f.Code == colNumber || strings.HasSuffix(f.Code, "_no")) {
			return f.Code
		}
	}
	return ""
}

// match holds a row against the record of the same number. Another content is
// a correction, which takes a person and a reason.
func (p *entry) match(c *change, r fact.Row, unique string, body fact.Body) {
	same := true
	for _, f := range body {
		if !r.Get(f.Code).Equal(f.Value) {
			same = false
			p.t.fault(c.at(f.Code), "%s 已登记，此处为“%s”，表中为“%s”；要更正请在台账里更正", body.Get(unique).Text(), r.Get(f.Code), f.Value)
		}
	}
	if same {
		p.unchanged++
	}
}

func (p *entry) check(c *change, body fact.Body) {
	for field, names := range c.people { // ids come later; that there are some counts now
		body = body.With(fact.Field{Code: field, Value: fact.ListOf(names...)})
	}
	cat := p.Catalogue()
	p.t.refuse(*c, &p.l.Type, append(ledger.Hindrances(cat, p.l, p.step, p.who, "", body, p.Records.Today()), cat.CheckBody(&p.l.Type, body, p.step.Need)...))
}

// happened is the day from which a record holds: the one the row states, the
// first day that the step asks for, the first day of the row that is past, today.
func (p *entry) happened(c *change, body fact.Body) period.Day {
	if c.effective != 0 {
		return c.effective
	}
	if p.ask.Effective != 0 {
		return p.ask.Effective
	}
	codes := slices.Clone(p.step.Need)
	for i := range p.l.Fields {
		codes = append(codes, p.l.Fields[i].Code)
	}
	for _, code := range codes {
		if d := body.Get(code).Day(); d != 0 && d <= p.Records.Today() {
			return d
		}
	}
	return 0
}

// digest is what a row states, but for its people.
func (p *entry) digest(b fact.Body) string {
	kept := slices.DeleteFunc(slices.Clone(b), func(x fact.Field) bool {
		f, ok := p.l.Field(x.Code)
		return ok && f.Type == catalog.TypePeople
	})
	sum := sha256.Sum256(append([]byte(p.l.Code+"|"+p.step.Code+"|"), kept.Encode()...))
	return hex.EncodeToString(sum[:12])
}

func (p *entry) write(ctx context.Context) error {
	people := make([]int, len(p.from))
	for i, c := range p.from {
		people[i] = len(c.values)
	}
	if err := p.enter(ctx, p.from); err != nil {
		return fmt.Errorf("entering persons: %w", err)
	}
	for i, c := range p.from {
		p.moves[i].Values = p.moves[i].Values.With(c.values[people[i]:]...)
	}
	_, err := p.Ledger.Take(ctx, p.moves...)
	return err
}
