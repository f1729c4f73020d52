package export

import (
	"fmt"
	"html"
	"strings"
)

// previewHead is the page that shows an article as a phone of 375 px does. It
// is for the author's own machine, so that its script stands in it.
const previewHead = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[1]s｜公众号预览</title>
<style>
body{margin:0;background:#e9ecef;color:#1b1f24;font:15px/1.7 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.desk{display:flex;flex-wrap:wrap;gap:32px;justify-content:center;align-items:flex-start;padding:24px 12px}
.panel{max-width:360px}.panel h1{margin:0 0 12px;font-size:20px;line-height:1.4}.panel dt{color:#5a626c;font-size:13px}.panel dd{margin:0 0 10px;overflow-wrap:anywhere}
.panel ol{padding-left:1.4em}.panel button{min-height:44px;padding:0 24px;border:0;border-radius:4px;background:#0f665a;color:#fff;font:inherit;font-weight:600;cursor:pointer}
.phone{box-sizing:border-box;width:375px;max-width:100%%;padding:20px 8px 40px;background:#fff}
.phone>h2{margin:0 8px 20px;font-size:22px;line-height:1.4}
</style>
</head>
<body>
<div class="desk">
<div class="panel">
<h1>公众号文章</h1>
<p><button type="button" id="copy">复制正文</button> <span id="told" role="status"></span></p>
<dl><dt>标题</dt><dd>%[1]s</dd><dt>摘要</dt><dd>%[2]s</dd>%[3]s</dl>
<p>粘贴到编辑器后，按编号顺序上传图片，替换正文里的空位：</p>
<ol>%[4]s</ol>
</div>
<main class="phone">
<h2>%[1]s</h2>
<div id="article">
`

const previewTail = `</div>
</main>
</div>
<script>
document.getElementById("copy").addEventListener("click", () => {
  const told = document.getElementById("told"), range = document.createRange(), selection = getSelection();
  range.selectNodeContents(document.getElementById("article"));
  selection.removeAllRanges();
  selection.addRange(range);
  told.textContent = document.execCommand("copy") ? "已复制" : "没有复制成功，请按 Ctrl+C";
});
</script>
</body>
</html>
`

// preview shows exactly the fragment.
func (a *article) preview() []byte {
	original := ""
	if to := a.original(); to != "" {
		original = "<dt>阅读原文</dt><dd>" + html.EscapeString(to) + "</dd>"
	}
	var list strings.Builder
	for _, p := range a.pictures {
		fmt.Fprintf(&list, "<li>%s<br>%s</li>", html.EscapeString(p.name), html.EscapeString(p.alt))
	}
	head := fmt.Sprintf(previewHead, html.EscapeString(a.title), html.EscapeString(a.digest), original, list.String())
	return []byte(head + string(a.fragment()) + previewTail)
}
