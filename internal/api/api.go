package api

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gongmai/internal/account"
	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/report"
	"gongmai/internal/search"
	"gongmai/internal/survey"
)

// Rooms is what the operations call. All but Log are required.
type Rooms struct {
	Records    *record.Store
	Keeper     *catalog.Keeper
	Register   *register.Store
	Ledger     *ledger.Store
	Survey     *survey.Store
	Given      *given.Store
	Indicators *indicator.Engine
	Reports    *report.Archive
	Accounts   *account.Store
	Blobs      *blob.Store
	Converter  *document.Converter
	Version    string
	Demo       bool
	Log        *slog.Logger // nil: nothing is logged
}

// server answers requests.
type server struct {
	Rooms
	api   huma.API
	index *search.Index
}

// New returns the handler of everything below /api/.
func New(r Rooms) (http.Handler, error) {
	mux := http.NewServeMux()
	s := &server{Rooms: r}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.index = search.New(r.Records, r.Keeper.Now)
	s.describe(mux)
	mux.HandleFunc("/api/", s.unknown)
	return s.around(mux), nil
}

// OpenAPI returns the document of the operations; it opens no county.
func OpenAPI() ([]byte, error) {
	s := &server{}
	s.describe(http.NewServeMux())
	text, err := json.MarshalIndent(s.api.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the OpenAPI document: %w", err)
	}
	return append(text, '\n'), nil
}

// describe registers every operation on mux.
func (s *server) describe(mux *http.ServeMux) {
	c := huma.DefaultConfig("工脉 Gongmai", "1")
	c.Info.Description = "县域工业运行与质量发展系统的接口。小数为字符串，日为 2025-11-22，期别为 2025-11、2025-01..11，时刻为 RFC 3339。"
	c.DocsPath, c.OpenAPIPath, c.SchemasPath = "", "", "" // docs come from outside; gongmai openapi prints the document
	c.CreateHooks = nil                                   // no $schema in the answers
	s.api = humago.New(mux, c)
	for _, room := range []func(){
		s.session, s.desk, s.enterprises, s.registers, s.forms, s.returns, s.imports, s.ledgers, s.files,
		s.figures, s.lineage, s.facts, s.givens, s.reports, s.issues, s.audits, s.accounts, s.catalogues,
	} {
		room()
	}
}
