package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// store is a bucket: bytes by hash and records below .benchbook/, served files
// at their paths.
type store struct {
	client         *minio.Client
	bucket, prefix string // prefix is "" or ends with a slash
}

// openS3 publishes to an S3-compatible object store.
func openS3(_ context.Context, c Config) (Target, error) {
	endpoint, err := url.Parse(c.Endpoint)
	if err != nil {
		return nil, err
	}
	keys := credentialsFor(c)
	if v, err := keys.GetWithContext(nil); err != nil || v.AccessKeyID == "" {
		return nil, failure(err, "没有找到访问密钥：设环境变量 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY，或写 ~/.aws/credentials",
			"there are no access keys: set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write ~/.aws/credentials")
	}
	lookup := minio.BucketLookupDNS
	if host := endpoint.Hostname(); c.PathStyle || host == "localhost" || net.ParseIP(host) != nil {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: keys, Secure: endpoint.Scheme == "https", Region: c.Region, BucketLookup: lookup, MaxRetries: 3, Transport: transport()})
	if err != nil {
		return nil, err
	}
	prefix := strings.Trim(c.Prefix, "/")
	if prefix != "" {
		prefix += "/"
	}
	return &store{client, c.Bucket, prefix}, nil
}

// transport gives up on a silent connection, at whatever point it falls silent.
func transport() http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost, t.ResponseHeaderTimeout, t.DisableCompression = 16, patienceWire, true
	dialer := &net.Dialer{Timeout: patienceWire}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &impatient{conn}, nil
	}
	return t
}

// keyVars are the environment variables in which the clouds keep their keys.
var keyVars = [][2]string{{"OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"}, {"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"}, {"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"}}

// credentialsFor looks in the named profile only, or in the environment and then the default profile.
func credentialsFor(c Config) *credentials.Credentials {
	profile := &credentials.FileAWSCredentials{Profile: c.Profile}
	if c.Profile != "" {
		return credentials.New(profile)
	}
	chain := []credentials.Provider{&credentials.EnvAWS{}, &credentials.EnvMinio{}}
	for _, vars := range keyVars {
		if id := os.Getenv(vars[0]); id != "" {
			chain = append(chain, &credentials.Static{Value: credentials.Value{AccessKeyID: id, SecretAccessKey: os.Getenv(vars[1]), SignerType: credentials.SignatureV4}})
		}
	}
	return credentials.NewChainCredentials(append(chain, profile))
}

func (t *store) own(name string) string { return t.prefix + ".benchbook/" + name }
func (t *store) blob(f File) string     { return t.own("objects/" + f.SHA256) }
func (t *store) key(f File) string      { return t.prefix + f.Path }

// get reads a small object; fs.ErrNotExist when there is none.
func (t *store) get(ctx context.Context, key string) ([]byte, error) {
	object, err := t.client.GetObject(ctx, t.bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	defer object.Close()
	data, err := io.ReadAll(object)
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, fs.ErrNotExist
	}
	return data, err
}

// put stores an object; the store compares its MD5 as it arrives.
func (t *store) put(ctx context.Context, key string, data []byte, opts minio.PutObjectOptions) error {
	opts.SendContentMd5, opts.DisableMultipart = true, true
	if opts.ContentType == "" {
		opts.ContentType = "application/octet-stream"
	}
	_, err := t.client.PutObject(ctx, t.bucket, key, reader(data), int64(len(data)), opts)
	return err
}

func (t *store) delete(ctx context.Context, key string) error {
	return t.client.RemoveObject(ctx, t.bucket, key, minio.RemoveObjectOptions{})
}

// thing is an object as a listing shows it.
type thing struct {
	tag  string
	size int64
}

// list reads the objects below a prefix, by key.
func (t *store) list(ctx context.Context, prefix string) (map[string]thing, error) {
	found := map[string]thing{}
	for o := range t.client.ListObjects(ctx, t.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, o.Err
		}
		found[o.Key] = thing{strings.Trim(o.ETag, `"`), o.Size}
	}
	return found, ctx.Err()
}

// storeSlot keeps the lock as an object.
type storeSlot struct{ t *store }

func (s storeSlot) create(ctx context.Context, data []byte) error {
	if _, err := s.read(ctx); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	var once minio.PutObjectOptions
	once.SetMatchETagExcept("*")
	err := s.t.put(ctx, s.t.own(lockName), data, once)
	switch minio.ToErrorResponse(err).Code {
	case "PreconditionFailed", "ConditionalRequestConflict":
		return fs.ErrExist
	case "NotImplemented": // an older store; the holder is read back before anything changes
		return s.write(ctx, data)
	}
	return err
}

func (s storeSlot) read(ctx context.Context) ([]byte, error) { return s.t.get(ctx, s.t.own(lockName)) }
func (s storeSlot) remove(ctx context.Context) error         { return s.t.delete(ctx, s.t.own(lockName)) }
func (s storeSlot) write(ctx context.Context, data []byte) error {
	return s.t.put(ctx, s.t.own(lockName), data, minio.PutObjectOptions{})
}

// mediaTypes are what servers say of the files that a site has; the system's own
// table differs from machine to machine.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".pdf": "application/pdf",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".zip": "application/zip", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}

// MediaType names the type of a file by its ending.
func MediaType(name string) string {
	if kind, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return kind
	}
	return "application/octet-stream"
}

// CacheControl is how long a path may be kept by browsers and caches: for ever
// where the name has the content's hash, else five minutes.
func CacheControl(name string) string {
	if Immutable(name) {
		return "public, max-age=31536000, immutable"
	}
	return "public, max-age=300"
}

// explainStore puts an object store's answers into words.
func explainStore(err error) error {
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return err
	}
	switch answer.Code {
	case "AccessDenied":
		return failure(err, "对象存储拒绝了这个账号：核对它对存储桶的读写权限", "the store denied this account: check that it may read and write the bucket")
	case "InvalidAccessKeyId", "SignatureDoesNotMatch":
		return failure(err, "对象存储不认这对访问密钥", "the store does not know these access keys")
	case "NoSuchBucket":
		return failure(err, "没有存储桶 %s", "there is no bucket %s", answer.BucketName)
	case "RequestTimeTooSkewed":
		return failure(err, "本机时钟与对象存储相差太多：请校时", "this machine's clock differs too much from the store's: set it right")
	case "SlowDown", "ServiceUnavailable", "InternalError":
		return failure(err, "对象存储暂时不可用；再运行一次会接着做", "the store is not available at the moment; run it again to go on from here")
	case "QuotaExceeded", "XMinioStorageFull":
		return failure(err, "对象存储的空间或配额已满", "the store's space or quota is full")
	}
	return err
}
