// Package expr (表达式) compiles the conditions, checks and formulas of the
// catalogue, written in CEL, and runs them over fact values.
//
// Numbers are exact: a decimal while only + − × touch it, an exact ratio after
// ÷. Literals are rewritten to such numbers when compiled. An absent field is
// null, and an operation on null does not apply: a condition is then false, a
// check is not applicable, a formula has no value. nz(x) says "0 when absent".
package expr
