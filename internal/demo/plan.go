package demo

// Town is who and what there is.
type Town struct {
	People []Post      `yaml:"people"`
	Rows   []RowPlan   `yaml:"entries"`
	Firms  FirmPlan    `yaml:"enterprises"`
	Life   Life        `yaml:"life"`
	Frozen []ListTaken `yaml:"lists"`
}

// Post is somebody of the bureau, a park or another office.
type Post struct {
	Login  string   `yaml:"login"`
	Name   string   `yaml:"name"`
	Role   string   `yaml:"role"`
	Office string   `yaml:"office"`
	Parks  []string `yaml:"parks"`
}

// RowPlan is a record of a register that is there from the first day.
type RowPlan struct {
	Register string `yaml:"register"`
	Values   Fields `yaml:"values"`
}

// FirmPlan says which enterprises there are.
type FirmPlan struct {
	Named  []NamedFirm `yaml:"named"`
	Kinds  []FirmKind  `yaml:"kinds"`
	Brands []string    `yaml:"brands"`
	Roads  []string    `yaml:"roads"`
	Region string      `yaml:"region"` // six digits of the credit codes
	Suffix Weights     `yaml:"suffix"`
	Note   string      `yaml:"note"`
	Hold   Weights     `yaml:"holding"`
	Logins int         `yaml:"logins"` // how many named ones get an account
}

// NamedFirm is an enterprise that the annual summary names.
type NamedFirm struct {
	Name     string   `yaml:"name"`
	Short    string   `yaml:"short"`
	Profile  string   `yaml:"profile"`
	Industry string   `yaml:"industry"`
	Town     string   `yaml:"town"`
	Park     string   `yaml:"park"`
	Output   float64  `yaml:"output"` // 千元 a month; 0: by the profile
	Founded  int      `yaml:"founded"`
	Below    bool     `yaml:"below"` // not above scale
	Mute     bool     `yaml:"mute"`  // no industry: branches of operators
	Lists    []string `yaml:"lists"`
	Products []string `yaml:"products"`
}

// FirmKind makes the others.
type FirmKind struct {
	Profile  string   `yaml:"profile"`
	Weight   float64  `yaml:"weight"`
	Classes  []string `yaml:"classes"`
	Towns    Weights  `yaml:"towns"`
	Parks    Weights  `yaml:"parks"` // "-" is none
	Words    []string `yaml:"words"`
	Products []string `yaml:"products"`
	Lists    []string `yaml:"lists"`
}

// Life says how enterprises come and go, a year per 100 of them.
type Life struct {
	Above       string  `yaml:"above"` // the list of above-scale industry
	Park        string  `yaml:"park"`  // the list of park enterprises
	Key         string  `yaml:"key"`   // the list of key enterprises
	KeyShare    float64 `yaml:"key_share"`
	AboveShare  float64 `yaml:"above_share"`
	Monthly     float64 `yaml:"monthly"` // enter above scale when commissioned
	Annual      float64 `yaml:"annual"`  // enter with the batch of November, in force in January
	Leave       float64 `yaml:"leave"`   // leave the list in January
	Founded     float64 `yaml:"founded"`
	Closed      float64 `yaml:"closed"`
	Suspended   float64 `yaml:"suspended"`
	Stops       float64 `yaml:"stops"` // an above-scale plant stands still for some months
	Reduces     float64 `yaml:"reduces"`
	Reasons     Weights `yaml:"reasons"`
	LeaveReason Texts   `yaml:"leave_reason"`
}

// ListTaken is a frozen list: who was on a list on a day, kept as it was.
type ListTaken struct {
	Register string `yaml:"register"`
	Month    int    `yaml:"month"`
	Day      int    `yaml:"day"`
	List     string `yaml:"list"` // empty: all that are not deregistered
	Members  string `yaml:"members"`
	Values   Fields `yaml:"values"`
}

// Profile is how the enterprises of a trade do.
type Profile struct {
	Code      string    `yaml:"code"`
	Chain     string    `yaml:"chain"`
	Output    float64   `yaml:"output"` // median output of an above-scale plant, 千元 a month
	Spread    float64   `yaml:"spread"`
	Growth    float64   `yaml:"growth"` // % a year
	Season    []float64 `yaml:"season"` // of 12 months, mean 1
	Price     float64   `yaml:"price"`  // this year's prices on last year's, %
	Added     float64   `yaml:"added"`  // value added of output
	Cost      float64   `yaml:"cost"`   // of revenue
	Export    float64   `yaml:"export"` // share of plants that export
	PerWorker float64   `yaml:"per_worker"`
	Wage      float64   `yaml:"wage"` // 千元 a month
	RnD       float64   `yaml:"rnd"`
	Assets    float64   `yaml:"assets"` // assets to a year's output
	Debt      float64   `yaml:"debt"`
	Power     float64   `yaml:"power"` // 万千瓦时 per 千元 of output × 1000
	Coal      float64   `yaml:"coal"`  // 吨 per 千元 × 1000
	Gas       float64   `yaml:"gas"`   // 万立方米 per 千元 × 1000
	Heat      float64   `yaml:"heat"`  // 百万千焦 per 千元 × 1000
	Oil       float64   `yaml:"oil"`   // 吨标准煤 per 千元 × 1000
}
