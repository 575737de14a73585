package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

func docx(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameDocumentSameBytes(t *testing.T) {
	if !bytes.Equal(docx(t, annual(t)), docx(t, annual(t))) {
		t.Fatal("two writings of one document differ")
	}
}

func TestPackageIsComplete(t *testing.T) {
	b := docx(t, annual(t))
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("first part is %q; want [Content_Types].xml", z.File[0].Name)
	}
	types := read(t, z, "[Content_Types].xml")
	for _, f := range z.File {
		if err := wellFormed([]byte(read(t, z, f.Name))); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		known := strings.HasSuffix(f.Name, ".rels") || f.Name == "[Content_Types].xml" || f.Name == "customXml/item1.xml"
		if !known && !strings.Contains(types, `"/`+f.Name+`"`) {
			t.Errorf("%s has no content type", f.Name)
		}
	}
	doc := read(t, z, "word/document.xml")
	for _, m := range []string{`<w:pgSz w:w="11906" w:h="16838"/>`, `<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`, `w:linePitch="579"`} {
		if !strings.Contains(doc, m) {
			t.Errorf("document lacks %s", m)
		}
	}
}

func read(t testing.TB, z *zip.Reader, name string) string {
	t.Helper()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// order is the sequence of children that ECMA-376 Part 1 (transitional)
// demands of the elements we write; Word repairs, or refuses, another order.
var order = map[string]string{
	"pPr":        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
	"rPr":        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
	"tblPr":      "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
	"tblBorders": "top left start bottom right end insideH insideV",
	"tblCellMar": "top left start bottom right end",
	"tcPr":       "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
	"tbl":        "tblPr tblGrid tr",
	"tr":         "trPr tc",
	"sectPr":     "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
	"sdt":        "sdtPr sdtEndPr sdtContent",
	"sdtPr":      "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding text",
	"style":      "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr",
	"settings":   "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing displayHorizontalDrawingGridEvery characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
	"compat":     "doNotExpandShiftReturn compatSetting",
	"font":       "altName panose1 charset family notTrueType pitch sig",
}

func TestElementsStandInSchemaOrder(t *testing.T) {
	b := docx(t, small())
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml"} {
		type open struct {
			name string
			at   int // rank of the last child
		}
		var stack []open
		d := xml.NewDecoder(strings.NewReader(read(t, z, name)))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			switch e := tok.(type) {
			case xml.StartElement:
				if n := len(stack); n > 0 {
					parent := &stack[n-1]
					if rule, ok := order[parent.name]; ok {
						rank := slices.Index(strings.Fields(rule), e.Name.Local)
						if rank < parent.at {
							t.Errorf("%s: %s out of order in %s", name, e.Name.Local, parent.name)
						}
						parent.at = rank
					}
				}
				stack = append(stack, open{name: e.Name.Local})
			case xml.EndElement:
				stack = stack[:len(stack)-1]
			}
		}
	}
}

func TestTableSpansReachWord(t *testing.T) {
	s := string(documentXML(small()))
	for _, want := range []string{
		`<w:vMerge w:val="restart"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="cellhead"/>`,
		`<w:gridSpan w:val="2"/>`, `<w:vMerge/>`, `<w:cantSplit/><w:tblHeader/>`,
	} {
		if !strings.Contains(s, want) {
			t.Errorf("document.xml lacks %s", want)
		}
	}
	if got := strings.Count(s, `<w:tblHeader/>`); got != 2 {
		t.Errorf("%d header rows; want 2", got)
	}
}

func TestTagFitsWord(t *testing.T) {
	long := strings.Repeat("很长", 40)
	if got := tagOf(Figure{ID: "a", Code: long}); got != "#a" {
		t.Errorf("tagOf(long) = %q; want #a", got)
	}
	d := Document{Blocks: []Block{Paragraph{Runs: []Run{Of(Figure{ID: "a", Code: long, Text: "1", Title: long})}}}}
	got, err := readBack(d)
	if err != nil || len(got) != 1 || got[0].Code != long {
		t.Errorf("ReadFigures = %+v, %v; want the code from the manifest", got, err)
	}
	if strings.Contains(string(documentXML(d)), strings.Repeat("很长", 33)) {
		t.Error("alias is longer than 64 characters")
	}
}

func BenchmarkWriteDOCX(b *testing.B) {
	d := annual(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteDOCX(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
