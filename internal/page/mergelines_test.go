package page

import "testing"

func TestMergeLines(t *testing.T) {
	const a, b, red = `<line x1="0" y1="1" x2="2" y2="3" class="s-grid"/>`, `<line x1="4" y1="5.5" x2="-6" y2="7" class="s-grid"/>`, `<line x1="8" y1="9" x2="8" y2="9" class="s-ink" stroke-width="2"/>`
	for in, want := range map[string]string{
		a:                    a,
		a + b:                `<path d="M0 1L2 3M4 5.5L-6 7" fill="none" class="s-grid"/>`,
		a + red + b:          a + red + b,
		a + "<rect/>" + b:    a + "<rect/>" + b,
		red + a + b + "<g/>": red + `<path d="M0 1L2 3M4 5.5L-6 7" fill="none" class="s-grid"/><g/>`,
	} {
		if got := string(mergeLines([]byte(in))); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestWithoutTips(t *testing.T) {
	const in = `<svg><title id="a">图</title><circle r="2"><title>1月 3%</title></circle><rect/></svg>`
	if got := string(withoutTips([]byte(in))); got != `<svg><title id="a">图</title><circle r="2"/><rect/></svg>` {
		t.Error(got)
	}
}
