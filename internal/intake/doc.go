// Package intake (导入) is the desk where files come in: it reads registers,
// ledgers and given figures out of workbooks and CSV files, names every fault
// by its cell, and hands what is in order to the room that keeps it.
//
// A file is taken whole or not at all, and the same file a second time changes
// nothing. Columns are found by a field's Chinese name, English name or code.
// An enterprise is found by its credit code or by exactly one of its names;
// nothing is guessed, and a column that is not known is a fault.
//
// An empty cell leaves what is known as it is; “/” takes it away.
//
// Limits: files (附件) do not come in by a table. A person's name becomes a
// person of its own in each row, for two people may share a name; a record
// that names the same people already keeps them.
package intake
