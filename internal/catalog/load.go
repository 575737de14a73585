package catalog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gongmai/internal/code"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/unit"
)

// Catalogue is everything, checked.
type Catalogue struct {
	Registers  map[string]*Register
	Forms      map[string]*Form
	Ledgers    map[string]*Ledger
	Flows      map[string]*Flow
	Indicators map[string]*Indicator
	Outlines   map[string]*Outline
	Bindings   map[string]*Bindings
	Roles      map[string]*Role
	Lists      map[string]*List
	Holidays   map[int]*Holidays
	Settings   map[string]string
	Units      unit.Table
	Industries *code.Industries

	Files     map[string][]byte // every file it was made of, by path
	Digest    string            // of all of them
	Overrides []Override
	Edition   int64 // its number once it is in force
}

// Override is a file of the county that replaces an embedded definition.
type Override struct {
	File        string `json:"file"`
	Key         string `json:"key"`
	Replaces    string `json:"replaces"`     // digest of the embedded text it was made from
	BaseChanged bool   `json:"base_changed"` // that text is another one today
}

// Bindings fit the masks of a finished text to indicators.
type Bindings struct {
	Pos
	Code string `yaml:"bindings"`
	Label
	Report string `yaml:"report"`
	Masks  []Mask `yaml:"masks"`
}

// Mask is one masked place of a text, by its order of occurrence from 1.
type Mask struct {
	Pos
	N    int    `yaml:"n"`
	Code string `yaml:"code"`
	Form string `yaml:"form"` // as in a placeholder: tens, 亿元
	Note string `yaml:"note"`
}

type unitFile struct {
	Pos
	Units map[string]struct {
		Pos
		Dimension string       `yaml:"dimension"`
		Factor    unit.Decimal `yaml:"factor"`
		En        string       `yaml:"en"`
	} `yaml:"units"`
}

// definition is one YAML document: what it defines, and where it stands.
type definition struct {
	kind, code string
	file       string
	node       *yaml.Node
	replaces   string
}

var kinds = []string{"register", "form", "ledger", "flow", "indicator", "report", "bindings", "role", "list", "holidays", "settings", "units"}

// Load reads the embedded files and, over them, those of the county (own may
// be nil). All faults are found before it answers with any.
func Load(base, own fs.FS) (*Catalogue, error) {
	var faults errs.Faults
	c := &Catalogue{
		Registers: map[string]*Register{}, Forms: map[string]*Form{}, Ledgers: map[string]*Ledger{}, Flows: map[string]*Flow{},
		Indicators: map[string]*Indicator{}, Outlines: map[string]*Outline{}, Bindings: map[string]*Bindings{}, Roles: map[string]*Role{},
		Lists: map[string]*List{}, Holidays: map[int]*Holidays{}, Settings: map[string]string{}, Units: unit.Table{},
		Files: map[string][]byte{},
	}
	defs := c.read(base, "", &faults)
	if own != nil {
		for key, d := range c.read(own, "own/", &faults) {
			if b, ok := defs[key]; ok {
				c.Overrides = append(c.Overrides, Override{File: d.file, Key: key, Replaces: d.replaces, BaseChanged: d.replaces != "" && d.replaces != b.digest()})
			}
			defs[key] = d
		}
	}
	keys := make([]string, 0, len(defs))
	for k := range defs {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		c.define(defs[k], &faults)
	}
	c.Digest = digestFiles(c.Files)
	if len(faults) == 0 {
		c.check(&faults)
	}
	return c, faults.Err()
}

func digestFiles(files map[string][]byte) string {
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, n := range names {
		h.Write([]byte(n + "\x00" + strconv.Itoa(len(files[n])) + "\x00"))
		h.Write(files[n])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// read collects the definitions of every file of a tree, by "kind code".
func (c *Catalogue) read(tree fs.FS, prefix string, faults *errs.Faults) map[string]definition {
	defs := map[string]definition{}
	err := fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && name == "demo" {
			return fs.SkipDir // the script of the demo county is read by its own room
		}
		if err != nil || e.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		ext := path.Ext(name)
		if ext != ".yaml" && ext != ".csv" {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		c.Files[prefix+name] = text
		if ext == ".csv" {
			if path.Base(name) == "gbt4754-2017-industry.csv" {
				if c.Industries, err = code.ReadIndustries(bytes.NewReader(text)); err != nil {
					faults.Add(prefix+name, "%v", err)
				}
			}
			return nil
		}
		for _, d := range split(prefix+name, text, faults) {
			key := d.kind + " " + d.code
			if old, ok := defs[key]; ok {
				faults.Add(d.file+":"+strconv.Itoa(d.node.Line), "%s 已在 %s 中定义", key, old.file)
				continue
			}
			defs[key] = d
		}
		return nil
	})
	if err != nil {
		faults.Add(prefix, "读取业务目录：%v", err)
	}
	return defs
}

// split parses the documents of one file.
func split(file string, text []byte, faults *errs.Faults) []definition {
	var out []definition
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			faults.Add(file, "不是正确的 YAML：%v", err)
			return out
		}
		if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
			continue
		}
		out = append(out, definitionOf(file, doc.Content[0], faults))
	}
}

func definitionOf(file string, n *yaml.Node, faults *errs.Faults) definition {
	d := definition{file: file, node: n}
	var rest []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i].Value, n.Content[i+1]
		if k == "replaces" {
			d.replaces = v.Value
			continue
		}
		if d.kind == "" {
			d.kind = k
			if v.Kind == yaml.ScalarNode {
				d.code = v.Value
			}
		}
		rest = append(rest, n.Content[i], v)
	}
	n.Content = rest
	if !slices.Contains(kinds, d.kind) {
		faults.Add(file+":"+strconv.Itoa(n.Line), "第一项应说明定义什么（%s），现为 %s", strings.Join(kinds, "、"), d.kind)
	}
	return d
}

// digest is of what d says, comments and replaces aside. It is asked only for
// what is replaced: writing all definitions out again costs a start its time.
func (d definition) digest() string {
	text, err := yaml.Marshal(d.node)
	if err != nil {
		return "" // no digest equals it: the base counts as changed
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func (c *Catalogue) define(d definition, faults *errs.Faults) {
	dec := &decoder{file: d.file, faults: faults}
	switch d.kind {
	case "register":
		x := into[Register](dec, d)
		x.Kind = fact.Kind("register:" + x.Code)
		c.Registers[x.Code] = x
	case "form":
		x := into[Form](dec, d)
		x.Kind = fact.Kind("survey:" + x.Code)
		c.Forms[x.Code] = x
	case "ledger":
		x := into[Ledger](dec, d)
		x.Kind = fact.Kind("ledger:" + x.Code)
		c.Ledgers[x.Code] = x
	case "flow":
		x := into[Flow](dec, d)
		c.Flows[x.Code] = x
	case "indicator":
		x := into[Indicator](dec, d)
		c.Indicators[x.Code] = x
	case "report":
		x := into[Outline](dec, d)
		c.Outlines[x.Code] = x
	case "bindings":
		x := into[Bindings](dec, d)
		c.Bindings[x.Code] = x
	case "role":
		x := into[Role](dec, d)
		c.Roles[x.Code] = x
	case "list":
		x := into[List](dec, d)
		c.Lists[x.Code] = x
	case "holidays":
		x := into[Holidays](dec, d)
		c.Holidays[x.Year] = x
	case "settings":
		for k, v := range into[Settings](dec, d).Values {
			c.Settings[k] = v
		}
	case "units":
		for k, u := range into[unitFile](dec, d).Units {
			c.Units[unit.Code(k)] = unit.Unit{Code: unit.Code(k), Dimension: u.Dimension, Factor: u.Factor}
		}
	}
}

func into[T any](dec *decoder, d definition) *T {
	x := new(T)
	dec.decode(d.node, reflect.ValueOf(x).Elem())
	return x
}

// ReadBindings reads a bindings file and checks it against the catalogue.
func (c *Catalogue) ReadBindings(name string, text []byte) (*Bindings, error) {
	var faults errs.Faults
	for _, d := range split(name, text, &faults) {
		if d.kind != "bindings" {
			continue
		}
		b := into[Bindings](&decoder{file: name, faults: &faults}, d)
		(&checker{c, &faults}).masks(b)
		return b, faults.Err()
	}
	faults.Add(name, "文件里没有 bindings")
	return nil, faults.Err()
}
