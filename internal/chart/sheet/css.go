package sheet

import "strings"

// StyleSheet is the part of the chart style sheet that follows from the palette: the custom properties of both themes, and
// a rule for each role. A test holds the published file against it.
func StyleSheet() string {
	var light, dark, rules strings.Builder
	for _, r := range Roles() {
		light.WriteString("--chart-" + r.Name + ":" + r.Light + ";")
		if r.Dark != r.Light {
			dark.WriteString("--chart-" + r.Name + ":" + r.Dark + ";")
		}
		rules.WriteString(".f-" + r.Name + "{fill:var(--chart-" + r.Name + ")}")
		if stroked(r) {
			rules.WriteString(".s-" + r.Name + "{stroke:var(--chart-" + r.Name + ")}")
		}
		rules.WriteByte('\n')
	}
	return ":root{" + light.String() + "}\n@media screen and (prefers-color-scheme:dark){:root{" + dark.String() + "}}\n" + rules.String()
}

// stroked holds for the roles that lines are drawn in.
func stroked(r Role) bool {
	return !strings.Contains("ww kw wk kk zero track n1 n2 n3", r.Name)
}
