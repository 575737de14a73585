package period

import (
	"fmt"
	"time"
)

// Day is a civil day as yyyymmdd; 0 is no day. Days compare as integers.
type Day int32

// NewDay returns the day of year, month and day of month, normalised as time.Date does.
func NewDay(year, month, day int) Day {
	return fromTime(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

func fromTime(t time.Time) Day {
	y, m, d := t.Date()
	return Day(y*10000 + int(m)*100 + d)
}

// DayOf returns the Beijing day of an instant.
func DayOf(t time.Time) Day { return fromTime(t.In(Beijing)) }

// ParseDay reads 2025-11-22.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, fmt.Errorf("parsing day %q: want YYYY-MM-DD", s)
	}
	return fromTime(t), nil
}

// MustDay is ParseDay for constants.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Year, Month and DayOfMonth are the parts of d.
func (d Day) Year() int       { return int(d) / 10000 }
func (d Day) Month() int      { return int(d) / 100 % 100 }
func (d Day) DayOfMonth() int { return int(d) % 100 }

// MonthOf returns the month that d lies in.
func (d Day) MonthOf() Month { return NewMonth(d.Year(), d.Month()) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Day) utc() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.DayOfMonth(), 0, 0, 0, 0, time.UTC)
}

// Add returns the day n days later.
func (d Day) Add(n int) Day { return fromTime(d.utc().AddDate(0, 0, n)) }

// Sub returns the number of days from e to d.
func (d Day) Sub(e Day) int { return int(d.utc().Sub(e.utc()) / (24 * time.Hour)) }

// Start returns the instant at which d begins in Beijing.
func (d Day) Start() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.DayOfMonth(), 0, 0, 0, 0, Beijing)
}

func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.DayOfMonth())
}

// MarshalText writes YYYY-MM-DD, or nothing for no day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD, or nothing.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}
