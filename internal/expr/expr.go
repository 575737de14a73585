package expr

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/unit"
)

// Var is a name that an expression may use. A name may hold dots: prev.c05.
type Var struct {
	Name string
	Type fact.Type // Number, Text, Day, Bool or List
}

// Func is a function over texts that the catalogue adds, such as section(industry).
type Func struct {
	Name   string
	Params int
	Impl   func(args []string) fact.Value // Text, Bool or Missing
}

// Env compiles expressions over a set of names.
type Env struct {
	cel   *cel.Env
	names []string
}

// NewEnv returns an Env. Days are compared as texts YYYY-MM-DD.
func NewEnv(vars []Var, funcs ...Func) (*Env, error) {
	opts := append([]cel.EnvOption{}, library...)
	e := &Env{}
	for _, v := range vars {
		opts = append(opts, cel.Variable(v.Name, celType(v.Type)))
		e.names = append(e.names, v.Name)
	}
	for _, f := range funcs {
		opts = append(opts, textFunc(f))
		e.names = append(e.names, f.Name)
	}
	var err error
	if e.cel, err = cel.NewEnv(opts...); err != nil {
		return nil, fmt.Errorf("making an expression environment: %w", err)
	}
	return e, nil
}

func celType(t fact.Type) *cel.Type {
	switch t {
	case fact.Number:
		return NumType
	case fact.Bool:
		return cel.NullableType(cel.BoolType)
	case fact.List:
		return cel.ListType(cel.StringType)
	}
	return cel.NullableType(cel.StringType)
}

func textFunc(f Func) cel.EnvOption {
	params := slices.Repeat([]*cel.Type{cel.DynType}, f.Params)
	return cel.Function(f.Name, cel.Overload(f.Name+"_text", params, cel.DynType, cel.FunctionBinding(func(args ...ref.Val) ref.Val {
		ss := make([]string, len(args))
		for i, a := range args {
			s, ok := a.(types.String)
			if !ok {
				return types.NullValue
			}
			ss[i] = string(s)
		}
		return ValueOf(f.Impl(ss))
	})))
}

// ValueOf turns a fact value into what CEL computes with; absences are null.
func ValueOf(v fact.Value) ref.Val {
	switch v.Type() {
	case fact.Number:
		d, _ := v.Number()
		return Num{d: d}
	case fact.Text:
		return types.String(v.Text())
	case fact.Day:
		return types.String(v.Day().String())
	case fact.Bool:
		return types.Bool(v.Bool())
	case fact.List:
		return types.NewStringList(types.DefaultTypeAdapter, v.List())
	}
	return types.NullValue
}

// Names resolves the names of one evaluation.
type Names func(name string) fact.Value

// ResolveName and Parent make Names a CEL activation.
func (n Names) ResolveName(name string) (any, bool) { return ValueOf(n(name)), true }

// Parent serves CEL.
func (n Names) Parent() cel.Activation { return nil }

// Program is a compiled expression. It is safe for use by many goroutines.
type Program struct {
	text string
	prog cel.Program
	sum  term // the same without CEL, where it is only arithmetic
	uses []string
	said map[string][]string
}

// Text returns the source; Uses the names that occur in it, sorted.
func (p *Program) Text() string   { return p.text }
func (p *Program) Uses() []string { return p.uses }

// Condition compiles an expression whose result is true or false.
func (e *Env) Condition(text string) (*Program, error) { return e.compile(text, cel.BoolType) }

// Formula compiles an expression whose result is a number.
func (e *Env) Formula(text string) (*Program, error) { return e.compile(text, NumType) }

func (e *Env) compile(text string, want *cel.Type) (*Program, error) {
	parsed, iss := e.cel.Parse(text)
	if iss.Err() != nil {
		return nil, e.explain(text, iss)
	}
	rep := parsed.NativeRep()
	fac := ast.NewExprFactory()
	id := int64(1 << 20)
	ast.PostOrderVisit(rep.Expr(), ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() != ast.LiteralKind {
			return
		}
		var text string
		switch lit := x.AsLiteral().(type) {
		case types.Int, types.Uint:
			text = fmt.Sprint(lit.Value())
		case types.Double:
			text = strconv.FormatFloat(float64(lit), 'f', -1, 64) // never 1e+06
		default:
			return
		}
		id++
		x.SetKindCase(fac.NewCall(x.ID(), "dec", fac.NewLiteral(id, types.String(text))))
	}))
	checked, iss := e.cel.Check(parsed)
	if iss.Err() != nil {
		return nil, e.explain(text, iss)
	}
	if t := checked.OutputType(); !t.IsExactType(want) && !t.IsExactType(cel.DynType) && !(want == cel.BoolType && t.IsExactType(cel.NullableType(cel.BoolType))) {
		return nil, errs.Say(errs.Invalid, "表达式 %s 的结果应为%s，现为 %s", text, map[bool]string{true: "是或否", false: "数"}[want == cel.BoolType], t)
	}
	prog, err := e.cel.Program(checked, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, fmt.Errorf("planning expression %q: %w", text, err)
	}
	p := &Program{text: text, prog: prog, said: saidIn(checked.NativeRep().Expr())}
	if want == NumType {
		p.sum = arithmetic{checked.NativeRep()}.term(checked.NativeRep().Expr())
	}
	for _, r := range checked.NativeRep().ReferenceMap() {
		if r.Name != "" && len(r.OverloadIDs) == 0 && !slices.Contains(p.uses, r.Name) {
			p.uses = append(p.uses, r.Name)
		}
	}
	slices.Sort(p.uses)
	return p, nil
}

var undeclared = regexp.MustCompile(`undeclared reference to '([^']+)'`)

// explain turns CEL's issues into one Chinese sentence each, with the nearest
// right word for an unknown name.
func (e *Env) explain(text string, iss *cel.Issues) error {
	var out []string
	for _, x := range iss.Errors() {
		if m := undeclared.FindStringSubmatch(x.Message); m != nil {
			s := fmt.Sprintf("第 %d 字起的 %s 没有定义", x.Location.Column()+1, m[1])
			if n := errs.Nearest(m[1], e.names); n != "" {
				s += "，是否想写 " + n
			}
			out = append(out, s)
			continue
		}
		out = append(out, fmt.Sprintf("第 %d 字起有误（%s）", x.Location.Column()+1, x.Message))
	}
	return errs.Say(errs.Invalid, "表达式 %s：%s", text, strings.Join(out, "；"))
}

// ErrAbsent says that a formula has no value because something in it is absent.
var ErrAbsent = errAbsent

// Bool evaluates a condition. applies is false where an absent value or a
// division by zero kept it from deciding; ok is then false too.
func (p *Program) Bool(n Names) (ok, applies bool) { return p.truth(n) }

func (p *Program) truth(n cel.Activation) (ok, applies bool) {
	v, _, err := p.prog.Eval(n)
	if err != nil {
		return false, false
	}
	b, isBool := v.(types.Bool)
	return isBool && bool(b), isBool
}

// Number evaluates a formula; ErrAbsent or unit.ErrZero where it has no value.
func (p *Program) Number(n Names) (unit.Ratio, error) {
	if p.sum == nil {
		return p.number(n)
	}
	return p.sum.ratio(func(name string) (unit.Ratio, bool) {
		d, ok := n(name).Number()
		return unit.Exact(d), ok
	})
}

func (p *Program) number(n cel.Activation) (unit.Ratio, error) {
	v, _, err := p.prog.Eval(n)
	switch {
	case errors.Is(err, unit.ErrZero):
		return unit.Ratio{}, unit.ErrZero
	case err != nil:
		return unit.Ratio{}, fmt.Errorf("%w (%s)", ErrAbsent, err)
	}
	x, ok := v.(Num)
	if !ok {
		return unit.Ratio{}, ErrAbsent
	}
	return x.Ratio(), nil
}

var library = []cel.EnvOption{
	cel.Function(operators.Add, numOp("add")),
	cel.Function(operators.Subtract, numOp("subtract")),
	cel.Function(operators.Multiply, numOp("multiply")),
	cel.Function(operators.Divide, numOp("divide")),
	cel.Function(operators.Negate, cel.Overload("negate_num", []*cel.Type{NumType}, NumType)),
	cel.Function(operators.Less, cmpOp("less")),
	cel.Function(operators.LessEquals, cmpOp("less_equals")),
	cel.Function(operators.Greater, cmpOp("greater")),
	cel.Function(operators.GreaterEquals, cmpOp("greater_equals")),
	cel.Function("dec", cel.Overload("dec_string", []*cel.Type{cel.StringType}, NumType, cel.UnaryBinding(func(v ref.Val) ref.Val {
		d, err := unit.Parse(string(v.(types.String)))
		if err != nil {
			return types.WrapErr(err)
		}
		return Num{d: d}
	}))),
	// nz(x): x, or 0 when it is absent.
	cel.Function("nz", cel.Overload("nz_num", []*cel.Type{cel.DynType}, NumType, cel.UnaryBinding(func(v ref.Val) ref.Val {
		if n, ok := v.(Num); ok {
			return n
		}
		return Num{}
	}))),
	// present(x): x has been stated.
	cel.Function("present", cel.Overload("present_any", []*cel.Type{cel.DynType}, cel.BoolType, cel.UnaryBinding(func(v ref.Val) ref.Val {
		return types.Bool(v != types.NullValue)
	}))),
	cel.Function("abs", cel.Overload("abs_num", []*cel.Type{NumType}, NumType, cel.UnaryBinding(func(v ref.Val) ref.Val {
		n, ok := v.(Num)
		if ok && n.cmp(Num{}) < 0 {
			return n.Negate()
		}
		return v
	}))),
	// near(a, b, n): a equals b, but for the rounding of n terms (n × 0.5, rounded up).
	cel.Function("near", cel.Overload("near_num", []*cel.Type{NumType, NumType, NumType}, cel.BoolType, cel.FunctionBinding(func(a ...ref.Val) ref.Val {
		x, y, n := a[0].(Num), a[1].(Num), a[2].(Num)
		diff, ok := x.Subtract(y).(Num)
		if !ok {
			return types.WrapErr(errAbsent)
		}
		d := diff.Ratio()
		if d.Sign() < 0 {
			d = d.Neg()
		}
		return types.Bool(d.Add(d).Cmp(n.Ratio().Add(unit.Exact(unit.Int(1)))) <= 0)
	}))),
	// growth(cur, base): 同比增速 in percent; no value where base ≤ 0.
	cel.Function("growth", cel.Overload("growth_num", []*cel.Type{NumType, NumType}, NumType, cel.BinaryBinding(func(a, b ref.Val) ref.Val {
		q, err := growth(a.(Num).Ratio(), b.(Num).Ratio())
		if err != nil {
			return types.WrapErr(err)
		}
		return OfRatio(q)
	}))),
}

func numOp(name string) cel.FunctionOpt {
	return cel.Overload(name+"_num", []*cel.Type{NumType, NumType}, NumType)
}

func cmpOp(name string) cel.FunctionOpt {
	return cel.Overload(name+"_num", []*cel.Type{NumType, NumType}, cel.BoolType)
}

// Figures resolves the names of one evaluation to exact ratios.
type Figures func(name string) (v unit.Ratio, known bool)

// ResolveName and Parent make Figures a CEL activation.
func (f Figures) ResolveName(name string) (any, bool) {
	v, ok := f(name)
	if !ok {
		return types.NullValue, true
	}
	return OfRatio(v), true
}

// Parent serves CEL.
func (f Figures) Parent() cel.Activation { return nil }

// Ratio evaluates a formula over figures.
func (p *Program) Ratio(f Figures) (unit.Ratio, error) {
	if p.sum == nil {
		return p.number(f)
	}
	return p.sum.ratio(f)
}

// Holds evaluates a condition over figures, as Bool does.
func (p *Program) Holds(f Figures) (ok, applies bool) { return p.truth(f) }
