// Package search (检索) finds enterprises, records, indicators and pages by a few
// letters: of the name, a short name, a code or number, or the initials of the
// pinyin. It lies in memory, one shelf a kind, and a shelf is made again when its
// kind has changed. What a reader may not see is taken out when he asks.
//
// Limits: only heads of records are found, by what names them, not by their text;
// every reading of a character counts, up to four words for one name.
//
// Locks: Index.mu guards the shelves; tables are read under it.
package search
