// Package app (总装) constructs the rooms and connects them, and holds the
// command line. It knows no rule and no SQL.
//
// One process owns a data folder: it holds DATA/lock and listens on
// DATA/gongmai.sock. A command that finds the lock held sends itself to the
// owner and prints the answer.
package app
