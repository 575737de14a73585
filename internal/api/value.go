package api

import (
	"context"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
)

// Values are the fields of a record as a form takes them: text, bool, or a list
// of texts. Numbers and days are texts.
type Values map[string]any

// plain is a value as Values hold it.
func plain(v fact.Value) any {
	switch v.Type() {
	case fact.Bool:
		return v.Bool()
	case fact.List:
		return append([]string{}, v.List()...)
	}
	return cell(v)
}

// cell is a value as it is typed.
func cell(v fact.Value) string {
	if v.Type() == fact.NotApplicable {
		return "/"
	}
	return v.String()
}

// show prints a field for people: names instead of codes and ids.
func (l *look) show(ctx context.Context, f *catalog.Field, v fact.Value) (string, error) {
	if !v.Present() {
		return v.String(), nil
	}
	switch f.Type {
	case catalog.TypeRef:
		t, err := l.titlesOf(ctx, f.To)
		return named(t, v.Text()), err
	case catalog.TypeCreditCode:
		if name := l.firmName(v.Text()); name != "" {
			return name, nil
		}
		return v.Text(), nil
	case catalog.TypePeople:
		names, err := l.names(ctx)
		return strings.Join(l.namesOf(names, v), "、"), err
	case catalog.TypeFiles:
		return "", nil
	}
	return l.cat.Show(f, v), nil
}

// namesOf are the names behind the ids of a people field. Phones stay in person.
func (l *look) namesOf(names map[string]string, v fact.Value) []string {
	out := []string{}
	for _, id := range v.List() {
		out = append(out, named(names, id))
	}
	return out
}

func named(names map[string]string, id string) string {
	if n := names[id]; n != "" {
		return n
	}
	return id
}

// body reads the values of a request into fields of a type. People come by name
// and are first looked for among those whom the record, have, names already.
func (l *look) body(ctx context.Context, t *catalog.Type, in Values, have fact.Body) (fact.Body, error) {
	var faults errs.Faults
	var fields []fact.Field
	for code, raw := range in {
		f, ok := t.Field(code)
		if !ok {
			faults.Add(code, "%s没有这个字段", t.Name)
			continue
		}
		v, err := l.field(ctx, f, raw, have.Get(code).List())
		if err != nil && errs.Kind(err) == nil {
			return nil, err
		}
		if err != nil {
			faults.Add(f.Name, "%s", errs.Text(err))
			continue
		}
		fields = append(fields, fact.Field{Code: code, Value: v})
	}
	return fields, faults.Err() // Missing ones stay in: they take a field away
}

func (l *look) field(ctx context.Context, f *catalog.Field, raw any, have []string) (fact.Value, error) {
	texts, text, err := words(raw)
	if err != nil {
		return fact.Value{}, err
	}
	if texts == nil {
		v, err := l.cat.ParseField(f, text)
		if f.Type != catalog.TypePeople || err != nil {
			return v, err
		}
		texts = v.List()
	}
	if catalog.FactType(f.Type) != fact.List {
		return fact.Value{}, errs.Say(errs.Invalid, "应为一个值，不是列表")
	}
	if f.Type == catalog.TypePeople {
		if texts, err = l.s.Accounts.Enroll(ctx, texts, have); err != nil {
			return fact.Value{}, err
		}
	}
	if f.Type == catalog.TypeEnums {
		return l.cat.ParseField(f, strings.Join(texts, "、"))
	}
	if len(texts) == 0 {
		return fact.Value{}, nil
	}
	return fact.ListOf(texts...), nil
}

// words takes apart what JSON may say in a field; texts is nil but for a list.
func words(raw any) (texts []string, text string, err error) {
	switch x := raw.(type) {
	case nil:
		return nil, "", nil
	case string:
		return nil, x, nil
	case bool:
		if x {
			return nil, "是", nil
		}
		return nil, "否", nil
	case []any:
		texts = []string{}
		for _, e := range x {
			s, ok := e.(string)
			if !ok {
				return nil, "", errs.Say(errs.Invalid, "列表的每一项应为文字")
			}
			texts = append(texts, s)
		}
		return texts, "", nil
	}
	return nil, "", errs.Say(errs.Invalid, "应为文字、是否或列表；数也写成文字，如 \"12.5\"")
}

// mayRead refuses what lies beyond the reader's reach, without telling whether
// there is such an enterprise.
func (l *look) mayRead(code string) error {
	if l.firm(code) == nil {
		return errs.Say(errs.NotFound, "没有这家企业，或不在您的范围内")
	}
	return nil
}
