// Package sheet (表格) writes workbooks for people and reads them back.
//
// It knows columns, not forms: a Sheet is a table with a title, a head and a
// foot, laid out as a list (a row for each enterprise) or as a card (one
// enterprise, a row for each item). Both are the same table to a program: a
// Row has an id and a Value for each Column, and a card is a list turned over.
//
// Out: Write makes an .xlsx whose labels are locked and whose input cells
// check what is typed; WriteCSV makes plain text. The same Book gives the same
// bytes.
//
// In: Read takes any .xlsx and returns what its cells hold, undecided; Match
// finds the table that a Spec describes and decides by the types of the Spec.
// A hidden sheet, _gongmai, says where Write put what. It is a help and not a
// proof: ids and labels in a file are checked against the Spec, and a file
// without it is read by its header.
//
// Types come from the form: 45678 is a day only where the column says so, and
// text is a number only where its digits leave no doubt. An empty cell is
// never zero.
//
// Limits: cells merged below the header are read as their first cell only;
// formulas are read by their saved value; .xls, .et and .csv are refused with
// a sentence that says what to do; a figure of more than 15 digits is written
// as text, for spreadsheets keep no more.
package sheet
