package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	"benchbook/internal/diag"

	"github.com/pkg/sftp"
)

// Failure is what went wrong at a target, in the reader's language, with what the
// system said.
type Failure struct {
	Message diag.Text
	Err     error // nil when the message says it all
}

func failure(err error, zh, en string, args ...any) *Failure {
	return &Failure{diag.T(zh, en, args...), err}
}

func (f *Failure) Error() string { return f.Text("en") }

// Text gives the message in a language.
func (f *Failure) Text(lang string) string {
	text := f.Message.In(lang)
	if f.Err != nil {
		text += " (" + f.Err.Error() + ")"
	}
	return text
}

func (f *Failure) Unwrap() error { return f.Err }

// Explain says an error in words that name the remedy; errors that have their
// own words, and an interruption, stay as they are.
func Explain(err error) error {
	var known *Failure
	var busy *Busy
	var unknown Unknown
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &busy), errors.As(err, &unknown), errors.Is(err, context.Canceled), errors.Is(err, ErrUnbuilt):
		return err
	case errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(err.Error(), "connection refused"):
		return failure(err, "连接被拒绝：核对主机与端口，以及服务是否在运行", "the connection was refused: check host and port, and whether the service runs")
	case errors.As(err, &dns):
		return failure(err, "找不到主机 %s", "there is no host %s", dns.Name)
	case errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return failure(err, "对方太久没有回应，已停下；再运行一次会接着做", "the other side did not answer for too long; run it again to go on from here")
	case errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE):
		return failure(err, "连接断了，或对方太久没有回应；再运行一次会接着做", "the connection was lost, or the other side was silent for too long; run it again to go on from here")
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return failure(err, "目标的磁盘或配额已满；现有站点不变。腾出空间后再运行一次会接着做", "the target's disk or quota is full; the site there is as it was. Make room and run it again to go on")
	case errors.Is(err, fs.ErrPermission):
		return failure(err, "没有权限：核对目标上这个账号可以写的位置", "permission denied: check where this account may write at the target")
	}
	return explainStore(err)
}
