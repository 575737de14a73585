package expr

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// Said lists, for each name, the texts that the expression compares it with:
// kind == 'robot', level in ['province', 'city']. Whoever knows which codes a
// name can hold finds the misspelt ones.
func (p *Program) Said() map[string][]string { return p.said }

func saidIn(root ast.Expr) map[string][]string {
	said := map[string][]string{}
	ast.PostOrderVisit(root, ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() != ast.CallKind {
			return
		}
		c := x.AsCall()
		if !slices.Contains([]string{operators.Equals, operators.NotEquals, operators.In}, c.FunctionName()) {
			return
		}
		a, b := c.Args()[0], c.Args()[1]
		if a.Kind() == ast.LiteralKind { // 'x' == name, 'x' in names
			a, b = b, a
		}
		if a.Kind() == ast.IdentKind {
			said[a.AsIdent()] = append(said[a.AsIdent()], textsOf(b)...)
		}
	}))
	return said
}

func textsOf(x ast.Expr) (out []string) {
	switch x.Kind() {
	case ast.LiteralKind:
		if s, ok := x.AsLiteral().(types.String); ok {
			out = append(out, string(s))
		}
	case ast.ListKind:
		for _, e := range x.AsList().Elements() {
			out = append(out, textsOf(e)...)
		}
	}
	return out
}
