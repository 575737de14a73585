// Package bench (对比) sets what we do beside what others do with the same
// input, in CPU seconds of both processes, and prints the versions of both.
// Times of wall clocks say little on shared machines, so none is printed.
package bench
