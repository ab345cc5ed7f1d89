package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc64"
	"io"

	"go.mongodb.org/mongo-driver/bson"
)

// The format: a magic number; a prelude of BSON documents (a header, then one for each collection) and a terminator; then
// blocks: a namespace header, documents, a terminator. A namespace ends with a header that says EOF and the CRC of its
// documents, and a terminator. Documents of different namespaces may take turns.
const (
	magic      uint32 = 0x8199e26d
	terminator int32  = -1
	largest           = 16*1024*1024 + 16*1024
)

type header struct {
	ConcurrentCollections int32  `bson:"concurrent_collections"`
	FormatVersion         string `bson:"version"`
	ServerVersion         string `bson:"server_version"`
	ToolVersion           string `bson:"tool_version"`
}

type collectionHeader struct {
	Database   string `bson:"db"`
	Collection string `bson:"collection"`
	Metadata   string `bson:"metadata"`
	Size       int32  `bson:"size"`
	Type       string `bson:"type"`
}

type namespaceHeader struct {
	Database   string `bson:"db"`
	Collection string `bson:"collection"`
	EOF        bool   `bson:"EOF"`
	CRC        int64  `bson:"CRC"`
}

func (h namespaceHeader) name() string {
	return h.Database + "." + h.Collection
}

func checksum() hash.Hash64 {
	return crc64.New(crc64.MakeTable(crc64.ECMA))
}

type archiveWriter struct {
	out *bufio.Writer
}

func (w archiveWriter) number(value any) error {
	return binary.Write(w.out, binary.LittleEndian, value)
}

func (w archiveWriter) document(value any) error {
	raw, err := bson.Marshal(value)
	if err != nil {
		return err
	}
	_, err = w.out.Write(raw)
	return err
}

type archiveReader struct {
	in *bufio.Reader
}

func (r archiveReader) requireMagic() error {
	var found uint32
	if err := binary.Read(r.in, binary.LittleEndian, &found); err != nil {
		return fmt.Errorf("stream or file does not appear to be a mongodump archive: %w", err)
	}
	if found != magic {
		return errors.New("stream or file does not appear to be a mongodump archive")
	}
	return nil
}

// next is a document, nil for a terminator, or io.EOF where an archive may end.
func (r archiveReader) next() (bson.Raw, error) {
	var size int32
	if err := binary.Read(r.in, binary.LittleEndian, &size); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errors.New("corruption found in archive; it ends in the middle of a length")
		}
		return nil, err
	}
	if size == terminator {
		return nil, nil
	}
	if size < 5 || size > largest {
		return nil, fmt.Errorf("corruption found in archive; %v is neither a valid bson length nor a archive terminator", size)
	}
	document := make([]byte, size)
	binary.LittleEndian.PutUint32(document, uint32(size))
	if _, err := io.ReadFull(r.in, document[4:]); err != nil {
		return nil, fmt.Errorf("corruption found in archive; it ends in the middle of a document: %w", err)
	}
	return document, nil
}
