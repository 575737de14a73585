// Package period (期别) holds civil days and statistical periods.
//
// A Day is a Beijing date without a zone. A Period is a span of months of one
// year: a year, a half, a quarter, a month, or a cumulative span 1–N月. There
// is no stand-alone January in the monthly forms; that belongs to a form's
// calendar, not here.
package period

import "time"

// Beijing is the one zone in which days begin. No zone file is needed.
var Beijing = time.FixedZone("CST", 8*3600)
