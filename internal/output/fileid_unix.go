//go:build unix

package output

import (
	"io/fs"
	"syscall"
)

// fileID is the file's number in its file system.
func fileID(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
