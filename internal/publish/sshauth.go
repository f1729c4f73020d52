package publish

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

// patienceWire is how long a connection may be silent.
var patienceWire = 60 * time.Second

// PassphraseVar is the environment variable with the passphrase of a key file.
const PassphraseVar = "BENCHBOOK_SSH_PASSPHRASE"

// dial connects, checks the host's key against known_hosts and logs in with the
// agent's keys or a key file. It never asks, and never trusts a new host by itself.
func dial(ctx context.Context, c Config) (*ssh.Client, error) {
	address := net.JoinHostPort(c.Host, strconv.Itoa(c.Port))
	check, err := knownhosts.New(c.KnownHosts)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unknownHost(c, "?")
	}
	if err != nil {
		return nil, err
	}
	auth, done, err := login(c)
	if err != nil {
		return nil, err
	}
	defer done()
	raw, err := (&net.Dialer{Timeout: patienceWire}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	wire := &impatient{raw}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	conn, channels, requests, err := ssh.NewClientConn(wire, address, &ssh.ClientConfig{
		User: c.User, Auth: auth, HostKeyAlgorithms: algorithms(check, address),
		HostKeyCallback: func(name string, remote net.Addr, key ssh.PublicKey) error {
			return judge(check(name, remote, key), c, key)
		},
	})
	if err != nil {
		stop()
		return nil, errors.Join(sshError(ctx, err, c), raw.Close())
	}
	client := ssh.NewClient(conn, channels, requests)
	go keepAlive(client)
	return client, nil
}

// judge puts a refused host key into words.
func judge(err error, c Config, key ssh.PublicKey) error {
	var refused *knownhosts.KeyError
	switch {
	case !errors.As(err, &refused):
		return err
	case len(refused.Want) == 0:
		return unknownHost(c, ssh.FingerprintSHA256(key))
	}
	return failure(nil, "主机 %[1]s 的密钥变了（现在是 %[2]s，与 %[3]s:%[4]d 不符）：可能有人冒充。没有连接。向主机管理员核实后再更新 known_hosts",
		"the key of host %[1]s has changed (it is %[2]s now, not that of %[3]s:%[4]d): somebody may be posing as it. Not connected. Ask the host's administrator before you update known_hosts",
		c.Host, ssh.FingerprintSHA256(key), refused.Want[0].Filename, refused.Want[0].Line)
}

func unknownHost(c Config, fingerprint string) error {
	return failure(nil, "不认识主机 %[1]s（指纹 %[3]s）：核实指纹后，运行 ssh-keyscan -p %[2]d %[1]s 并把结果加进 %[4]s",
		"host %[1]s is not known (fingerprint %[3]s): after checking the fingerprint run ssh-keyscan -p %[2]d %[1]s and add its output to %[4]s",
		c.Host, c.Port, fingerprint, c.KnownHosts)
}

// sshError keeps the words of judge, and names the ways to log in that failed.
func sshError(ctx context.Context, err error, c Config) error {
	var known *Failure
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return known
	case strings.Contains(err.Error(), "unable to authenticate"):
		return failure(err, "%s 不接受登录：把公钥加到服务器的 authorized_keys，或用 key 指定密钥", "%s does not accept the login: add the public key to the server's authorized_keys, or name the key with key", c.User+"@"+c.Host)
	}
	return err
}

// algorithms asks only for keys of the kinds that known_hosts has for the host,
// so that a server with several keys shows one that can be checked.
func algorithms(check ssh.HostKeyCallback, address string) (names []string) {
	var refused *knownhosts.KeyError
	err := check(address, &net.TCPAddr{}, nobody{})
	if !errors.As(err, &refused) {
		return nil
	}
	for _, want := range refused.Want {
		if want.Key.Type() == ssh.KeyAlgoRSA {
			names = append(names, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
			continue
		}
		names = append(names, want.Key.Type())
	}
	return names
}

// nobody is a key that no host has.
type nobody struct{}

func (nobody) Type() string                        { return "none" }
func (nobody) Marshal() []byte                     { return []byte("none") }
func (nobody) Verify([]byte, *ssh.Signature) error { return errors.New("not a key") }

// login collects the agent's keys and the key file. done closes the agent.
func login(c Config) (methods []ssh.AuthMethod, done func(), err error) {
	done = func() {}
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" && c.Key == "" {
		if conn, err := net.Dial("unix", socket); err == nil {
			done = func() { _ = conn.Close() }
			methods = append(methods, ssh.PublicKeysCallback(agent.NewClient(conn).Signers))
		}
	}
	names := []string{c.Key}
	if c.Key == "" {
		names = []string{homePath("~/.ssh/id_ed25519"), homePath("~/.ssh/id_ecdsa"), homePath("~/.ssh/id_rsa")}
	}
	var signers []ssh.Signer
	for _, name := range names {
		signer, err := readKey(name)
		if errors.Is(err, fs.ErrNotExist) && c.Key == "" {
			continue
		}
		if err != nil {
			done()
			return nil, func() {}, failure(err, "读不了密钥 %s；有口令的密钥请用 ssh-agent，或设环境变量 "+PassphraseVar, "cannot read the key %s; for one with a passphrase use ssh-agent or the environment variable "+PassphraseVar, name)
		}
		signers = append(signers, signer)
	}
	if len(signers) > 0 {
		methods = append(methods, ssh.PublicKeys(signers...))
	}
	return methods, done, nil
}

func readKey(name string) (ssh.Signer, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if phrase := os.Getenv(PassphraseVar); phrase != "" {
		if signer, err := ssh.ParsePrivateKeyWithPassphrase(src, []byte(phrase)); err == nil {
			return signer, nil
		}
	}
	return ssh.ParsePrivateKey(src)
}

// homePath resolves a leading ~ as a shell would.
func homePath(name string) string {
	rest, ok := strings.CutPrefix(name, "~/")
	home, err := os.UserHomeDir()
	if !ok || err != nil {
		return name
	}
	return filepath.Join(home, filepath.FromSlash(rest))
}

// impatient is a connection that gives up after a silence.
type impatient struct{ net.Conn }

func (c *impatient) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(patienceWire)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *impatient) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(patienceWire)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// keepAlive makes a living but idle connection say something.
func keepAlive(client *ssh.Client) {
	for {
		time.Sleep(patienceWire / 4)
		if _, _, err := client.SendRequest("keepalive@openssh.com", true, nil); err != nil {
			return
		}
	}
}
