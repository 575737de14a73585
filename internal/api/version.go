package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
)

// Change is one field that a version states otherwise than the one before.
type Change struct {
	Field string `json:"field"`
	Name  string `json:"name"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Version is one state of a record: who stated it, when and why.
type Version struct {
	Ref         string    `json:"ref"`
	Version     int32     `json:"version"`
	State       string    `json:"state"`
	StateName   string    `json:"state_name"`
	EffectiveOn string    `json:"effective_on"`
	RecordedAt  time.Time `json:"recorded_at"`
	Actor       string    `json:"actor"`
	ActorName   string    `json:"actor_name"`
	Act         string    `json:"act"`
	Reason      string    `json:"reason,omitempty"`
	Changes     []Change  `json:"changes"`
}

// versions encodes a history, oldest first, each with what it changed.
func (l *look) versions(ctx context.Context, vs []fact.Version) ([]Version, error) {
	out := make([]Version, len(vs))
	var before fact.Body
	for i := range vs {
		x, err := l.version(ctx, &vs[i], before)
		if err != nil {
			return nil, err
		}
		out[i], before = x, vs[i].Body
	}
	return out, nil
}

func (l *look) version(ctx context.Context, v *fact.Version, before fact.Body) (Version, error) {
	names, err := l.names(ctx)
	if err != nil {
		return Version{}, err
	}
	x := Version{
		Ref: v.Ref().String(), Version: v.Version, State: v.State, StateName: l.state(v.Kind, v.State).Name, EffectiveOn: v.EffectiveOn.String(),
		RecordedAt: v.RecordedAt, Actor: v.Actor, ActorName: named(names, v.Actor), Act: v.Act, Reason: v.Reason,
	}
	if before == nil {
		return x, nil
	}
	for _, code := range codes(before, v.Body) {
		from, to := before.Get(code), v.Body.Get(code)
		if from.Equal(to) {
			continue
		}
		c := Change{Field: code}
		if c.Name, c.From, err = l.stated(ctx, v.Kind, code, from); err != nil {
			return x, err
		}
		if _, c.To, err = l.stated(ctx, v.Kind, code, to); err != nil {
			return x, err
		}
		x.Changes = append(x.Changes, c)
	}
	return x, nil
}

// codes are the fields of either body, without those the rooms keep for themselves.
func codes(a, b fact.Body) []string {
	var out []string
	for _, f := range slices.Concat(a, b) {
		if !strings.HasPrefix(f.Code, "_") && !slices.Contains(out, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}

// stated names a field of a kind and prints its value.
func (l *look) stated(ctx context.Context, k fact.Kind, code string, v fact.Value) (name, text string, err error) {
	if t, ok := l.cat.TypeOf(k); ok {
		if f, ok := t.Field(code); ok {
			text, err = l.show(ctx, f, v)
			return f.Name, text, err
		}
	}
	if form, ok := l.cat.FormOf(k); ok {
		if it, ok := form.Item(code); ok {
			return itemName(it), l.showItem(it, v), nil
		}
	}
	return named(metaNames, code), v.String(), nil
}

// metaNames are those of fields that no catalogue file defines.
var metaNames = map[string]string{
	"number": "编号", "value": "数值", "provider": "提供单位", "on": "提供日期", "stage": "阶段", "document": "依据", "files": "附件", "note": "备注",
	"_filed_on": "首次上报日期", "_stage": "阶段", "_source": "来源文件", "_informant": "提供人", "_how": "提供方式", "_evidence": "依据",
}

// itemName is the name of an item with the span its column covers.
func itemName(it *catalog.Item) string {
	if c := columnNames[it.Column]; c != "" {
		return it.Name + "（" + c + "）"
	}
	return it.Name
}

var columnNames = map[string]string{
	catalog.ColumnMonth: "本月", catalog.ColumnYTD: "1—本月", catalog.ColumnMonthLast: "上年同月", catalog.ColumnYTDLast: "上年同期累计", catalog.ColumnEnd: "期末",
}

func (l *look) showItem(it *catalog.Item, v fact.Value) string {
	if x := l.cat.Lists[it.Of]; x != nil && v.Text() != "" {
		return x.NameOf(v.Text())
	}
	return cell(v)
}
