package demo

import (
	"math"

	"gongmai/internal/period"
)

// Working states of a plant in a month, as the bureau's lists name them.
const (
	normal  = "normal"
	reduced = "reduced"
	stopped = "stopped"
	resumed = "resumed"
)

// month is what a plant did in one month. Noise is drawn once, so that a
// corrected return differs only in what was corrected.
type month struct {
	output  float64 // 千元
	trend   float64 // what the plant does without season and events
	stock   float64 // finished goods at the end, 千元
	state   string
	reason  string
	workers float64
	noise   [14]float64 // standard normal, cut at 2
}

// plant is the economy of one enterprise over the months of the demo and the
// two years before: one that is entered as history, and one that it compares with.
type plant struct {
	prof   *Profile
	scale  float64 // median output of a month in the first year, 千元
	growth float64 // a year
	export float64 // share of sales
	lean   [6]float64
	first  period.Month
	begin  period.Month // of the demo: the scale is that of its first months
	months []month
	right  []values // of each month, as it was
}

// stop is a stretch of months in which a plant stands still or runs low.
type stop struct {
	from, to period.Month // to is the month of resumption
	share    float64      // of the output that remains
	reason   string
}

func (p *plant) draw(r stream, from, begin, to, open, closed period.Month, stops []stop) {
	p.first, p.begin, p.months = from, begin, make([]month, to-from+1)
	for i := range p.lean {
		p.lean[i] = math.Exp(0.12 * cut(r))
	}
	drift, stockLevel := 0.0, 0.0
	for i := range p.months {
		m := &p.months[i]
		at := from + period.Month(i)
		for j := range m.noise {
			m.noise[j] = cut(r)
		}
		drift = 0.7*drift + 0.05*m.noise[0]
		m.trend = p.scale * math.Pow(1+p.growth, float64(at-begin)/12)
		m.output = m.trend * p.prof.Season[at.Month()-1] * math.Exp(drift) * ramp(at, open, closed)
		m.state = normal
		for _, s := range stops {
			p.hold(m, at, s)
		}
		m.workers = m.trend * 12 / p.prof.PerWorker * p.lean[0]
		sold := m.output * p.saleRatio(m, stockLevel)
		stockLevel = max(0, stockLevel+m.output-sold)
		m.stock = stockLevel
	}
	for i := range p.months {
		v, _ := p.compute(from+period.Month(i), 1)
		p.right = append(p.right, v)
	}
}

func (p *plant) hold(m *month, at period.Month, s stop) {
	switch {
	case at >= s.from && at < s.to:
		m.output *= s.share
		m.state, m.reason = reduced, s.reason
		if s.share == 0 {
			m.state = stopped
		}
	case at == s.to && m.state == normal:
		m.state = resumed
		m.output *= 0.7
	}
}

// saleRatio sells what is made, and more when much lies in store.
func (p *plant) saleRatio(m *month, inStore float64) float64 {
	x := 0.97 + 0.015*m.noise[1]
	if inStore > 0.6*m.trend {
		x += 0.05
	}
	return x
}

// ramp is the share of full output in the months after commissioning.
func ramp(at, open, closed period.Month) float64 {
	switch n := at - open; {
	case n < 0, closed != 0 && at >= closed:
		return 0
	case n < 4:
		return 0.45 + 0.15*float64(n)
	}
	return 1
}

func cut(r stream) float64 { return max(-2, min(2, r.NormFloat64())) }

// values are all quantities of one month, in their own scale.
type values [quantities]int64

// at computes the quantities of a month. tilt is 1, or what a first, wrong
// return made of the month's activity.
func (p *plant) at(m period.Month, tilt float64) (v values, lat *month) {
	i := int(m - p.first)
	switch {
	case i < 0 || i >= len(p.months):
		return v, &month{state: stopped}
	case tilt == 1:
		return p.right[i], &p.months[i]
	}
	return p.compute(m, tilt)
}

func (p *plant) compute(m period.Month, tilt float64) (v values, lat *month) {
	i := int(m - p.first)
	lat = &p.months[i]
	before := 0.0
	if i > 0 {
		before = p.months[i-1].stock
	}
	out := lat.output * tilt
	set := func(q quantity, x float64) {
		v[q] = int64(math.Round(x * math.Pow10(int(measures[q].scale))))
	}
	set(output, out)
	set(sales, out*p.saleRatio(lat, before))
	set(export, float64(v[sales])*p.export)
	p.earnings(&v, lat, set)
	p.balance(&v, lat, i, set)
	p.energies(&v, lat, m.Month(), set)
	p.running(&v, lat, i, m, set)
	set(added, float64(v[output])*p.prof.Added*p.lean[5])
	set(addedReal, float64(v[added])/p.prof.Price*100)
	return v, lat
}

// earnings follows the lines of the income statement; the two profits are sums
// of what was rounded before, so that they agree to the last digit.
func (p *plant) earnings(v *values, m *month, set func(quantity, float64)) {
	n := m.noise
	rev := float64(v[sales]) * (1.02 + 0.01*n[2])
	set(revenue, rev)
	set(cost, rev*p.prof.Cost*p.lean[1]*(1+0.015*n[3])+0.06*m.trend)
	set(taxes, rev*0.007)
	set(selling, rev*0.018*p.lean[2])
	set(admin, 0.022*m.trend+rev*0.012)
	set(research, rev*p.prof.RnD*p.lean[3])
	set(interest, m.trend*12*p.prof.Assets*p.prof.Debt*0.5*0.043/12)
	set(finance, float64(v[interest])*1.06)
	set(otherIncome, max(0, rev*0.003*(1+n[4])))
	if n[5] > 1.5 {
		set(investment, m.trend*0.01*n[5])
		set(creditLoss, -m.trend*0.004*n[5])
	}
	if n[6] > 1.8 {
		set(assetLoss, -m.trend*0.006)
		set(disposal, m.trend*0.003*n[5])
	}
	v[operatingProfit] = v[revenue] - v[cost] - v[taxes] - v[selling] - v[admin] - v[research] - v[finance] +
		v[otherIncome] + v[investment] + v[creditLoss] + v[assetLoss] + v[disposal]
	set(extraIncome, max(0, rev*0.001*(1+n[7])))
	set(extraExpense, max(0, rev*0.0008*(1+n[8])))
	v[profit] = v[operatingProfit] + v[extraIncome] - v[extraExpense]
	set(incomeTax, max(0, float64(v[profit])*0.15))
	set(wages, m.workers*p.prof.Wage*(1+0.02*n[9]))
	set(vat, max(0, (rev-float64(v[cost])*0.82)*0.12))
}

// balance makes a sheet whose two sides are equal: equity is what remains.
func (p *plant) balance(v *values, m *month, i int, set func(quantity, float64)) {
	n := m.noise
	fixed := p.scale * 12 * p.prof.Assets * 0.75 * p.lean[4] * (1 + 0.003*float64(i))
	set(fixedAssets, fixed)
	set(depreciation, fixed*min(0.8, 0.28+0.0045*float64(i)))
	set(receivables, m.trend*2.1*p.lean[2]*(1+0.08*n[10]))
	set(finished, m.stock)
	set(inventory, m.stock+m.trend*0.8*p.lean[3])
	set(currentAssets, float64(v[receivables]+v[inventory])+m.trend*1.4*(1+0.1*n[11]))
	v[assets] = v[currentAssets] + v[fixedAssets] - v[depreciation] + int64(fixed*0.06)
	set(debt, float64(v[assets])*min(0.92, p.prof.Debt*p.lean[1]*(1+0.01*n[12])))
	set(currentDebt, float64(v[debt])*0.68)
	set(payables, float64(v[currentDebt])*0.42)
	v[equity] = v[assets] - v[debt]
}

func (p *plant) energies(v *values, m *month, calendarMonth int, set func(quantity, float64)) {
	made := float64(v[output]) / 1000
	winter := 1.0
	if calendarMonth <= 3 || calendarMonth >= 11 {
		winter = 1.25
	}
	set(power, (made*0.9+m.trend/1000*0.1)*p.prof.Power*p.lean[0]*(1+0.03*m.noise[13]))
	set(coal, made*p.prof.Coal*winter*p.lean[2])
	set(gas, made*p.prof.Gas*winter*p.lean[2])
	set(heat, made*p.prof.Heat*winter*p.lean[2])
	set(oil, made*p.prof.Oil)
	hundredth := func(q quantity) float64 { return float64(v[q]) / 100 }
	set(energy, hundredth(coal)*coalTce+hundredth(gas)*gasTce+hundredth(power)*powerTce+hundredth(heat)*heatTce+hundredth(oil))
}

func (p *plant) running(v *values, m *month, i int, at period.Month, set func(quantity, float64)) {
	days := float64(at.Last().DayOfMonth())
	full := m.trend * 1.32
	set(capacityRate, min(118, 100*float64(v[output])/full))
	switch m.state {
	case stopped:
		set(runningDays, 0)
	case reduced:
		set(runningDays, math.Floor(days*0.7))
	case resumed:
		set(runningDays, math.Floor(days*0.6))
	default:
		set(runningDays, days-2)
	}
	keep := 1.0
	if m.state == stopped {
		keep = 0.55
	}
	set(employees, max(3, m.workers*keep*(1+0.01*m.noise[9])))
	v[workers] = v[employees]
	set(lacking, max(0, m.workers*0.02*(m.noise[10]-0.8)))
	set(ordersNew, max(0, float64(v[output])*(1.02+0.12*m.noise[11])))
	set(orders, m.trend*1.8*(1+0.15*m.noise[12]))
	if i+1 < len(p.months) {
		set(nextOutput, p.months[i+1].output*(1+0.05*m.noise[4]))
	}
	year := 0.0
	for j := range p.months {
		if (p.first + period.Month(j)).Year() == at.Year() {
			year += p.months[j].output
		}
	}
	set(yearOutput, year*(1+0.02*m.noise[7]))
}
