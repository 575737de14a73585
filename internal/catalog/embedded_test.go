package catalog_test

import (
	"testing"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
)

func TestEmbeddedCatalogueIsSound(t *testing.T) {
	c, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if len(c.Indicators) < 60 || len(c.Forms) < 5 {
		t.Errorf("%d indicators, %d forms", len(c.Indicators), len(c.Forms))
	}
}
