package document

import (
	"fmt"

	"gongmai/internal/errs"
)

// Check reports everything that no writer could lay out: figures without an
// id of their own, headings of no level, and table rows that do not fill their
// columns. It is nil for a sound document.
func (d Document) Check() error {
	var fs errs.Faults
	d.checkFigures(&fs)
	checkBlocks(&fs, "正文", d.Blocks)
	for i, a := range d.Attachments {
		checkBlocks(&fs, fmt.Sprintf("附件%d", i+1), a.Blocks)
	}
	return fs.Err()
}

func (d Document) checkFigures(fs *errs.Faults) {
	seen := map[string]bool{}
	for _, f := range d.Figures() {
		switch {
		case !validID(f.ID):
			fs.Add(f.Title, "数字标识 %q 应为 1–36 位英文字母、数字或下划线", f.ID)
		case seen[f.ID]:
			fs.Add(f.Title, "数字标识 %q 重复", f.ID)
		case !f.Missing && f.Text == "":
			fs.Add(f.Title, "数字 %q 没有内容；没有数的应标为待补", f.ID)
		}
		seen[f.ID] = true
	}
}

// validID keeps ids within a Word bookmark name (fig_ and 36 more, 40 in all).
func validID(id string) bool {
	for _, c := range []byte(id) {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return len(id) >= 1 && len(id) <= 36
}

func checkBlocks(fs *errs.Faults, part string, bs []Block) {
	for i, b := range bs {
		place := fmt.Sprintf("%s第%d段", part, i+1)
		switch b := b.(type) {
		case nil:
			fs.Add(place, "内容为空")
		case Paragraph:
			if b.Level < 0 || b.Level > 4 || (b.Level == 0) != (len(b.Lead) == 0) {
				fs.Add(place, "标题层次应为 1–4，现为 %d", b.Level)
			}
		case Table:
			checkTable(fs, place, b)
		}
	}
}

func checkTable(fs *errs.Faults, place string, t Table) {
	if n := len(t.Columns); n < 1 || n > 63 { // Word's own limit
		fs.Add(place, "表格应有 1–63 栏，现为 %d 栏", n)
		return
	}
	if _, bad := grid(t.Header, len(t.Columns)); bad >= 0 {
		fs.Add(place, "表头第 %d 行没有铺满 %d 栏，或跨行越出表头", min(bad+1, len(t.Header)), len(t.Columns))
	}
	switch _, bad := grid(t.Rows, len(t.Columns)); {
	case bad >= 0 && bad == len(t.Rows):
		fs.Add(place, "表格有跨行的单元格越出最后一行")
	case bad >= 0:
		fs.Add(place, "表格第 %d 行没有铺满 %d 栏", bad+1, len(t.Columns))
	}
}
