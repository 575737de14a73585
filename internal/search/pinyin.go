package search

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"
)

// Fold brings a text into the form in which it is searched: narrow, lower case,
// letters and digits only.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, width.Narrow.String(s))
}

// mostReadings bounds the words that characters with several readings make up.
const mostReadings = 4

var letters = pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true}

// Initials are the first letters of a name's pinyin, one word for each way to read it.
func Initials(name string) []string {
	words := []string{""}
	chinese := false
	for _, r := range Fold(name) {
		next := pinyin.SinglePinyin(r, letters)
		if len(next) == 0 {
			next = []string{string(r)}
		} else {
			chinese = true
		}
		words = extended(words, distinct(next))
	}
	if !chinese {
		return nil
	}
	return words
}

func extended(words, by []string) []string {
	var out []string
	for _, x := range by {
		for _, w := range words {
			if len(out) < mostReadings {
				out = append(out, w+x)
			}
		}
	}
	return out
}

func distinct(list []string) []string {
	var out []string
	for _, x := range list {
		found := false
		for _, y := range out {
			found = found || x == y
		}
		if !found {
			out = append(out, x)
		}
	}
	return out
}
