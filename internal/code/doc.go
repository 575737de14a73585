// Package code (编码) holds the national codes that identify things: the
// unified social credit code (GB 32100-2015) with the organisation code inside
// it (GB 11714-1997), and the industrial classification (GB/T 4754-2017).
package code
