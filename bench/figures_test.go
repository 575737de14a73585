package bench

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gongmai/internal/document"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

const enterprises = 300

// BenchmarkSideBySide prints ratios; it is run once.
func BenchmarkSideBySide(b *testing.B) {
	firms, all := makeFirms(enterprises), pages()
	facts := count(firms)
	c := write(b, firms)
	c, load := c.load()
	r := startRival(b, firms)
	p, err := runPandas(firms)
	if err != nil {
		b.Fatal(err)
	}
	say("\n%s · %s · %s · %s", cpuModel(), runtime.Version(), r.version(), p.name())
	say("%d 户 × %d 个月 × %d 项（%d 个事实）；全县、行业大类、乡镇；当月、累计、累计同比：%d 次查询", enterprises, months, items, facts, len(all))

	want := c.answers()
	agree(b, want, "PostgreSQL 逐次查询", r.answers(all))
	agree(b, want, "PostgreSQL 一条语句", r.answersAtOnce())
	if p != nil {
		agree(b, want, "pandas", p.answers())
	}
	say("各方答案相同：%d 个数", len(want))

	ours := c.inOneReading(all, true)
	again := c.inOneReading(all, false)
	fresh := c.inReadings(all)
	each, backend := r.measure(func() {
		for _, x := range all {
			r.show(x, func(string, float64) {})
		}
	})
	once, onceBackend := r.measure(func() { r.showEverything(func(key, float64) {}) })

	say("\n%-44s %12s %12s %10s", "", "CPU", "每次查询", "倍数")
	line := func(name string, cpu time.Duration) {
		say("%-44s %12s %12s %9.1f×", name, cpu.Round(10*time.Microsecond), (cpu / time.Duration(len(all))).Round(10*time.Nanosecond), float64(cpu)/float64(ours.cpu))
	}
	line("本系统，从事实算起（带溯源摘要）", ours.cpu)
	line("本系统，各月的和已在架上", again.cpu)
	line("本系统，同上，每次查询另开一次读取", fresh.cpu)
	line("PostgreSQL (a) 逐次查询，服务端与客户端", each.cpu)
	line("PostgreSQL (a) 只计服务端", backend)
	line("PostgreSQL (b) 一条语句全部算出，服务端与客户端", once.cpu)
	line("PostgreSQL (b) 只计服务端", onceBackend)
	if p != nil {
		line("pandas 逐次查询", p.pages())
		line("pandas 一次全部算出", p.atOnce())
	}
	say("\n首次装载：表 CPU %s（SQLite → 内存，每个事实 %.0f 字节）；名录、分组等到页面可用 CPU %s（%.1f MB）",
		load.table.cpu.Round(time.Millisecond), float64(load.tableBytes)/float64(facts), load.pages.cpu.Round(time.Millisecond), float64(load.pageBytes)/1e6)
	c.correct(firms)
	c.scale(b, ours, all)
	b.ReportMetric(float64(each.cpu)/float64(ours.cpu), "×PostgreSQL")
	b.ReportMetric(0, "ns/op")
}

func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func count(firms []firm) (n int) {
	for i := range firms {
		for m := range months {
			for _, v := range firms[i].cells[m] {
				if v != none {
					n++
				}
			}
		}
	}
	return n
}

func (p *frames) name() string {
	if p == nil {
		return "pandas 未安装，不比较（Debian：apt-get install python3-pandas）"
	}
	return "pandas " + p.Version
}

func cpuModel() string {
	b, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for l := range strings.Lines(string(b)) {
		if name, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(v)
		}
	}
	return runtime.GOARCH
}

// agree fails where another side has other answers; growth is compared to a
// millionth of a percent, since it comes as a float there.
func agree(tb testing.TB, want answers, name string, got answers) {
	tb.Helper()
	wrong := 0
	for k, v := range want {
		g, ok := got[k]
		if k.measure == growth {
			ok = ok && math.Abs(g-v) < 2e-6
		} else {
			ok = ok && g == v
		}
		if !ok {
			if wrong++; wrong < 5 {
				tb.Errorf("%s: %+v = %v, we say %v", name, k, g, v)
			}
		}
	}
	if wrong > 0 || len(got) != len(want) {
		tb.Fatalf("%s: %d of %d answers differ, it gives %d", name, wrong, len(want), len(got))
	}
}

func (r *rival) answers(all []page) answers {
	out := answers{}
	for _, p := range all {
		r.show(p, func(part string, v float64) { out[key{p.item, p.measure, p.by, part, p.m}] = v })
	}
	return out
}

func (r *rival) answersAtOnce() answers {
	out := answers{}
	r.showEverything(func(k key, v float64) { out[k] = v })
	return out
}

const rounds = 10

// inOneReading evaluates all pages as one page would that shows them all: no
// figure is computed twice. From the facts: nothing is known from before.
func (c *county) inOneReading(all []page, fromFacts bool) cost {
	runtime.GC()
	return measure(c.tb, func() {
		for range rounds {
			if fromFacts {
				c.clear()
			}
			r := c.read()
			for _, p := range all {
				c.show(r, p, round)
			}
		}
	}).per(rounds)
}

// inReadings opens a reading for every page, as so many requests would.
func (c *county) inReadings(all []page) cost {
	runtime.GC()
	return measure(c.tb, func() {
		for _, p := range all {
			c.show(c.read(), p, round)
		}
	})
}

// correct corrects one return and reads everything that hangs on its period.
func (c *county) correct(firms []firm) {
	m := months - 1
	p := (first + period.Month(m)).Period()
	cells := firms[7].body(m)
	var writing, reading cost
	for n := range rounds {
		cells = cells.With(firms[n].body(m)...)
		writing = add(writing, measure(c.tb, func() {
			_, err := c.survey.Submit(c.ctx, survey.Return{Form: "BENCH", Period: p, Enterprise: firms[7].code, Cells: cells, Reason: "更正"})
			c.must(err)
		}))
		reading = add(reading, measure(c.tb, func() { c.all(m) }))
	}
	writing, reading = writing.per(rounds), reading.per(rounds)
	say("更正一份报表：写入 %s；重算全部 %d 个指标（全县）和 %d 项的全部分组 %s（CPU %s）",
		writing.wall.Round(100*time.Microsecond), len(c.keeper.Now().Indicators), items, reading.wall.Round(100*time.Microsecond), reading.cpu.Round(100*time.Microsecond))
}

func add(a, b cost) cost { return cost{a.cpu + b.cpu, a.wall + b.wall} }

// all evaluates every indicator of the catalogue for the county, and every item
// in all its parts, up to one month.
func (c *county) all(m int) {
	r := c.read()
	span := period.YTD(first + period.Month(m))
	for code := range c.keeper.Now().Indicators {
		_, err := r.Figure(c.ctx, code, indicator.County, span)
		c.must(err)
	}
	for n := range items {
		for _, by := range dimensions {
			for _, measure := range []string{month, ytd, growth} {
				c.show(r, page{n, measure, by, m}, round)
			}
		}
	}
}

// scale does the same with ten times the enterprises.
func (c *county) scale(b *testing.B, one cost, all []page) {
	big, load := write(b, makeFirms(10*enterprises)).load()
	ten := big.inOneReading(all, true)
	say("%d 户 → %d 户：CPU %s → %s，%.1f 倍（首次装载 %s）", enterprises, 10*enterprises,
		one.cpu.Round(time.Millisecond), ten.cpu.Round(time.Millisecond), float64(ten.cpu)/float64(one.cpu), (load.table.cpu + load.pages.cpu).Round(time.Millisecond))
}

// BenchmarkAnnualReport writes the annual report of the demo county as DOCX.
func BenchmarkAnnualReport(b *testing.B) {
	archive, ctx := demoCounty(b)
	var times []time.Duration
	var size int
	for range rounds {
		var out bytes.Buffer
		start := time.Now()
		rep, _, err := archive.Make(ctx, report.Ask{Outline: "annual", Year: 2025})
		if err != nil {
			b.Fatal(err)
		}
		if err := document.WriteDOCX(&out, rep.Document); err != nil {
			b.Fatal(err)
		}
		times, size = append(times, time.Since(start)), out.Len()
	}
	cold := times[0]
	slices.Sort(times)
	say("\n年度总结（演示县）→ DOCX：首次 %s（含装载），以后中位 %s；%d 字节", cold.Round(time.Millisecond), times[rounds/2].Round(100*time.Microsecond), size)
	b.ReportMetric(float64(times[rounds/2])/1e6, "ms/report")
	b.ReportMetric(0, "ns/op")
}
