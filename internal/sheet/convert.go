package sheet

import (
	"slices"
	"strings"
)

// convert decides what r states in column c. fault is "" or a sentence.
func (c *Column) convert(r Raw, base1904 bool) (v Value, fault string) {
	if r.Kind == RawNumber && !r.Dated && (c.Type == AsDecimal || c.Type == AsInteger) {
		return c.number(r.Text, parseNumber)
	}
	switch r.Kind {
	case RawError:
		return v, "单元格是错误值 " + shown(r.Text) + "，请改正公式或直接填写"
	case RawNone:
		return v, "公式没有保存结果，请用 Excel 或 WPS 打开后保存一次再上传"
	}
	text := trim(r.Text)
	if text == "" {
		return v, ""
	}
	if r.Kind == RawText {
		f := fold(text)
		if v, ok := absence(f); ok && !(c.Type == AsEnum && slices.ContainsFunc(c.Options, func(o string) bool { return fold(o) == f })) {
			return v, ""
		}
	}
	switch c.Type {
	case AsDecimal, AsInteger:
		return c.figure(r, text, base1904)
	case AsDate:
		return c.day(r, text, base1904)
	case AsEnum:
		return c.option(r, text)
	}
	return c.words(r, text, base1904)
}

// option reads one of the column's options.
func (c *Column) option(r Raw, text string) (Value, string) {
	f := fold(text)
	for _, o := range c.Options {
		if fold(o) == f {
			return OfText(o), ""
		}
	}
	return Value{}, "应为“" + shown(strings.Join(c.Options, "、")) + "”之一，现为“" + shown(text) + "”"
}

// words reads text and codes. A code that a program took for a number has
// lost what is beyond 15 digits, which is said rather than kept.
func (c *Column) words(r Raw, text string, base1904 bool) (Value, string) {
	if r.Kind != RawNumber {
		if c.Type == AsText {
			return OfText(text), ""
		}
		return OfText(narrow(text)), ""
	}
	if r.Dated {
		if d, ok := fromSerial(text, base1904); ok {
			if c.Type == AsCode {
				return Value{}, "应为代码，现为日期 " + d.String() + "，请把单元格格式改为“文本”后重填"
			}
			return OfText(d.String()), ""
		}
	}
	d, err := parseNumber(text)
	if err != nil || (c.Type == AsCode && len(strings.TrimLeft(d.Trim().String(), "-")) > 15) {
		return Value{}, "长数字已被当作数值存放，末位可能已丢失，请把单元格格式改为“文本”后重填"
	}
	return OfText(d.Trim().String()), ""
}

// narrow makes full-width letters and digits of a code plain ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			return r - 0xFEE0
		}
		return r
	}, s)
}
