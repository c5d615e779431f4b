package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

type request struct{ Op, Key, File string }

type answer struct {
	Ok    bool        `json:"ok"`
	Value interface{} `json:"value"`
	Error string      `json:"error,omitempty"`
}

func main() {
	endpoint, host, bucket := os.Args[1], os.Args[2], os.Args[3]
	client, err := minio.New(host, &minio.Options{
		Creds:        credentials.NewStaticV4(os.Args[5], os.Args[6], ""),
		Secure:       strings.HasPrefix(endpoint, "https:"),
		BucketLookup: minio.BucketLookupPath,
		// Chunks signed one by one, and a CRC32C behind them.
		TrailingHeaders: os.Getenv("MATRIX_MODE") == "trailers",
	})
	if err != nil {
		panic(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		value, err := perform(client, bucket, asked)
		if err != nil {
			encoder.Encode(answer{Ok: false, Error: err.Error()})
			continue
		}
		encoder.Encode(answer{Ok: true, Value: value})
	}
}

func perform(client *minio.Client, bucket string, asked request) (interface{}, error) {
	ctx := context.Background()
	switch asked.Op {
	case "put":
		_, err := client.FPutObject(ctx, bucket, asked.Key, asked.File,
			minio.PutObjectOptions{PartSize: 10 << 20})
		return nil, err
	case "get":
		return nil, client.FGetObject(ctx, bucket, asked.Key, asked.File, minio.GetObjectOptions{})
	case "list":
		keys := []string{}
		for object := range client.ListObjects(ctx, bucket,
			minio.ListObjectsOptions{Prefix: asked.Key, Recursive: true}) {
			if object.Err != nil {
				return nil, object.Err
			}
			keys = append(keys, object.Key)
		}
		return keys, nil
	case "size":
		info, err := client.StatObject(ctx, bucket, asked.Key, minio.StatObjectOptions{})
		return info.Size, err
	default:
		return nil, client.RemoveObject(ctx, bucket, asked.Key, minio.RemoveObjectOptions{})
	}
}
