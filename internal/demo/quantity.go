package demo

import (
	"gongmai/internal/unit"
)

// Quantities of the economy that the items of forms take. A flow adds up over
// the months of a year, a stock is the state at a month's end, a mean is the
// average of the months so far.
type quantity int

const (
	output quantity = iota
	sales
	export
	revenue
	cost
	taxes
	selling
	admin
	research
	finance
	interest
	otherIncome
	investment
	creditLoss
	assetLoss
	disposal
	operatingProfit
	extraIncome
	extraExpense
	profit
	incomeTax
	wages
	vat
	currentAssets
	receivables
	inventory
	finished
	fixedAssets
	depreciation
	assets
	currentDebt
	payables
	debt
	equity
	workers
	employees
	lacking
	coal
	gas
	power
	heat
	oil
	energy
	runningDays
	capacityRate
	ordersNew
	orders
	nextOutput
	yearOutput
	added
	addedReal
	quantities
)

type accrual int

const (
	flow accrual = iota
	stock
	mean
)

// measure is how a quantity is kept: as a whole number of 10^-scale units.
type measure struct {
	name  string
	kind  accrual
	unit  unit.Code
	scale uint8
}

var measures = [quantities]measure{
	output: {"output", flow, "千元", 0}, sales: {"sales", flow, "千元", 0}, export: {"export", flow, "千元", 0},
	revenue: {"revenue", flow, "千元", 0}, cost: {"cost", flow, "千元", 0}, taxes: {"taxes", flow, "千元", 0},
	selling: {"selling", flow, "千元", 0}, admin: {"admin", flow, "千元", 0}, research: {"research", flow, "千元", 0},
	finance: {"finance", flow, "千元", 0}, interest: {"interest", flow, "千元", 0}, otherIncome: {"other_income", flow, "千元", 0},
	investment: {"investment", flow, "千元", 0}, creditLoss: {"credit_loss", flow, "千元", 0}, assetLoss: {"asset_loss", flow, "千元", 0},
	disposal: {"disposal", flow, "千元", 0}, operatingProfit: {"operating_profit", flow, "千元", 0},
	extraIncome: {"extra_income", flow, "千元", 0}, extraExpense: {"extra_expense", flow, "千元", 0}, profit: {"profit", flow, "千元", 0},
	incomeTax: {"income_tax", flow, "千元", 0}, wages: {"wages", flow, "千元", 0}, vat: {"vat", flow, "千元", 0},
	currentAssets: {"current_assets", stock, "千元", 0}, receivables: {"receivables", stock, "千元", 0}, inventory: {"inventory", stock, "千元", 0},
	finished: {"finished", stock, "千元", 0}, fixedAssets: {"fixed_assets", stock, "千元", 0}, depreciation: {"depreciation", stock, "千元", 0},
	assets: {"assets", stock, "千元", 0}, currentDebt: {"current_debt", stock, "千元", 0}, payables: {"payables", stock, "千元", 0},
	debt: {"debt", stock, "千元", 0}, equity: {"equity", stock, "千元", 0},
	workers: {"workers", mean, "人", 0}, employees: {"employees", stock, "人", 0}, lacking: {"lacking", stock, "人", 0},
	coal: {"coal", flow, "吨", 2}, gas: {"gas", flow, "万立方米", 2}, power: {"power", flow, "万千瓦时", 2},
	heat: {"heat", flow, "百万千焦", 2}, oil: {"oil", flow, "吨标准煤", 2}, energy: {"energy", flow, "吨标准煤", 2},
	runningDays: {"running_days", flow, "天", 0}, capacityRate: {"capacity_rate", stock, "%", 1},
	ordersNew: {"orders_new", flow, "千元", 0}, orders: {"orders", stock, "千元", 0},
	nextOutput: {"next_output", stock, "千元", 0}, yearOutput: {"year_output", stock, "千元", 0},
	added: {"added", flow, "千元", 0}, addedReal: {"added_real", flow, "千元", 0},
}

func quantityOf(name string) (quantity, bool) {
	for q := range quantities {
		if measures[q].name == name {
			return q, true
		}
	}
	return 0, false
}

// Conversion to standard coal, tce per unit: GB/T 2589-2020 annex A, and the
// measured heat of the county's natural gas.
const (
	coalTce  = 0.7143
	gasTce   = 12.143
	powerTce = 1.229
	heatTce  = 0.03412
)
