package expr

import (
	"errors"
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"gongmai/internal/unit"
)

// NumType is the CEL type of every number.
var NumType = cel.ObjectType("num", traits.AdderType|traits.SubtractorType|traits.MultiplierType|traits.DividerType|traits.ComparerType|traits.NegatorType)

// Num is an exact number: a decimal, or a ratio once something was divided.
type Num struct {
	d unit.Decimal
	r *unit.Ratio
}

// Of makes a Num from a decimal; OfRatio from a ratio.
func Of(d unit.Decimal) Num { return Num{d: d} }

// OfRatio makes a Num from a ratio, a decimal where it is one.
func OfRatio(r unit.Ratio) Num {
	if d, ok := r.Decimal(); ok {
		return Num{d: d}
	}
	return Num{r: &r}
}

// Ratio returns n as a ratio.
func (n Num) Ratio() unit.Ratio {
	if n.r != nil {
		return *n.r
	}
	return unit.Exact(n.d)
}

func (n Num) op(v ref.Val, dec func(a, b unit.Decimal) (unit.Decimal, error), rat func(a, b unit.Ratio) unit.Ratio) ref.Val {
	m, ok := v.(Num)
	if !ok {
		return notApplicable(v)
	}
	if n.r == nil && m.r == nil {
		if d, err := dec(n.d, m.d); err == nil {
			return Num{d: d}
		} else if !errors.Is(err, unit.ErrOverflow) && !errors.Is(err, unit.ErrSyntax) {
			return types.WrapErr(err)
		}
	}
	return OfRatio(rat(n.Ratio(), m.Ratio()))
}

// Add, Subtract, Multiply, Divide, Negate, Compare and Equal serve CEL's operators.
func (n Num) Add(v ref.Val) ref.Val      { return n.op(v, unit.Decimal.Add, unit.Ratio.Add) }
func (n Num) Subtract(v ref.Val) ref.Val { return n.op(v, unit.Decimal.Sub, unit.Ratio.Sub) }
func (n Num) Multiply(v ref.Val) ref.Val { return n.op(v, unit.Decimal.Mul, unit.Ratio.Mul) }

// Divide returns an exact quotient; by zero it does not apply.
func (n Num) Divide(v ref.Val) ref.Val {
	m, ok := v.(Num)
	if !ok {
		return notApplicable(v)
	}
	q, err := n.Ratio().Quo(m.Ratio())
	if err != nil {
		return types.WrapErr(err)
	}
	return OfRatio(q)
}

// Negate returns -n.
func (n Num) Negate() ref.Val {
	if n.r == nil {
		return Num{d: n.d.Neg()}
	}
	return OfRatio(n.r.Neg())
}

// Compare is -1, 0 or 1.
func (n Num) Compare(v ref.Val) ref.Val {
	m, ok := v.(Num)
	if !ok {
		return notApplicable(v)
	}
	return types.Int(n.cmp(m))
}

func (n Num) cmp(m Num) int {
	if n.r == nil && m.r == nil {
		return n.d.Cmp(m.d)
	}
	return n.Ratio().Cmp(m.Ratio())
}

// Equal compares values: 1.5 and 1.50 are equal.
func (n Num) Equal(v ref.Val) ref.Val {
	m, ok := v.(Num)
	return types.Bool(ok && n.cmp(m) == 0)
}

// Type is NumType.
func (n Num) Type() ref.Type { return NumType }

// Value returns n itself.
func (n Num) Value() any { return n }

// ConvertToNative and ConvertToType serve CEL; a Num stays a Num.
func (n Num) ConvertToNative(t reflect.Type) (any, error) {
	if t == reflect.TypeFor[Num]() {
		return n, nil
	}
	return nil, fmt.Errorf("converting a number to %s: not supported", t)
}

// ConvertToType serves CEL.
func (n Num) ConvertToType(t ref.Type) ref.Val {
	switch t.TypeName() {
	case NumType.TypeName():
		return n
	case types.StringType.TypeName():
		return types.String(n.String())
	}
	return types.NewErr("converting a number to %s: not supported", t.TypeName())
}

func (n Num) String() string {
	if n.r == nil {
		return n.d.String()
	}
	d, err := n.r.Round(6)
	if err != nil {
		return n.r.String()
	}
	return d.Trim().String()
}

var errAbsent = errors.New("absent value")

// notApplicable is what an operation on anything but a number answers.
func notApplicable(v ref.Val) ref.Val {
	if types.IsUnknownOrError(v) {
		return v
	}
	if v == types.NullValue {
		return types.WrapErr(errAbsent)
	}
	return types.MaybeNoSuchOverloadErr(v)
}
