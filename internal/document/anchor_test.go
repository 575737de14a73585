package document

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/errs"
)

func readBack(d Document) ([]Anchor, error) {
	var b bytes.Buffer
	if err := WriteDOCX(&b, d); err != nil {
		return nil, err
	}
	return ReadFigures(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

func TestFiguresComeBack(t *testing.T) {
	d := annual(t)
	got, err := readBack(d)
	if err != nil {
		t.Fatal(err)
	}
	var want []Anchor
	for _, f := range d.Figures() {
		want = append(want, Anchor{ID: f.ID, Code: f.Code, Text: f.Printed(), Was: f.Printed()})
	}
	// The table stands after the text in both.
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("figures (-want +got):\n%s", d)
	}
	if len(got) != 71+40 {
		t.Errorf("%d figures; want 71 in the text and 40 in the table", len(got))
	}
}

// edited rewrites parts of a document as an editor would; nil drops a part.
func edited(t testing.TB, in []byte, parts map[string]func(string) *string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		s := read(t, z, f.Name)
		if edit := parts[f.Name]; edit != nil {
			p := edit(s)
			if p == nil {
				continue
			}
			s = *p
		}
		if err := addPart(w, f.Name, []byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFiguresAfterEditing(t *testing.T) {
	replace := func(pairs ...string) func(string) *string {
		return func(s string) *string {
			s = strings.NewReplacer(pairs...).Replace(s)
			return &s
		}
	}
	gone := func(string) *string { return nil }
	unwrapped := func(s string) *string { s = string(renderable([]byte(s))); return &s }
	noBookmarks := func(s string) *string {
		s = regexp.MustCompile(`<w:bookmark[^>]*>`).ReplaceAllString(s, "")
		return &s
	}
	va := Anchor{ID: "va", Code: "va.industrial", Text: "12.30", Was: "12.30"}
	loan := Anchor{ID: "loan", Code: "loan", Text: "【待补：发放贷款】", Was: "【待补：发放贷款】"}
	e1 := Anchor{ID: "e1", Code: "energy.total", Text: "1200", Was: "1200"}
	with := func(a Anchor, f func(*Anchor)) Anchor { f(&a); return a }
	for _, tt := range []struct {
		name  string
		parts map[string]func(string) *string
		want  []Anchor
	}{
		{"untouched", nil, []Anchor{va, loan, e1}},
		{"controls dropped, as LibreOffice does", map[string]func(string) *string{"word/document.xml": unwrapped}, []Anchor{va, loan, e1}},
		{"bookmarks dropped", map[string]func(string) *string{"word/document.xml": noBookmarks}, []Anchor{va, loan, e1}},
		{"controls and manifest dropped", map[string]func(string) *string{"word/document.xml": unwrapped, "customXml/item1.xml": gone}, []Anchor{
			{ID: "va", Text: "12.30"}, {ID: "loan", Text: loan.Text}, {ID: "e1", Text: "1200"},
		}},
		{"value changed", map[string]func(string) *string{"word/document.xml": replace("12.30", "12.50")}, []Anchor{with(va, func(a *Anchor) { a.Text = "12.50" }), loan, e1}},
		{"value split over runs", map[string]func(string) *string{"word/document.xml": replace("12.30", `12</w:t></w:r><w:r><w:delText>.00</w:delText></w:r><w:r><w:t>.30`)}, []Anchor{va, loan, e1}},
		{"one figure deleted", map[string]func(string) *string{"word/document.xml": replace("fig_e1", "x", "energy.total#e1", "x")}, []Anchor{va, loan, with(e1, func(a *Anchor) { a.Text, a.Lost = "", true })}},
		{"manifest damaged", map[string]func(string) *string{"customXml/item1.xml": replace("</figure>", "</fig")}, []Anchor{with(va, noWas), with(loan, noWas), with(e1, noWas)}},
		{"encoding that is not UTF-8", map[string]func(string) *string{"customXml/item1.xml": replace("UTF-8", "GBK")}, []Anchor{with(va, noWas), with(loan, noWas), with(e1, noWas)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := edited(t, docx(t, small()), tt.parts)
			got, err := ReadFigures(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("figures (-want +got):\n%s", d)
			}
		})
	}
}

func noWas(a *Anchor) { a.Was = "" }

func TestForeignFilesAreRefused(t *testing.T) {
	file := func(name string, body io.Reader) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		f, err := z.Create(name)
		if err == nil {
			_, err = io.Copy(f, body)
		}
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for range maxParts + 1 {
		if _, err := z.Create("x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	zeros := io.LimitReader(repeat("<a> </a>"), maxBodyXML+1<<20)
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "不是 DOCX"},
		{"old Word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "另存为 .docx"},
		{"a zip of something else", file("a.txt", strings.NewReader("x")), "没有正文"},
		{"broken XML", file("word/document.xml", strings.NewReader("<a><")), "已损坏"},
		{"a bomb", file("word/document.xml", zeros), "过大"},
		{"deep nesting", file("word/document.xml", io.LimitReader(repeat("<a>"), 3*(maxDepth+10))), "过大"},
		{"bookmarks without end", file("word/document.xml", io.LimitReader(repeat(`<b:bookmarkStart name="fig_a"/>`), 31*(maxOpen+10))), "标记过多"},
		{"too many parts", many.Bytes(), "过大"},
	} {
		_, err := ReadFigures(bytes.NewReader(tt.in), int64(len(tt.in)))
		if errs.Kind(err) != errs.Invalid || !strings.Contains(errs.Text(err), tt.want) {
			t.Errorf("%s: ReadFigures = %v; want %q", tt.name, err, tt.want)
		}
	}
}

// repeat reads s again and again.
type repeat string

func (r repeat) Read(p []byte) (int, error) {
	n := 0
	for n+len(r) <= len(p) {
		n += copy(p[n:], r)
	}
	return n, nil
}

func FuzzReadFigures(f *testing.F) {
	f.Add(docx(f, small()))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ReadFigures(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, a := range got {
			if !validID(a.ID) || seen[a.ID] {
				t.Fatalf("ReadFigures returned id %q", a.ID)
			}
			seen[a.ID] = true
		}
	})
}

// FuzzScan fuzzes the markup inside, which the zip checksum hides from FuzzReadFigures.
func FuzzScan(f *testing.F) {
	f.Add(documentXML(small()))
	f.Fuzz(func(t *testing.T, b []byte) {
		var z bytes.Buffer
		w := zip.NewWriter(&z)
		if err := addPart(w, "word/document.xml", b); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := ReadFigures(bytes.NewReader(z.Bytes()), int64(z.Len()))
		if err != nil {
			return
		}
		for _, a := range got {
			if !validID(a.ID) || len(a.Text) > maxFigure {
				t.Fatalf("anchor %+v", a)
			}
		}
	})
}
