package golden

// edit is one line of a comparison: kept ' ', only in want '-', only in got '+'.
type edit struct {
	sign byte
	line string
}

// mostCells bounds the table of compare: 4 million cells of 4 bytes.
const mostCells = 4 << 20

// compare aligns two texts by their longest common subsequence of lines. What
// is too large for that is shown as all out, all in.
func compare(want, got []string) []edit {
	head := 0
	for head < len(want) && head < len(got) && want[head] == got[head] {
		head++
	}
	tail := 0
	for tail < len(want)-head && tail < len(got)-head && want[len(want)-1-tail] == got[len(got)-1-tail] {
		tail++
	}
	var edits []edit
	edits = mark(edits, ' ', want[:head])
	edits = append(edits, align(want[head:len(want)-tail], got[head:len(got)-tail])...)
	return mark(edits, ' ', want[len(want)-tail:])
}

func align(want, got []string) []edit {
	if len(want)*len(got) > mostCells {
		return mark(mark(nil, '-', want), '+', got)
	}
	common := table(want, got)
	var edits []edit
	i, j := 0, 0
	for i < len(want) && j < len(got) {
		switch {
		case want[i] == got[j]:
			edits = append(edits, edit{' ', want[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			edits = append(edits, edit{'-', want[i]})
			i++
		default:
			edits = append(edits, edit{'+', got[j]})
			j++
		}
	}
	return mark(mark(edits, '-', want[i:]), '+', got[j:])
}

// table[i][j] is the length of the longest common subsequence of want[i:] and
// got[j:].
func table(want, got []string) [][]int32 {
	t := make([][]int32, len(want)+1)
	t[len(want)] = make([]int32, len(got)+1)
	for i := len(want) - 1; i >= 0; i-- {
		t[i] = make([]int32, len(got)+1)
		for j := len(got) - 1; j >= 0; j-- {
			if want[i] == got[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}

func mark(edits []edit, sign byte, lines []string) []edit {
	for _, l := range lines {
		edits = append(edits, edit{sign, l})
	}
	return edits
}
