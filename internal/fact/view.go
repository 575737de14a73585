package fact

import (
	"iter"
	"slices"

	"gongmai/internal/period"
)

// View is a table as known at a moment, with only the rows its reader may see.
// It is valid inside the function that Table.View calls.
type View struct {
	t       *Table
	until   Seq
	visible []bool // by subject; nil means all
}

// View calls f with the table as known at until. sees says which subjects the
// reader may see; nil means all of them. f must not call back into the table.
func (t *Table) View(until Seq, sees func(subject string) bool, f func(View) error) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	v := View{t: t, until: until}
	if sees != nil {
		v.visible = make([]bool, len(t.subjects))
		for i, s := range t.subjects {
			v.visible[i] = sees(s)
		}
	}
	return f(v)
}

// Row is one version in a view.
type Row struct {
	t *Table
	i int32
}

func (v View) known(i int32) bool {
	r := &v.t.rows[i]
	return r.seq <= v.until && r.next > v.until && (v.visible == nil || v.visible[r.subject])
}

// Heads yields the newest known version of each record, in order of knowledge.
func (v View) Heads() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range v.t.rows {
			if v.known(int32(i)) && !yield(Row{v.t, int32(i)}) {
				return
			}
		}
	}
}

// Of yields the newest known version of each record of one period.
func (v View) Of(p period.Period) iter.Seq[Row] { return v.among(v.t.ofPeriod[p]) }

// About yields the newest known version of each record about one subject.
func (v View) About(subject string) iter.Seq[Row] {
	i, ok := v.t.subject[subject]
	if !ok {
		return func(func(Row) bool) {}
	}
	return v.among(v.t.ofSubj[i])
}

func (v View) among(rows []int32) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, i := range rows {
			if v.known(i) && !yield(Row{v.t, i}) {
				return
			}
		}
	}
}

// Record returns the newest known version of a record.
func (v View) Record(id string) (Row, bool) {
	i, ok := v.t.head[id]
	for ok && i >= 0 && v.t.rows[i].seq > v.until {
		i = v.t.rows[i].prev
	}
	if !ok || i < 0 || !v.known(i) {
		return Row{}, false
	}
	return Row{v.t, i}, true
}

// Len is an upper bound for the number of heads.
func (v View) Len() int { return len(v.t.head) }

// Back returns the version before r.
func (r Row) Back() (Row, bool) {
	p := r.t.rows[r.i].prev
	return Row{r.t, p}, p >= 0
}

// Pick returns r, or the newest version before it, for which ok holds.
func (r Row) Pick(ok func(Row) bool) (Row, bool) {
	for !ok(r) {
		var more bool
		if r, more = r.Back(); !more {
			return Row{}, false
		}
	}
	return r, true
}

// On returns the version in force on day d: the newest that was effective by then.
func (r Row) On(d period.Day) (Row, bool) {
	return r.Pick(func(r Row) bool { return r.Effective() <= d })
}

// The parts of a row.
func (r Row) at() *row              { return &r.t.rows[r.i] }
func (r Row) Kind() Kind            { return r.t.kind }
func (r Row) Record() string        { return r.at().record }
func (r Row) Version() int32        { return r.at().version }
func (r Row) State() string         { return r.at().state }
func (r Row) Subject() string       { return r.t.subjects[r.at().subject] }
func (r Row) Period() period.Period { return r.at().period }
func (r Row) Effective() period.Day { return r.at().effective }
func (r Row) Edition() int64        { return r.at().edition }
func (r Row) Seq() Seq              { return r.at().seq }
func (r Row) Digest() Digest        { return r.t.digests[r.i] }

// Get returns one field of r.
func (r Row) Get(code string) Value {
	c := r.t.cols[code]
	if c == nil {
		return Value{}
	}
	return c.get(r.i)
}

// Ref names one field of r, or the whole of it for "".
func (r Row) Ref(field string) Ref {
	return Ref{Kind: r.t.kind, Record: r.Record(), Field: field, Version: r.Version()}
}

// Body collects all fields of r.
func (r Row) Body() Body {
	var fs []Field
	for code, c := range r.t.cols {
		if v := c.get(r.i); v.typ != Missing {
			fs = append(fs, Field{code, v})
		}
	}
	return NewBody(fs...)
}

// AsVersion collects r as a Version, without what the audit entry says.
func (r Row) AsVersion() Version {
	x := r.at()
	return Version{
		Seq: x.seq, Kind: r.t.kind, Record: x.record, Version: x.version, Edition: x.edition, State: x.state,
		Subject: r.Subject(), Period: x.period, EffectiveOn: x.effective, Body: r.Body(),
	}
}

// Changed is the seq of the newest version in the view, 0 when it is empty.
func (v View) Changed() Seq {
	i, _ := slices.BinarySearchFunc(v.t.rows, v.until, func(r row, until Seq) int {
		if r.seq <= until {
			return -1
		}
		return 1
	})
	if i == 0 {
		return 0
	}
	return v.t.rows[i-1].seq
}

// ChangedIn is the seq of the newest version of one period in the view, 0 when
// it has none: what is made of that period stays right until it moves.
func (v View) ChangedIn(p period.Period) Seq {
	of := v.t.ofPeriod[p]
	i, _ := slices.BinarySearchFunc(of, v.until, func(i int32, until Seq) int {
		if v.t.rows[i].seq <= until {
			return -1
		}
		return 1
	})
	if i == 0 {
		return 0
	}
	return v.t.rows[of[i-1]].seq
}
