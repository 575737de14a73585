// Package unit (计量单位) holds exact decimals, exact ratios and the units they
// are stated in.
//
// A reported number is a Decimal in the unit it was reported in and is never
// converted in storage. Rounding happens once, at print, half away from zero
// (四舍五入), as Chinese statistical publications do.
package unit
