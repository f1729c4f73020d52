package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"runtime"
	"sync"
	"syscall"
	"time"

	"benchbook/internal/diag"
)

// lockName is the lock's file or object.
const lockName = "benchbook-publish.lock"

// beat is how often the holder of a lock shows that it lives, and patience how
// long another waits for such a sign. Nobody compares clocks, which differ.
var beat, patience = 5 * time.Second, 25 * time.Second

// slot is where a lock is kept: a file or an object.
type slot interface {
	create(ctx context.Context, data []byte) error // fs.ErrExist when it is there
	read(ctx context.Context) ([]byte, error)      // fs.ErrNotExist when it is not
	write(ctx context.Context, data []byte) error
	remove(ctx context.Context) error
}

// holder is what a lock says.
type holder struct {
	ID      string `json:"id"` // random, one for each run
	User    string `json:"user"`
	Machine string `json:"machine"`
	Process int    `json:"process"`
	Beat    int    `json:"beat"`
}

// Busy means that somebody else is publishing to the same target.
type Busy struct{ User, Machine string }

func (b *Busy) Error() string { return b.Text().In("en") }

// Text says who.
func (b *Busy) Text() diag.Text {
	return diag.T("%s（%s）正在发布到同一个目标，等它结束再试", "%s (on %s) is publishing to the same target; wait until that has finished", b.User, b.Machine)
}

// Lock is held while a target changes.
type Lock struct {
	slot slot
	me   holder
	mu   sync.Mutex
	stop context.CancelFunc
	done sync.WaitGroup
}

// noLock is for targets that change by one compare-and-swap.
func noLock() *Lock { return &Lock{} }

// take waits for nobody who lives: a lock whose holder gives no sign is taken over.
func take(ctx context.Context, s slot) (*Lock, error) {
	l := &Lock{slot: s, me: myself()}
	err := s.create(ctx, l.encode())
	if errors.Is(err, fs.ErrExist) {
		if err = displace(ctx, s); err == nil {
			err = s.create(ctx, l.encode())
		}
	}
	if err == nil {
		err = l.Held() // two that took over at once see here who was last
	}
	if errors.Is(err, fs.ErrExist) {
		err = &Busy{"?", "?"}
	}
	if err != nil {
		return nil, err
	}
	beating, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.stop = stop
	l.done.Go(func() { l.live(beating) })
	return l, nil
}

// displace removes a lock whose holder is gone: at once when it was a process
// of this machine, else after no sign came for as long as patience.
func displace(ctx context.Context, s slot) error {
	first, err := s.read(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var h holder
	wait := patience
	if json.Unmarshal(first, &h) != nil { // it was made, and its maker died before filling it
		wait = patience / 5
	}
	for start := time.Now(); !dead(h) && time.Since(start) < wait; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(patience / 20):
		}
		now, err := s.read(ctx)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if !bytes.Equal(first, now) {
			var living holder
			_ = json.Unmarshal(now, &living)
			return &Busy{living.User, living.Machine}
		}
	}
	return s.remove(ctx)
}

// live changes the lock's content now and then.
func (l *Lock) live(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(beat):
		}
		if l.Held() == nil {
			l.mu.Lock()
			l.me.Beat++
			_ = l.slot.write(ctx, l.encode()) // a missed sign is no harm; the next one comes
			l.mu.Unlock()
		}
	}
}

// Held fails when the lock is somebody else's now. It is asked before every step that readers see.
func (l *Lock) Held() error {
	if l.slot == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), patienceWire)
	defer cancel()
	src, err := l.slot.read(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var h holder
	if json.Unmarshal(src, &h) != nil || h.ID != l.me.ID {
		return &Busy{h.User, h.Machine}
	}
	return nil
}

// Release gives the lock up; one that is somebody else's by now stays.
func (l *Lock) Release() {
	if l.slot == nil {
		return
	}
	l.stop()
	l.done.Wait()
	if l.Held() == nil {
		ctx, cancel := context.WithTimeout(context.Background(), patienceWire)
		defer cancel()
		_ = l.slot.remove(ctx) // left behind, it is taken over after a while
	}
}

func (l *Lock) encode() []byte {
	data, err := json.Marshal(l.me)
	if err != nil { // strings and numbers always encode
		panic(err)
	}
	return data
}

func myself() holder {
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return holder{ID: rand.Text(), User: name, Machine: machine(), Process: os.Getpid()}
}

// machine names this machine since it was started, and on Linux the set of
// processes in it: containers often share a name and never a process number.
func machine() string {
	name, _ := os.Hostname()
	space, _ := os.Readlink("/proc/self/ns/pid")
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return fmt.Sprintf("%s %s", name, sum([]byte(space + string(boot)))[:8])
}

// dead reports whether the holder is a process of this machine that is no more.
func dead(h holder) bool {
	if h.Machine != machine() || h.Process <= 0 {
		return false
	}
	p, err := os.FindProcess(h.Process)
	if err != nil {
		return true
	}
	return runtime.GOOS != "windows" && errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
