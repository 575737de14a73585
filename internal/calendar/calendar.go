// Package calendar (工作日历) counts workdays. Which days are holidays and
// which weekends are worked comes from the yearly notices of the State Council
// (国务院办公厅关于部分节假日安排的通知), which the catalogue holds; a corrected
// notice just recomputes everything that is derived from it.
package calendar

import (
	"time"

	"gongmai/internal/period"
)

// Calendar knows the days that differ from the week. The zero Calendar knows
// none: Monday to Friday are worked.
type Calendar struct{ moved map[period.Day]bool } // true: worked

// New returns a calendar with the days off and the weekends worked.
func New(off, work []period.Day) *Calendar {
	c := &Calendar{moved: map[period.Day]bool{}}
	for _, d := range off {
		c.moved[d] = false
	}
	for _, d := range work {
		c.moved[d] = true
	}
	return c
}

// Worked reports whether d is a workday.
func (c *Calendar) Worked(d period.Day) bool {
	if c != nil {
		if w, ok := c.moved[d]; ok {
			return w
		}
	}
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// AddWorkdays returns the n-th workday after d; d itself is not counted.
func (c *Calendar) AddWorkdays(d period.Day, n int) period.Day {
	for n > 0 {
		d = d.Add(1)
		if c.Worked(d) {
			n--
		}
	}
	return d
}

// SubWorkdays returns the n-th workday before d.
func (c *Calendar) SubWorkdays(d period.Day, n int) period.Day {
	for n > 0 {
		d = d.Add(-1)
		if c.Worked(d) {
			n--
		}
	}
	return d
}

// OnOrAfter returns d, or the next workday when d is none.
func (c *Calendar) OnOrAfter(d period.Day) period.Day {
	for !c.Worked(d) {
		d = d.Add(1)
	}
	return d
}

// Workdays counts the workdays after from up to and with to; negative when to is earlier.
func (c *Calendar) Workdays(from, to period.Day) int {
	if to < from {
		return -c.Workdays(to, from)
	}
	n := 0
	for d := from; d < to; {
		if d = d.Add(1); c.Worked(d) {
			n++
		}
	}
	return n
}
