// Package house holds no code, only the test that reads every import of the
// program and holds it against the plan of the house
// (content/handbook/architecture.md): which room may know which, and which
// outside library stands behind which door.
package house
