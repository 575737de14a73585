package catalog

import (
	"strconv"
	"strings"

	"gongmai/internal/errs"
)

// Span is a length of time of a clock: days or workdays.
type Span struct {
	N        int
	Workdays bool
}

// ParseSpan reads "15 workdays" or "30 days"; "0 days" is the day itself.
func ParseSpan(s string) (Span, error) {
	n, word, _ := strings.Cut(s, " ")
	d, err := strconv.Atoi(n)
	if err != nil || d < 0 || (word != "days" && word != "workdays") {
		return Span{}, errs.Say(errs.Invalid, "时限 %q 应写作 15 workdays 或 30 days", s)
	}
	return Span{N: d, Workdays: word == "workdays"}, nil
}
