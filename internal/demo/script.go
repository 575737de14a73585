package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gongmai/internal/errs"
)

// Script is what happens in the county: the files of catalog/demo.
type Script struct {
	Town     Town
	Profiles []Profile
	Forms    []FormPlan
	Letters  []Letter
	Ledgers  []LedgerPlan
	Walk     Walk
}

// document is one YAML document of the script; it states one of these.
type document struct {
	Town    *Town       `yaml:"town"`
	Profile *Profile    `yaml:"profile"`
	Form    *FormPlan   `yaml:"form"`
	Letter  *Letter     `yaml:"given"`
	Ledger  *LedgerPlan `yaml:"ledger"`
	Walk    *Walk       `yaml:"walk"`
}

// ReadScript reads every YAML file of a tree, strictly: an unknown key is an error.
func ReadScript(tree fs.FS) (s *Script, err error) {
	defer errs.Wrap(&err, "reading the script of the demo")
	names, err := fs.Glob(tree, "*.yaml")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errs.Say(errs.NotFound, "没有演示脚本")
	}
	s = &Script{}
	for _, name := range names { // sorted by Glob
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		if err := s.read(text); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
	}
	return s, nil
}

func (s *Script) read(text []byte) error {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	for {
		var d document
		err := dec.Decode(&d)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case d.Town != nil:
			s.Town = *d.Town
		case d.Profile != nil:
			s.Profiles = append(s.Profiles, *d.Profile)
		case d.Form != nil:
			s.Forms = append(s.Forms, *d.Form)
		case d.Letter != nil:
			s.Letters = append(s.Letters, *d.Letter)
		case d.Ledger != nil:
			s.Ledgers = append(s.Ledgers, *d.Ledger)
		case d.Walk != nil:
			s.Walk = *d.Walk
		}
	}
}

// profile finds a profile by its code.
func (s *Script) profile(code string) *Profile {
	for i := range s.Profiles {
		if s.Profiles[i].Code == code {
			return &s.Profiles[i]
		}
	}
	return nil
}

// strict decodes a node and refuses unknown keys, which Node.Decode does not.
func strict(n *yaml.Node, out any) error {
	text, err := yaml.Marshal(n)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(out); err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	return nil
}

// Span is a number, or two with .. between them, ends included.
type Span struct{ From, To float64 }

// UnmarshalYAML reads 5, 3..10 or -20..-5.
func (s *Span) UnmarshalYAML(n *yaml.Node) (err error) {
	from, to, two := strings.Cut(n.Value, "..")
	if s.From, err = strconv.ParseFloat(from, 64); err != nil {
		return fmt.Errorf("line %d: %q should read 5 or 3..10", n.Line, n.Value)
	}
	if s.To = s.From; two {
		if s.To, err = strconv.ParseFloat(to, 64); err != nil || s.To < s.From {
			return fmt.Errorf("line %d: %q should read 5 or 3..10", n.Line, n.Value)
		}
	}
	return nil
}

func (s *Span) whole(r stream) int {
	if s == nil {
		return 0
	}
	return r.in(int(s.From), int(s.To))
}

// Texts is one text or several, of which one is drawn.
type Texts []string

// UnmarshalYAML reads a scalar or a list of them.
func (t *Texts) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*t = Texts{n.Value}
		return nil
	}
	var list []string
	err := n.Decode(&list)
	*t = list
	return err
}

// Weights are options with how often each is drawn, in the order of the file.
type Weights struct {
	Keys  []string
	Worth []float64
}

// UnmarshalYAML reads {a: 3, b: 1}, a list that is drawn from evenly, or one option.
func (w *Weights) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		w.Keys, w.Worth = []string{n.Value}, []float64{1}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			w.Keys, w.Worth = append(w.Keys, c.Value), append(w.Worth, 1)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			x, err := strconv.ParseFloat(n.Content[i+1].Value, 64)
			if err != nil || x < 0 {
				return fmt.Errorf("line %d: weight %q", n.Line, n.Content[i+1].Value)
			}
			w.Keys, w.Worth = append(w.Keys, n.Content[i].Value), append(w.Worth, x)
		}
	}
	return nil
}

func (w Weights) draw(r stream) string {
	if len(w.Keys) == 0 {
		return ""
	}
	return w.Keys[r.weighted(w.Worth)]
}
