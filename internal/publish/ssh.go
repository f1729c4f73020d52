package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// openSSH publishes to a server by SFTP, in release folders as openFolder does.
// The server is OpenSSH or another that can rename over a file and make links.
func openSSH(ctx context.Context, c Config) (Target, error) {
	conn, err := dial(ctx, c)
	if err != nil {
		return nil, err
	}
	client, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if _, ok := client.HasExtension("posix-rename@openssh.com"); !ok {
		return nil, errors.Join(failure(nil, "服务器不支持原子改名（posix-rename），请用 OpenSSH 的 sftp 服务", "the server cannot rename over a file (posix-rename); use OpenSSH's sftp service"), conn.Close())
	}
	return &folders{disk: remoteDisk{client, conn, c.Path}, workers: 8, readAll: true}, nil
}

// remoteDisk is a folder on a server.
type remoteDisk struct {
	client *sftp.Client
	conn   *ssh.Client
	base   string
}

func (d remoteDisk) at(name string) string { return path.Join(d.base, name) }

func (d remoteDisk) list(dir string) ([]fs.FileInfo, error) { return d.client.ReadDir(d.at(dir)) }

func (d remoteDisk) open(name string) (io.ReadCloser, error) { return d.client.Open(d.at(name)) }

// same goes by the size: sent files were read back when they were sent.
func (d remoteDisk) same(name string, f File) (bool, error) {
	info, err := d.client.Lstat(d.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Mode().IsRegular() && info.Size() == f.Bytes, err
}

func (d remoteDisk) mkdir(dir string) error { return d.client.MkdirAll(d.at(dir)) }

// create asks the server to make the file; its one word for every failure is
// told apart by looking whether the file was there.
func (d remoteDisk) create(name string, data []byte) error {
	f, err := d.client.OpenFile(d.at(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		if _, there := d.client.Lstat(d.at(name)); there == nil {
			return fs.ErrExist
		}
		return d.said(err)
	}
	_, err = f.ReadFrom(reader(data))
	return errors.Join(d.said(err), f.Close())
}

func (d remoteDisk) link(old, name string) error { return d.client.Link(d.at(old), d.at(name)) }

func (d remoteDisk) rename(old, name string) error {
	return d.client.PosixRename(d.at(old), d.at(name))
}

func (d remoteDisk) remove(name string) error { return d.client.Remove(d.at(name)) }

// readlink tells a link that is not there from something that is no link.
func (d remoteDisk) readlink(name string) (string, error) {
	if _, err := d.client.Lstat(d.at(name)); err != nil {
		return "", err
	}
	return d.client.ReadLink(d.at(name))
}

func (d remoteDisk) point(name, to string) error {
	beside := "." + name + ".next"
	if err := d.remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.client.Symlink(to, d.at(beside)); err != nil {
		return err
	}
	return d.rename(beside, name)
}

// said gives the server's bare "failure" its usual meaning.
func (d remoteDisk) said(err error) error {
	var status *sftp.StatusError
	if errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure {
		return failure(err, "服务器没能写入，多半是磁盘或配额已满；现有站点不变，腾出空间后再运行一次会接着做",
			"the server could not write, most likely a full disk or quota; the site there is as it was. Make room and run it again to go on")
	}
	return err
}

func (d remoteDisk) close() error { return errors.Join(d.client.Close(), d.conn.Close()) }
