package bench

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"time"
)

//go:embed frames.py
var framesScript string

// frames is what the script printed.
type frames struct {
	Version string
	Pages   float64 // CPU seconds
	AtOnce  float64 `json:"at_once"`
	Answers [][6]any
}

func (p *frames) pages() time.Duration  { return time.Duration(p.Pages * 1e9) }
func (p *frames) atOnce() time.Duration { return time.Duration(p.AtOnce * 1e9) }

// python finds an interpreter that has pandas: the distribution's own, or the
// one in the path.
func python() string {
	for _, p := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(p, "-c", "import pandas").Run() == nil {
			return p
		}
	}
	return ""
}

// runPandas returns nil where pandas is not installed.
func runPandas(firms []firm) (*frames, error) {
	bin := python()
	if bin == "" {
		return nil, nil
	}
	var in, out, log bytes.Buffer
	in.WriteString("item,month,division,town,value\n")
	for i := range firms {
		f := &firms[i]
		for m := range months {
			for n, v := range f.cells[m] {
				if v != none {
					fmt.Fprintf(&in, "%d,%d,%s,%s,%d\n", n, m, f.division, f.town, v)
				}
			}
		}
	}
	cmd := exec.Command(bin, "-c", framesScript)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &log
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("running pandas: %w\n%s", err, log.Bytes())
	}
	p := &frames{}
	return p, json.Unmarshal(out.Bytes(), p)
}

func (p *frames) answers() answers {
	out := answers{}
	for _, a := range p.Answers {
		k := key{item: int(a[0].(float64)), measure: a[1].(string), by: a[2].(string), part: a[3].(string), m: int(a[4].(float64))}
		out[k] = a[5].(float64)
	}
	return out
}
