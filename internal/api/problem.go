package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"gongmai/internal/account"
	"gongmai/internal/errs"
)

// Problem is an error as it is answered (RFC 9457).
type Problem struct {
	Status int         `json:"status"`
	Title  string      `json:"title"`
	Detail string      `json:"detail" doc:"One Chinese sentence, made to be shown"`
	Faults errs.Faults `json:"faults,omitempty" doc:"Everything that is wrong, each with its place"`
	ID     string      `json:"id,omitempty" doc:"Of the line in the log, when the fault is ours"`
}

func (p *Problem) Error() string  { return p.Detail }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statuses by kind; the first that fits.
var statuses = []struct {
	kind   error
	status int
}{
	{account.NotSignedIn, http.StatusUnauthorized},
	{account.TooMany, http.StatusTooManyRequests},
	{errs.Denied, http.StatusForbidden},
	{errs.Invalid, http.StatusUnprocessableEntity},
	{errs.Conflict, http.StatusConflict},
	{errs.NotFound, http.StatusNotFound},
}

// problem turns what a room answered into a Problem. What has no kind is our
// fault: it is logged with the request's id, and only the id is told.
func (s *server) problem(ctx context.Context, err error) error {
	for _, x := range statuses {
		if errors.Is(err, x.kind) {
			p := newProblem(x.status, errs.Text(err))
			errors.As(err, &p.Faults)
			return p
		}
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return newProblem(http.StatusRequestEntityTooLarge, sentences[http.StatusRequestEntityTooLarge])
	}
	p := newProblem(http.StatusInternalServerError, sentences[http.StatusInternalServerError])
	p.ID = traceOf(ctx).fail(err)
	return p
}

func newProblem(status int, detail string) *Problem {
	return &Problem{Status: status, Title: http.StatusText(status), Detail: detail}
}

// sentences for what the HTTP layer itself refuses.
var sentences = map[int]string{
	http.StatusBadRequest:            "请求的格式不正确",
	http.StatusNotFound:              "没有这个接口",
	http.StatusNotAcceptable:         "只提供 JSON",
	http.StatusRequestTimeout:        "内容没有传完就中断了，请重试",
	http.StatusRequestEntityTooLarge: "内容太大，请分开提交",
	http.StatusUnsupportedMediaType:  "不支持这种内容类型",
	http.StatusUnprocessableEntity:   "内容不正确，请按提示修改",
	http.StatusInternalServerError:   "系统出错，已记录；请把编号告诉管理员",
}

// write answers outside of an operation.
func (p *Problem) write(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	return json.NewEncoder(w).Encode(p)
}

// refused is what huma itself finds wrong with a request.
func refused(status int, _ string, details ...error) huma.StatusError {
	p := newProblem(status, sentences[status])
	if p.Detail == "" {
		p.Detail = http.StatusText(status)
	}
	if status == http.StatusBadRequest {
		return p // what the decoder says of broken JSON is for programmers
	}
	for _, d := range details {
		var x huma.ErrorDetailer
		if errors.As(d, &x) {
			e := x.ErrorDetail()
			p.Faults.Add(e.Location, "%s", e.Message)
		}
	}
	return p
}

// huma keeps its words in variables of the package.
func init() {
	huma.NewError = refused
	huma.DefaultArrayNullable = false
	validation.MsgUnexpectedProperty = "没有这一项"
	validation.MsgExpectedRequiredProperty = "缺少 %s"
	validation.MsgExpectedString = "应为文字"
	validation.MsgExpectedNumber = "应为数"
	validation.MsgExpectedInteger = "应为整数"
	validation.MsgExpectedBoolean = "应为 true 或 false"
	validation.MsgExpectedArray = "应为列表"
	validation.MsgExpectedObject = "应为对象"
	validation.MsgExpectedOneOf = "应为下列之一：%s"
	validation.MsgExpectedMinimumNumber = "不应小于 %v"
	validation.MsgExpectedMaximumNumber = "不应大于 %v"
	validation.MsgExpectedMinLength = "至少 %d 个字"
	validation.MsgExpectedMaxLength = "最多 %d 个字"
	validation.MsgExpectedMinItems = "至少 %d 项"
	validation.MsgExpectedMaxItems = "最多 %d 项"
	validation.MsgExpectedMatchPattern = "不合格式 %s"
	validation.MsgExpectedRFC3339DateTime = "应为时刻，如 2025-11-22T08:00:00Z"
	validation.MsgExpectedRFC3339Date = "应为日期，如 2025-11-22"
}
