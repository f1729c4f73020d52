package export

// The styles of an article: two colours, 16 px, 1.75 between lines, narrow
// enough for the editor's column of 677 px. Every element carries its own, since
// the editor drops style sheets, and some of what is inherited.
const (
	ink        = "color:#2b2f36;"
	accent     = "color:#0f665a;"
	face       = "font-family:-apple-system,BlinkMacSystemFont,'PingFang SC','Microsoft YaHei',sans-serif;"
	rootStyle  = "max-width:677px;margin:0 auto;padding:0 8px;" + ink + face + "font-size:16px;line-height:1.75;text-align:left;"
	textStyle  = "margin:0 0 16px;" + ink + "font-size:16px;line-height:1.75;"
	itemStyle  = "margin:0 0 8px;" + ink + "font-size:16px;line-height:1.75;"
	smallStyle = "margin:0 0 8px;color:#5a626c;font-size:13px;line-height:1.7;"
	boxStyle   = "margin:0 0 20px;padding:14px 16px 6px;border-left:4px solid #0f665a;background-color:#f3f7f6;"
	quoteStyle = "margin:0 0 16px;padding:2px 0 0 14px;border-left:3px solid #c9ced3;"
	codeStyle  = "margin:0 0 16px;padding:12px 14px;background-color:#f5f6f7;" + ink + "font-size:14px;line-height:1.7;word-break:break-all;"
	boldStyle  = "font-weight:600;"
	refStyle   = accent + "font-size:12px;vertical-align:super;"
	imageStyle = "display:block;width:100%;margin:0;"
	frameStyle = "margin:0 0 20px;padding:0;text-align:center;"
	gridStyle  = "width:100%;margin:0 0 20px;border-collapse:collapse;" + ink + "font-size:14px;line-height:1.6;"
	headCell   = "padding:6px 8px;border:1px solid #d9dde1;background-color:#f3f7f6;font-weight:600;"
	bodyCell   = "padding:6px 8px;border:1px solid #d9dde1;"
)

// headingStyles are paragraphs that look like headings: the editor's own
// headings bring their own sizes.
var headingStyles = map[string]string{
	"h2": "margin:36px 0 16px;padding:0 0 6px;border-bottom:2px solid #0f665a;" + accent + "font-size:20px;font-weight:600;line-height:1.4;",
	"h3": "margin:28px 0 12px;" + accent + "font-size:17px;font-weight:600;line-height:1.5;",
	"h4": "margin:20px 0 8px;" + ink + "font-size:16px;font-weight:600;line-height:1.5;",
}
