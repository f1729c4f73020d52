//go:build !linux && !darwin

package output

import "errors"

// exchange is not to be had here; the caller moves in two steps.
func exchange(_, _ string) error { return errors.ErrUnsupported }
