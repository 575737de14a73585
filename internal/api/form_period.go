package api

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// ReturnRow is one enterprise in the sheet of a form and a period.
type ReturnRow struct {
	Enterprise string            `json:"enterprise"`
	Name       string            `json:"name"`
	Region     string            `json:"region,omitempty"`
	Park       string            `json:"park,omitempty"`
	State      string            `json:"state" enum:"missing,draft,submitted,returned,accepted,locked"`
	Version    int32             `json:"version"`
	Late       bool              `json:"late"`
	DaysLate   int               `json:"days_late"`
	Hidden     bool              `json:"hidden,omitempty" doc:"The cells are confidential to the reader"`
	Cells      map[string]string `json:"cells"`
	LastMonth  map[string]string `json:"last_month"`
	LastYear   map[string]string `json:"last_year"`
	Faults     []CellFault       `json:"faults"`
	FilledBy   string            `json:"filled_by,omitempty"`
	Contact    string            `json:"contact,omitempty"`
}

// FormPeriod is the sheet of a form and a period.
type FormPeriod struct {
	Form     string            `json:"form"`
	Period   string            `json:"period"`
	Due      string            `json:"due"`
	States   map[string]int    `json:"states"`
	Rows     []ReturnRow       `json:"rows"`
	Totals   map[string]string `json:"totals"`
	Received int               `json:"received"`
	Accepted int               `json:"accepted"`
	Expected int               `json:"expected"`
	Remind   string            `json:"remind,omitempty" doc:"A text to remind those who are late"`
}

func (s *server) formPeriod(ctx context.Context, in *FormAt) (out FormPeriod, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	f, p, err := l.formAt(in.Form, in.Period)
	if err != nil {
		return out, err
	}
	lines, err := s.Survey.Sheet(ctx, l.m, f, p)
	if err != nil {
		return out, err
	}
	drafts, err := s.Survey.Drafts(ctx, f.Code, p)
	if err != nil {
		return out, err
	}
	due := survey.Due(f, l.cat.Calendar(), p)
	out = FormPeriod{Form: f.Code, Period: p.String(), Due: due.String(), States: map[string]int{}}
	for i := range lines {
		row, err := l.returnRow(ctx, f, &lines[i], drafts)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, row)
		out.States[row.State]++
	}
	out.Received, out.Accepted, out.Expected = tally(lines)
	if err := l.totalCells(f, lines, &out); err != nil {
		return out, err
	}
	out.Remind = l.remind(f, p, due, out.Rows)
	return out, nil
}

func tally(lines []survey.Line) (received, accepted, expected int) {
	for _, x := range lines {
		if x.Expected {
			expected++
		}
		if x.Head != nil {
			received++
			if survey.Counts(x.Head.State) {
				accepted++
			}
		}
	}
	return received, accepted, expected
}

func (l *look) returnRow(ctx context.Context, f *catalog.Form, x *survey.Line, drafts map[string]survey.Draft) (ReturnRow, error) {
	row := ReturnRow{
		Enterprise: x.Firm.Code, Name: x.Firm.Name, Region: l.optionName("regions", x.Firm.Region), State: "missing",
		DaysLate: x.Late, Late: x.Late > 0,
	}
	parks, err := l.titlesOf(ctx, register.Park)
	if err != nil {
		return row, err
	}
	for _, p := range x.Firm.Parks {
		row.Park = named(parks, p)
	}
	if row.Contact, err = l.contact(ctx, x.Firm.Body); err != nil {
		return row, err
	}
	var body fact.Body
	if x.Head != nil {
		row.State, row.Version, body = x.Head.State, x.Head.Version, x.Head.Body
		if row.FilledBy, err = l.personName(ctx, body.Get(survey.Informant).Text()); err != nil {
			return row, err
		}
	}
	if d, ok := drafts[x.Firm.Code]; ok && (x.Head == nil || row.State == survey.Returned) {
		row.State, body = "draft", d.Cells
	}
	if row.Hidden = !l.seesUnits(f.Kind, x.Firm.Code); row.Hidden {
		return row, nil
	}
	row.Cells, row.LastMonth, row.LastYear, row.Faults = cells(body), cells(x.Before), cells(x.LastYear), cellFaults(x.Faults)
	return row, nil
}

// contact is the first person that the register names for an enterprise.
func (l *look) contact(ctx context.Context, b fact.Body) (string, error) {
	t, ok := l.cat.TypeOf(register.Enterprise)
	if !ok {
		return "", nil
	}
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Type == catalog.TypePeople && b.Get(f.Code).Present() {
			return l.show(ctx, f, b.Get(f.Code))
		}
	}
	return "", nil
}

// cells are the items of a body as they are typed.
func cells(b fact.Body) map[string]string {
	out := map[string]string{}
	for _, f := range b {
		if !strings.HasPrefix(f.Code, "_") {
			out[f.Code] = cell(f.Value)
		}
	}
	return out
}

// totalCells adds up the columns that the reader sees.
func (l *look) totalCells(f *catalog.Form, lines []survey.Line, out *FormPeriod) error {
	out.Totals = map[string]string{}
	for _, it := range f.Items {
		if it.FactType() != fact.Number || it.Unit == "%" {
			continue
		}
		sum, n := unit.Decimal{}, 0
		for _, x := range lines {
			if x.Head == nil || !l.seesUnits(f.Kind, x.Firm.Code) {
				continue
			}
			d, ok := x.Head.Body.Get(it.Code).Number()
			if !ok {
				continue
			}
			var err error
			if sum, err = sum.Add(d); err != nil {
				return err
			}
			n++
		}
		if n > 0 {
			out.Totals[it.Code] = sum.String()
		}
	}
	return nil
}

// remind is the text that reminds those who have not filed.
func (l *look) remind(f *catalog.Form, p period.Period, due period.Day, rows []ReturnRow) string {
	var late []string
	for _, r := range rows {
		if r.State == "missing" || r.State == "draft" || r.State == survey.Returned {
			late = append(late, r.Name)
		}
	}
	if len(late) == 0 || f.Copy != "" || own(l.m.Who()) {
		return ""
	}
	slices.Sort(late)
	return "【" + l.cat.Settings["office.short_name"] + "】" + f.Name + "（" + p.Chinese() + "）应于" +
		strconv.Itoa(due.Month()) + "月" + strconv.Itoa(due.DayOfMonth()) + "日前报送，尚有" + strconv.Itoa(len(late)) + "户未报：" +
		strings.Join(late, "、") + "。请尽快填报，如有困难请与我们联系。"
}
