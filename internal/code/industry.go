package code

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Industries is the table of GB/T 4754-2017 for sections B, C and D.
// Section letters are not part of the digits and cannot be read from them.
type Industries struct {
	sections  map[string]string // division → section letter
	divisions map[string]string // 26 → 化学原料和化学制品制造业
	classes   map[string]string // 2614 → 有机化学原料制造
	order     []string          // divisions in the table's order
}

// ReadIndustries reads the table: header, then section, section name,
// division, division name, group, group name, class, class name.
func ReadIndustries(r io.Reader) (*Industries, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the industrial classification: %w", err)
	}
	t := &Industries{sections: map[string]string{}, divisions: map[string]string{}, classes: map[string]string{}}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[h] = i
	}
	for _, h := range []string{"section", "division", "division_name", "class", "class_name"} {
		if _, ok := col[h]; !ok {
			return nil, fmt.Errorf("reading the industrial classification: no column %q", h)
		}
	}
	for _, row := range rows[1:] {
		d := row[col["division"]]
		if _, ok := t.divisions[d]; !ok {
			t.order = append(t.order, d)
		}
		t.sections[d] = row[col["section"]]
		t.divisions[d] = row[col["division_name"]]
		t.classes[row[col["class"]]] = row[col["class_name"]]
	}
	return t, nil
}

// Division returns the first two digits of a class; "" when there is none.
func (t *Industries) Division(class string) string {
	if len(class) < 2 || t.divisions[class[:2]] == "" {
		return ""
	}
	return class[:2]
}

// Section returns the letter that a class lies in; "" outside industry.
func (t *Industries) Section(class string) string { return t.sections[t.Division(class)] }

// Name returns the name of a class or a division.
func (t *Industries) Name(code string) string {
	if n, ok := t.classes[code]; ok {
		return n
	}
	return t.divisions[code]
}

// Known reports whether class is a class of the table.
func (t *Industries) Known(class string) bool { return t.classes[class] != "" }

// Divisions returns the divisions in the table's order.
func (t *Industries) Divisions() []string { return t.order }
