// Package sheet is the paper that figures are drawn on: it writes SVG and knows how wide text is.
//
// In go marks (rectangles, lines, paths, text) with coordinates in CSS pixels and a colour role; out comes one svg
// element. Colours are roles, not values: the light palette is written as presentation attributes, so that a saved file
// looks right alone, and a class lets a style sheet recolour it for dark, forced colours and print. There is no style
// element and no style attribute, because the sites are published under a policy of only 'self'.
//
// Text is cleaned (Clean), measured by an own table of widths (TextWidth) and broken into lines (Wrap), since the
// machine that draws has no fonts. Numbers are rounded to two decimals, so that every platform writes the same bytes.
package sheet
