package document

import "strings"

// fontDirs hold fonts that Debian installs where fontconfig does not look:
// FandolFang, FandolKai and FandolSong of texlive-lang-chinese.
var fontDirs = []string{
	"/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
	"/usr/share/texmf/fonts/opentype/public/fandol",
}

// faces are the typefaces of a document and what stands in for each where it
// is not installed, best first. The last also draws the characters that
// Fandol lacks (喆 镕 祎 珺 ㎡), which would otherwise turn up bold.
var faces = []struct {
	names []string
	like  []string
}{
	{[]string{"仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"}, []string{"仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "FandolFang", "Noto Serif CJK SC"}},
	{[]string{"楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"}, []string{"楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"}},
	{[]string{"黑体", "SimHei"}, []string{"黑体", "SimHei", "Noto Sans CJK SC", "FandolHei"}},
	{[]string{"方正小标宋简体", "方正小标宋_GBK", "华文中宋"}, []string{"方正小标宋简体", "方正小标宋_GBK", "华文中宋", "STZhongsong", "FandolSong", "Noto Serif CJK SC"}},
	{[]string{"宋体", "SimSun"}, []string{"宋体", "SimSun", "FandolSong", "Noto Serif CJK SC"}},
}

// fontsConf is the fontconfig file of the office: the system's own, after a
// rule for each typeface.
func fontsConf() []byte {
	var m markup
	m.raw("<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n")
	for _, d := range fontDirs {
		m.raw("<dir>", d, "</dir>\n")
	}
	for _, f := range faces {
		for _, n := range f.names {
			m.raw(`<match target="pattern"><test name="family"><string>`, n, `</string></test><edit name="family" mode="append" binding="same">`)
			m.raw(`<string>`, strings.Join(f.like, `</string><string>`), "</string></edit></match>\n")
		}
	}
	m.raw("<include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>\n</fontconfig>\n")
	return m.Bytes()
}
