// Package report (公文报告) turns an outline of the catalogue, or any text with
// masks, into an official document whose every figure opens to its lineage.
//
//	outline + reading ──▶ Report ──▶ document.Document ──▶ DOCX, HTML, PDF
//	                        │
//	                        └──▶ manifest: each figure with its digest
//
// Issuing archives the bytes and the manifest with the moment of knowledge.
// Making it again at that moment gives an equal manifest; diff shows which
// figures are others today, and through which facts.
package report
