package code

import (
	"strings"

	"gongmai/internal/errs"
)

// GB 32100-2015: 18 characters of this alphabet, without I O S V Z.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// Weights of GB 32100-2015 §4.2: 3^(i-1) mod 31.
var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// Weights and alphabet of GB 11714-1997.
var orgWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

const orgAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Credit reads a unified social credit code: upper-cased, both check
// characters verified. The region part is not held against today's county,
// since it may be a former code.
func Credit(s string) (string, error) {
	c := strings.ToUpper(strings.TrimSpace(s))
	if n := len([]rune(c)); n != 18 {
		return "", errs.Say(errs.Invalid, "统一社会信用代码应为 18 位，现为 %d 位", n)
	}
	for i, r := range c {
		if !strings.ContainsRune(creditAlphabet, r) {
			return "", errs.Say(errs.Invalid, "统一社会信用代码第 %d 位 %c 不是允许的字符（不用 I、O、S、V、Z）", i+1, r)
		}
	}
	if want := creditCheck(c[:17]); c[17] != want {
		return "", errs.Say(errs.Invalid, "统一社会信用代码 %s 的校验位应为 %c，现为 %c，请核对是否抄错", c, want, c[17])
	}
	if want := OrgCheck(c[8:16]); c[16] != want {
		return "", errs.Say(errs.Invalid, "统一社会信用代码 %s 中组织机构代码的校验位应为 %c，现为 %c，请核对是否抄错", c, want, c[16])
	}
	return c, nil
}

// MakeCredit completes registration department, category, region (6 digits)
// and the first eight characters of an organisation code with both check characters.
func MakeCredit(dept, category byte, region, org string) string {
	c := string(dept) + string(category) + region + org + string(OrgCheck(org))
	return c + string(creditCheck(c))
}

func creditCheck(c string) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += strings.IndexByte(creditAlphabet, c[i]) * w
	}
	return creditAlphabet[(31-sum%31)%31]
}

// OrgCheck returns the check character of the first eight of an organisation code.
func OrgCheck(org string) byte {
	sum := 0
	for i, w := range orgWeights {
		sum += strings.IndexByte(orgAlphabet, org[i]) * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}
