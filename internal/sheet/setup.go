package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Paper sizes of the file format.
const (
	paperA3 = 8
	paperA4 = 9
)

// setupPage sets protection, panes and print settings of one sheet.
func setupPage(f *excelize.File, s Sheet, fr frame) error {
	yes, no, one, zero := true, false, 1, 0
	size, orientation := paperA4, "portrait"
	if s.Paper == A3Portrait || s.Paper == A3Landscape {
		size = paperA3
	}
	if s.Paper == A4Landscape || s.Paper == A3Landscape {
		orientation = "landscape"
	}
	side, top, bottom, foot := 0.47, 0.6, 0.6, 0.3 // inches
	quoted := "'" + s.Name + "'!"
	steps := []func() error{
		func() error { return f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &yes}) },
		func() error {
			return f.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &no})
		},
		func() error {
			return f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
				Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &zero,
			})
		},
		func() error {
			return f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
				Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &foot, Footer: &foot, Horizontally: &yes,
			})
		},
		func() error {
			return f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页  共 &N 页"})
		},
		func() error {
			return f.SetDefinedName(&excelize.DefinedName{
				Name: "_xlnm.Print_Titles", Scope: s.Name,
				RefersTo: fmt.Sprintf("%s$%d:$%d", quoted, fr.header, fr.first-1),
			})
		},
		func() error { return f.SetPanes(s.Name, fr.panes()) },
		func() error {
			return f.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
				SelectLockedCells: true, SelectUnlockedCells: true,
				FormatColumns: true, FormatRows: true, EditObjects: true, EditScenarios: true,
			})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// panes keeps the header and the leading labels in sight.
func (f frame) panes() *excelize.Panes {
	corner := cellName(f.frozen+1, f.first)
	pane := "bottomLeft"
	if f.frozen > 0 {
		pane = "bottomRight"
	}
	return &excelize.Panes{
		Freeze: true, XSplit: f.frozen, YSplit: f.first - 1, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}
}
