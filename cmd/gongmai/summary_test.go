package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"gongmai/internal/app"
)

// The masked annual summary of a county fills itself, 71 of 71, on a demo
// county; what it counts is what its lineage lists, and the sums it states add up.
func TestAnnualSummaryFillsItself(t *testing.T) {
	seed, err := filepath.Abs("../../../shared/seed/annual-summary.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(seed); err != nil {
		t.Fatalf("the annual summary is not at hand: %v", err)
	}
	dir := t.TempDir()
	well(t, dir, "demo", "--enterprises", "40", "--years", "2")
	var r app.ReportJSON
	out := well(t, dir, "report", "fill", "--period", "2025", "--text", seed, "--format", "json")
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Figures) != 71 || len(r.Missing) != 0 {
		t.Fatalf("%d figures, missing %+v; want 71 and none", len(r.Figures), r.Missing)
	}
	kinds, value := map[string]int{}, map[string]int{}
	for i, f := range r.Figures {
		if f.N != i+1 || f.Text == "" || f.Value == nil {
			t.Errorf("mask %d: %+v", i+1, f)
			continue
		}
		kinds[f.Kind]++
		n, err := strconv.Atoi(*f.Value)
		if err != nil {
			continue // a text, or an amount with places
		}
		value[f.Code] = n
		if f.Unit != "" && f.Source == "records" && f.Kind == "counted" && len(f.Lineage.Facts) != n && !sums[f.Code] {
			t.Errorf("%s is %d and lists %d facts", f.Code, n, len(f.Lineage.Facts))
		}
	}
	if kinds["counted"] != 31 || kinds["reported"] != 9 || kinds["derived"] != 6 || kinds["text-parameter"] != 25 {
		t.Errorf("kinds = %v", kinds)
	}
	for _, rule := range []struct {
		say  string
		hold bool
	}{
		{"titles add up", value["title_total_count"] == value["title_junior_count"]+value["title_middle_count"]+value["title_senior_count"]},
		{"senior titles add up", value["title_senior_count"] == value["title_senior_associate_count"]+value["title_senior_full_count"]},
		{"above scale within all", value["above_scale_enterprise_count"] <= value["industrial_enterprise_count"]},
		{"new above scale within above scale", value["new_above_scale_count"] <= value["above_scale_enterprise_count"]},
		{"park stations within all", value["park_base_station_5g_count"] <= value["base_station_5g_count"]},
		{"four firms with robots are named", value["robot_enterprise_count"] == 4},
	} {
		if !rule.hold {
			t.Errorf("%s does not hold: %v", rule.say, value)
		}
	}
}

// Attendances are summed over events, so a fact is an event there.
var sums = map[string]bool{"training_person_times": true, "platform_class_person_times": true}
