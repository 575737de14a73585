package catalog

import (
	"encoding"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gongmai/internal/errs"
)

// decoder reads YAML nodes into structs, strictly: an unknown key is a fault
// with the nearest known one, every fault has its line, and all are found.
type decoder struct {
	file   string
	faults *errs.Faults
}

func (d *decoder) fault(line int, format string, args ...any) {
	d.faults.Add(d.file+":"+strconv.Itoa(line), format, args...)
}

func (d *decoder) decode(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem())
		return
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(n.Value)); err != nil {
			d.fault(n.Line, "%q 不合格式：%v", n.Value, err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v)
	case reflect.Slice:
		d.sequence(n, v)
	case reflect.Map:
		d.table(n, v)
	default:
		d.scalar(n, v)
	}
}

func (d *decoder) sequence(n *yaml.Node, v reflect.Value) {
	items := n.Content
	if n.Kind == yaml.ScalarNode { // one member may stand without brackets
		items = []*yaml.Node{n}
	} else if n.Kind != yaml.SequenceNode {
		d.fault(n.Line, "此处应为列表")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, c := range items {
		d.decode(c, out.Index(i))
	}
	v.Set(out)
}

func (d *decoder) table(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fault(n.Line, "此处应为“键: 值”")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for i := 0; i+1 < len(n.Content); i += 2 {
		val := reflect.New(v.Type().Elem()).Elem()
		d.decode(n.Content[i+1], val)
		v.SetMapIndex(reflect.ValueOf(n.Content[i].Value), val)
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		d.fault(n.Line, "此处应为一个值")
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.fault(n.Line, "%q 应为整数", n.Value)
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		b, err := strconv.ParseBool(n.Value)
		if err != nil {
			d.fault(n.Line, "%q 应为 true 或 false", n.Value)
		}
		v.SetBool(b)
	default:
		panic("catalog: cannot decode into " + v.Type().String())
	}
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fault(n.Line, "此处应为“键: 值”")
		return
	}
	fields := map[string]reflect.Value{}
	d.fields(n, v, fields)
	known := make([]string, 0, len(fields))
	for k := range fields {
		known = append(known, k)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		f, ok := fields[k.Value]
		switch {
		case !ok:
			hint := ""
			if w := errs.Nearest(k.Value, known); w != "" {
				hint = "，是否想写 " + w
			}
			d.fault(k.Line, "没有 %s 这一项%s", k.Value, hint)
		case seen[k.Value]:
			d.fault(k.Line, "%s 写了两次", k.Value)
		default:
			seen[k.Value] = true
			d.decode(n.Content[i+1], f)
		}
	}
}

// fields lists the YAML keys of a struct, those of embedded ones included, and
// fills its Pos.
func (d *decoder) fields(n *yaml.Node, v reflect.Value, out map[string]reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == reflect.TypeFor[Pos]() {
			v.Field(i).Set(reflect.ValueOf(Pos{d.file, n.Line}))
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case f.Anonymous:
			d.fields(n, v.Field(i), out)
		case tag != "":
			out[tag] = v.Field(i)
		}
	}
}
