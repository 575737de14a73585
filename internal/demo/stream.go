package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
)

// stream is the random numbers of one subject. Each subject has its own, so
// that another case more or less does not change what happens elsewhere.
type stream struct{ *rand.Rand }

func streamOf(seed uint64, parts ...any) stream {
	h := sha256.New()
	fmt.Fprintf(h, "%d", seed)
	for _, p := range parts {
		fmt.Fprintf(h, "|%v", p)
	}
	sum := h.Sum(nil)
	return stream{rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:])))}
}

// in draws evenly between two whole numbers, ends included.
func (s stream) in(from, to int) int {
	if to <= from {
		return from
	}
	return from + s.IntN(to-from+1)
}

// between draws evenly between two numbers.
func (s stream) between(from, to float64) float64 { return from + (to-from)*s.Float64() }

// around draws lognormally: half of the values lie below median.
func (s stream) around(median, spread float64) float64 {
	return median * math.Exp(spread*max(-2.5, min(2.5, s.NormFloat64())))
}

// chance is true with probability p.
func (s stream) chance(p float64) bool { return s.Float64() < p }

// number draws how many there are when x are expected: the whole part, and one
// more with the probability of the rest.
func (s stream) number(x float64) int {
	n := math.Floor(x)
	if s.chance(x - n) {
		n++
	}
	return int(n)
}

// weighted draws an index by weights.
func (s stream) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := s.Float64() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// oneOf draws a member of a list; the zero value of an empty one.
func oneOf[T any](s stream, list []T) (x T) {
	if len(list) == 0 {
		return x
	}
	return list[s.IntN(len(list))]
}
