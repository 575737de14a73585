package sheet

import "gongmai/internal/errs"

// sharedStrings reads the texts that cells refer to by number. Phonetic
// guides are no text.
func (a *archive) sharedStrings(part string) (out []string, err error) {
	c := cells{archive: a}
	_, err = a.scan(part, func(s *scanner) error {
		keep, phonetic := false, false
		for {
			text, t, ok := s.next()
			if !ok {
				return s.err
			}
			if keep {
				c.scratch = appendText(c.scratch, text)
			}
			if t.text {
				if keep {
					c.scratch = append(c.scratch, t.attrs...)
				}
				continue
			}
			switch string(t.name) {
			case "t":
				keep = !t.close && !t.empty && !phonetic
			case "rPh":
				phonetic = !t.close && !t.empty
			case "si":
				if t.close || t.empty {
					out = append(out, c.keep(unescape(c.scratch)))
					c.scratch = c.scratch[:0]
				}
				if len(out) > a.limit.Cells {
					return errs.Say(errs.Invalid, "工作簿的文字超过 %d 条，请分成几个文件上传", a.limit.Cells)
				}
			}
		}
	})
	return out, err
}
