// Package document (公文) is a Chinese official document as blocks, and the
// writers that lay it out: DOCX after GB/T 9704-2012, HTML for the page and
// the printer, plain text for comparing, and PDF through LibreOffice.
//
// A number in the text is a Figure: it carries the code it was computed by, and
// every writer keeps it findable. In DOCX it is an inline content control with
// the tag code#id, inside a bookmark fig_<id>, and listed in a manifest
// (customXml/item1.xml). Word keeps all three; LibreOffice keeps the bookmark
// only. ReadFigures reads back whichever is left when the signed text returns.
//
// The same Document gives the same bytes: no clock, no random ids.
//
//	paper A4  ┌ 37 mm ──────────────────────┐
//	  28 mm   │ 22 lines of 28.95 pt        │ 26 mm
//	          │ 28 characters of 15.75 pt   │
//	          └ 35 mm ──────────────────────┘
//
// A Converter keeps one LibreOffice warm in Run; its state belongs to Run alone,
// so that there is no lock. Documents are rewritten for it (render.go) and
// typefaces that are not installed are replaced (fonts.go).
//
// What it leaves to others: which figures there are and what they say (report),
// and where files are kept (blob).
//
// Limits: 版记 stands at the bottom of the last page, not of the last even page,
// because the number of pages is known only to who lays them out. Landscape
// attachments turn the page, not the page number. A run of text has no bold or
// underline of its own: the standard gives emphasis by typeface, per level.
// In PDF the rules of 版记 are 2.4 mm short at either end (see render.go), and
// a process killed outright leaves its LibreOffice running.
package document
