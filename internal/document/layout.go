package document

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongmai/internal/period"
)

// Measures in twips (1/20 pt, 1/1440 inch) unless said otherwise, from
// GB/T 9704-2012 5.2: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
const (
	pageWide  = 11906
	pageHigh  = 16838
	marginTop = 2098
	marginBot = 1984
	marginL   = 1587
	marginR   = 1474
	typeWide  = pageWide - marginL - marginR // 8845, the width of the type area

	line      = 579 // 28.95 pt: 22 lines are 12738 of 12756
	tight     = -5  // 16 pt less 0.25 is 15.75 pt: 28 characters are 8820 of 8845
	character = 315 // 15.75 pt

	headTop   = 1984 // 35 mm from the type area to the 发文机关标志
	headHigh  = 62.0 // pt, 22 mm
	headWide  = 430  // pt, a little less than the type area
	ruleBelow = 11   // pt, 4 mm from 发文字号 to the red line
)

// halves is the width of s in half-width characters: 1 for ASCII, else 2.
func halves(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x80 {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// headSize is the size of a 发文机关标志 in half-points: as large as fits on one line.
func headSize(issuer string) int {
	n := max(halves(issuer), 2)
	return int(2 * min(headHigh, 2*headWide/float64(n)))
}

// signed is a line of the signature and its right indent in half characters.
type signed struct {
	text  string
	right int
}

// signing lays out 署名 and 成文日期. Where the document has a red head a seal
// goes over the date: the date stands four characters from the right and the
// name centred over it (GB/T 9704-2012 7.3.5.1). Without a seal the name
// stands two characters from the right and the date begins two characters
// after the name (7.3.5.2).
func signing(d Document) []signed {
	date, widest := chineseDay(d.Date), 0
	names := strings.Split(d.Signer, "\n")
	for _, n := range names {
		widest = max(widest, halves(n))
	}
	right, day := 4, widest-halves(date)
	switch {
	case d.Head != nil:
		right, day = max(8+(halves(date)-widest)/2, 0), 8
	case day < 4:
		right, day = max(8+halves(date)-widest, 0), 4
	}
	var out []signed
	for _, n := range names {
		if n != "" {
			out = append(out, signed{n, right + (widest-halves(n))/2})
		}
	}
	if date != "" {
		out = append(out, signed{date, day})
	}
	return out
}

// chineseDay prints 2025年3月5日, without leading zeros (GB/T 9704-2012 7.3.5.4).
func chineseDay(d period.Day) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.DayOfMonth())
}

// titleLine is what fits on one line of a title: 二号 is 22 pt.
const titleLine = 20

// titleLines splits a title by the line feeds in it. One that has none and
// does not fit is split into lines of about equal length, after a word that
// may end a line where one is near.
func titleLines(title string) []string {
	if strings.Contains(title, "\n") || halves(title) <= 2*titleLine {
		return strings.Split(title, "\n")
	}
	rs := []rune(title)
	if who, what, ok := strings.Cut(title, "关于"); ok && who != "" && max(halves(who), halves(what)+4) <= 2*titleLine {
		return []string{who, "关于" + what} // 发文机关 on a line of its own
	}
	n := (halves(title) + 2*titleLine - 1) / (2 * titleLine)
	var lines []string
	for ; n > 1; n-- {
		cut := breakNear(rs, len(rs)/n)
		lines = append(lines, string(rs[:cut]))
		rs = rs[cut:]
	}
	return append(lines, string(rs))
}

// breakNear returns where to cut rs, at most four characters from at.
func breakNear(rs []rune, at int) int {
	for d := 0; d <= 4; d++ {
		for _, i := range []int{at + d, at - d} {
			if i > 1 && i < len(rs)-1 && mayBreak(rs, i) {
				return i
			}
		}
	}
	for at > 1 && at < len(rs) && rs[at] < 0x80 && rs[at-1] < 0x80 {
		at-- // not inside a number
	}
	return at
}

func mayBreak(rs []rune, i int) bool {
	return strings.ContainsRune("年月的、，：）》局省市县", rs[i-1]) && !strings.ContainsRune("的、，：）》", rs[i]) ||
		string(rs[i:min(i+2, len(rs))]) == "关于"
}

// annexLines numbers 附件说明; a single annex has no number.
func annexLines(names []string) []string {
	if len(names) == 1 {
		return []string{"附件：" + names[0]}
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%d. %s", i+1, n)
		if i == 0 {
			out[i] = "附件：" + out[i]
		}
	}
	return out
}

// attachmentMark is 附件 above an attachment, numbered when there are several.
func attachmentMark(i, of int) string {
	if of == 1 {
		return "附件"
	}
	return fmt.Sprintf("附件%d", i+1)
}

// truncate keeps the first n characters of s.
func truncate(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}
