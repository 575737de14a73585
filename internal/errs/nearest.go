package errs

// Nearest returns the word most like w, or "" when none is like it: at most a
// third of its letters differ (and at least one may).
func Nearest(w string, words []string) string {
	best, least := "", max(1, len([]rune(w))/3)+1
	for _, x := range words {
		if d := distance([]rune(w), []rune(x)); d < least {
			best, least = x, d
		}
	}
	return best
}

// distance is the Levenshtein distance.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diag := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diag, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diag+cost)
		}
	}
	return row[len(b)]
}
