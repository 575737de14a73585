package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongmai/internal/errs"
	"gongmai/internal/sheet"
)

// Open reads a workbook, or a CSV file in UTF-8 (with or without its mark) or
// GBK. name is the file's; the cells of a CSV file are named by it.
func Open(name string, data []byte) (*sheet.Reading, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".txt", ".tsv":
		p, err := readCSV(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), data)
		if err != nil {
			return nil, err
		}
		return &sheet.Reading{Pages: []sheet.Page{p}}, nil
	}
	return sheet.Read(bytes.NewReader(data), int64(len(data)), sheet.Limits{})
}

// decode returns the text of a file in UTF-8 or GBK (GB 18030).
func decode(data []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte("\ufeff")); ok || utf8.Valid(data) {
		if !utf8.Valid(rest) {
			return "", errs.Say(errs.Invalid, "文件的编码不是 UTF-8，请另存为“CSV UTF-8”后再导入")
		}
		return string(rest), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", errs.Say(errs.Invalid, "认不出文件的编码，请另存为“CSV UTF-8”后再导入")
	}
	return string(text), nil
}

func readCSV(name string, data []byte) (p sheet.Page, err error) {
	text, err := decode(data)
	if err != nil {
		return p, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.Comma = -1, comma(text)
	p.Name = name
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return p, errs.Say(errs.Invalid, "第 %d 行的引号不配对，请用表格软件打开后另存一次", bad.Line)
		}
		if err != nil {
			return p, err
		}
		number, _ := r.FieldPos(0)
		line := sheet.Line{Number: number}
		for i, s := range fields {
			if s = strings.TrimSpace(s); s != "" {
				line.Cells = append(line.Cells, sheet.Raw{Text: unquoted(s), Column: i + 1, Kind: sheet.RawText})
			}
		}
		if len(line.Cells) > 0 {
			p.Lines = append(p.Lines, line)
		}
	}
}

// unquoted drops the apostrophe that keeps spreadsheets from running a text.
func unquoted(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsAny(rest[:1], "=+-@") {
		return rest
	}
	return s
}

// comma is what separates the fields: the sign that the first line has most of.
func comma(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, r := range "\t;" {
		if n := strings.Count(first, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}
