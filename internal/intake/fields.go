package intake

import (
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/sheet"
)

// Columns that stand beside the fields of a type.
const (
	colEffective = "_effective_on"
	colName      = "_name" // of the enterprise that a record is about
	colNumber    = "number"
)

// columnsOf are the columns of a type. key is the field that is a record's id, or "".
func columnsOf(t *catalog.Type, key string, number bool) (out []column) {
	for i := range t.Fields {
		f := &t.Fields[i]
		c := column{Column: sheet.Column{Code: f.Code, Name: f.Name, Unit: string(f.Unit), Key: f.Code == key}, also: []string{f.En}}
		switch f.Type {
		case catalog.TypeNumber:
			c.Type, c.Scale = sheet.AsDecimal, uint8(f.Scale)
		case catalog.TypeDate:
			c.Type = sheet.AsDate
		case catalog.TypeIndustry, catalog.TypeRegion:
			c.Type = sheet.AsCode
		case catalog.TypeCreditCode:
			c.Type, c.also = sheet.AsCode, append(c.also, "统一社会信用代码", "社会信用代码", "信用代码")
			if f.Code == t.Subject && key == "" {
				out = append(out, column{Column: sheet.Column{Code: colName, Name: "企业名称"}, also: []string{"单位名称", "enterprise name"}})
			}
		}
		out = append(out, c)
	}
	if number {
		out = append(out, column{Column: sheet.Column{Code: colNumber, Name: "编号"}, also: []string{"number", "文号"}})
	}
	return append(out, column{Column: sheet.Column{Code: colEffective, Name: "生效日期", Type: sheet.AsDate}, also: []string{"effective on"}})
}

// change is what one row states about one record.
type change struct {
	row
	values    []fact.Field        // Missing ones take a value away
	people    map[string][]string // names by field, still to become persons
	effective period.Day          // 0: not stated
}

// changesOf reads the rows of t by the fields of a type.
func (d *Desk) changesOf(t *table, typ *catalog.Type, key string, find *finder) []change {
	var out []change
	for _, r := range t.rows {
		c := change{row: r, people: map[string][]string{}}
		for i := range typ.Fields {
			f := &typ.Fields[i]
			if x, ok := r.cells[f.Code]; ok {
				d.field(t, &c, f, x, f.Code == key, find)
			}
		}
		d.byName(t, &c, typ, find)
		if x, ok := r.cells[colEffective]; ok {
			c.effective = x.Day
		}
		if n := r.text(colNumber); n != "" {
			if _, own := typ.Field(colNumber); !own {
				c.values = append(c.values, fact.Field{Code: colNumber, Value: fact.TextOf(n)})
			}
		}
		out = append(out, c)
	}
	return out
}

// byName settles whom a row is about by the name beside the code, or in its place.
func (d *Desk) byName(t *table, c *change, typ *catalog.Type, find *finder) {
	name := c.text(colName)
	if name == "" {
		return
	}
	at := c.cells[colName].at
	who, err := find.enterprise(name)
	if err != nil {
		t.fault(at, "%s", errs.Text(err))
		return
	}
	for _, v := range c.values {
		if v.Code == typ.Subject {
			if v.Value.Text() != who {
				t.fault(at, "“%s”的代码是 %s，本行写作 %s，请核对", name, who, v.Value.Text())
			}
			return
		}
	}
	if _, stated := c.cells[typ.Subject]; !stated {
		c.values = append(c.values, fact.Field{Code: typ.Subject, Value: fact.TextOf(who)})
	}
}

func (d *Desk) field(t *table, c *change, f *catalog.Field, x cell, key bool, find *finder) {
	put := func(v fact.Value) { c.values = append(c.values, fact.Field{Code: f.Code, Value: v}) }
	switch x.Kind {
	case sheet.NotApplicable:
		put(fact.Value{})
		return
	case sheet.NoReply:
		put(fact.Absent(fact.NotReturned))
		return
	case sheet.Number:
		put(fact.NumberOf(x.Number))
		return
	case sheet.Day:
		put(fact.DayOf(x.Day))
		return
	}
	v, err := d.textOf(c, f, strings.TrimSpace(x.Text), key, find)
	if err != nil {
		t.fault(x.at, "%s", errs.Text(err))
		return
	}
	if _, waits := c.people[f.Code]; !waits {
		put(v)
	}
}

// textOf reads what stood as text.
func (d *Desk) textOf(c *change, f *catalog.Field, s string, key bool, find *finder) (v fact.Value, err error) {
	cat := d.Catalogue()
	switch f.Type {
	case catalog.TypeCreditCode:
		if !key {
			s, err = find.enterprise(s)
		}
	case catalog.TypeRef:
		s, err = find.record(f.To, s)
	case catalog.TypeFiles:
		return v, errs.Say(errs.Invalid, "“%s”是附件，不能从表格导入，请在页面上传", f.Name)
	case catalog.TypeIndustry:
		if len(s) == 3 {
			s = "0" + s // a spreadsheet took 0610 for a number
		}
	case catalog.TypePeople:
		if v, err = cat.ParseField(f, s); err == nil && !find.persons(v.List()) {
			c.people[f.Code] = v.List()
		}
		return v, err
	}
	if err != nil {
		return v, err
	}
	return cat.ParseField(f, s)
}

// refuse names what is wrong with a body by the cells it came from.
func (t *table) refuse(c change, typ *catalog.Type, faults errs.Faults) {
	for _, f := range faults {
		code := f.Place
		for i := range typ.Fields {
			if typ.Fields[i].Name == f.Place {
				code = typ.Fields[i].Code
			}
		}
		at := c.at(code)
		if t.bad[at] {
			continue // a cell is named once
		}
		text := f.Message
		if _, stated := c.cells[code]; !stated && f.Place != "" {
			text = "“" + f.Place + "”" + text
		}
		t.faults.Add(at.String(), "%s", text)
	}
}

// bodyOf is have with what c states.
func (c change) bodyOf(have fact.Body) fact.Body { return have.With(c.values...) }
