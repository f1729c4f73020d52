package build

import (
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
)

// The questionnaire leads where the table does, 无匹配 included; without scripts
// the form is not there and everything else is.
func TestQuestionnaireLeadsToTheAnswerOfTheTable(t *testing.T) {
	m := sampleSite(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		types := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
		w.Header().Set("Content-Type", types[path.Ext(name)])
		w.Write(m.files[name])
	}))
	defer server.Close()
	p := browsertest.Start(t).Page(t)
	p.Open(server.URL + "/models/modes.html")
	if !p.Wait(`!document.querySelector(".ask").hidden`, 10*time.Second) {
		t.Fatal("the questions do not appear")
	}
	answer := func(answers ...string) string {
		script := `(() => { document.querySelector(".ask").reset(); `
		for _, a := range answers {
			name, value, _ := strings.Cut(a, "=")
			script += `document.querySelector('.ask input[name="` + name + `"][value="` + value + `"]').click(); `
		}
		return browsertest.Eval[string](p, script+`return document.querySelector(".answer").textContent; })()`)
	}
	for want, answers := range map[string][]string{
		"结果：无匹配":        {"interest=no", "frequency=low", "price=low"},
		"结果：兴趣同好":       {"interest=yes"},
		"结果：知识专家":       {"interest=no", "frequency=high", "price=high"},
		"已答 1 / 3，还剩 4": {"interest=no"},
	} {
		if got := answer(answers...); !strings.HasPrefix(got, want) {
			t.Errorf("%v leads to %q, want %q", answers, got, want)
		}
	}
	if shown := browsertest.Eval[int64](p, `(document.querySelector(".ask").reset(), document.querySelectorAll(".outcome").length)`); shown != 5 {
		t.Errorf("%d results stand on the page", shown)
	}
	if troubles := p.Troubles(); len(troubles) > 0 {
		t.Error(troubles)
	}
	p.Scripting(false)
	p.Open(server.URL + "/models/modes.html")
	p.Scripting(true)
	if !browsertest.Eval[bool](p, `document.querySelector(".ask").hidden && document.querySelectorAll("tr[data-when]").length === 5`) {
		t.Error("without scripts the form shows, or the table does not")
	}
}
