package expr

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"gongmai/internal/unit"
)

// term is a formula that is nothing but arithmetic, evaluated without CEL: a
// growth rate of two sums would otherwise cost more than the sums. CEL stays the
// meaning; a test holds both equal.
type term func(Figures) operand

// operand is what a term comes to: a number, absent, or an error.
type operand struct {
	v      unit.Ratio
	absent bool
	err    error
}

func (t term) ratio(f Figures) (unit.Ratio, error) {
	x := t(f)
	if x.absent {
		return unit.Ratio{}, ErrAbsent
	}
	return x.v, x.err
}

// arithmetic makes terms of a checked expression.
type arithmetic struct{ *ast.AST }

// term returns nil where e is more than arithmetic over numbers.
func (a arithmetic) term(e ast.Expr) term {
	if !a.GetType(e.ID()).IsExactType(NumType) {
		return nil
	}
	if r := a.ReferenceMap()[e.ID()]; r != nil && r.Name != "" && len(r.OverloadIDs) == 0 {
		return func(f Figures) operand {
			v, known := f(r.Name)
			return operand{v: v, absent: !known}
		}
	}
	if e.Kind() != ast.CallKind || e.AsCall().IsMemberFunction() {
		return nil
	}
	return a.call(e.AsCall().FunctionName(), e.AsCall().Args())
}

func (a arithmetic) call(name string, args []ast.Expr) term {
	if name == "dec" {
		return literal(args[0])
	}
	var ts []term
	for _, x := range args {
		t := a.term(x)
		if t == nil {
			return nil
		}
		ts = append(ts, t)
	}
	if f, ok := unary[name]; ok && len(ts) == 1 {
		return one(ts[0], f)
	}
	if f, ok := binary[name]; ok && len(ts) == 2 {
		return two(ts[0], ts[1], f)
	}
	if name == "nz" {
		return func(f Figures) operand {
			x := ts[0](f)
			return operand{v: x.v, err: x.err} // v of an absent operand is 0
		}
	}
	return nil
}

func literal(e ast.Expr) term {
	s, ok := e.AsLiteral().(types.String)
	if !ok {
		return nil
	}
	d, err := unit.Parse(string(s))
	if err != nil {
		return nil
	}
	x := operand{v: unit.Exact(d)}
	return func(Figures) operand { return x }
}

var unary = map[string]func(unit.Ratio) unit.Ratio{
	operators.Negate: unit.Ratio.Neg,
	"abs": func(x unit.Ratio) unit.Ratio {
		if x.Sign() < 0 {
			return x.Neg()
		}
		return x
	},
}

var binary = map[string]func(a, b unit.Ratio) (unit.Ratio, error){
	operators.Add:      func(a, b unit.Ratio) (unit.Ratio, error) { return a.Add(b), nil },
	operators.Subtract: func(a, b unit.Ratio) (unit.Ratio, error) { return a.Sub(b), nil },
	operators.Multiply: func(a, b unit.Ratio) (unit.Ratio, error) { return a.Mul(b), nil },
	operators.Divide:   unit.Ratio.Quo,
	"growth":           growth,
}

// growth is 同比增速 in percent; it has no meaning where base ≤ 0.
func growth(cur, base unit.Ratio) (unit.Ratio, error) {
	if base.Sign() <= 0 {
		return unit.Ratio{}, unit.ErrZero
	}
	return cur.Sub(base).Mul(unit.Exact(unit.Int(100))).Quo(base)
}

func one(t term, do func(unit.Ratio) unit.Ratio) term {
	return func(f Figures) operand {
		x := t(f)
		switch {
		case x.err != nil:
			return x
		case x.absent:
			return operand{err: ErrAbsent}
		}
		return operand{v: do(x.v)}
	}
}

// two answers as CEL does: an error of an operand, the left one first, comes
// before the absence of the other.
func two(l, r term, do func(a, b unit.Ratio) (unit.Ratio, error)) term {
	return func(f Figures) operand {
		a, b := l(f), r(f)
		switch {
		case a.err != nil:
			return a
		case b.err != nil:
			return b
		case a.absent || b.absent:
			return operand{err: ErrAbsent}
		}
		v, err := do(a.v, b.v)
		return operand{v: v, err: err}
	}
}
