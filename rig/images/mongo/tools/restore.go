package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// So many documents, or so many bytes, go to the server at once.
const (
	users      = "system.users"
	batchSize  = 1000
	batchBytes = 4 << 20
)

type restoration struct {
	client  *mongo.Client
	given   settings
	archive archiveReader
	open    map[string]hash.Hash64
	indexes map[string][]bson.D
	total   int
}

func restore(ctx context.Context, client *mongo.Client, given settings) error {
	var source io.Reader = os.Stdin
	if given.archive != "" && given.archive != "-" {
		file, err := os.Open(given.archive)
		if err != nil {
			return err
		}
		defer file.Close()
		source = file
	}
	if given.gzip {
		zipped, err := gzip.NewReader(source)
		if err != nil {
			return err
		}
		source = zipped
	}
	r := restoration{client, given, archiveReader{bufio.NewReader(source)}, map[string]hash.Hash64{}, map[string][]bson.D{}, 0}
	if err := r.prelude(ctx); err != nil {
		return err
	}
	if err := r.blocks(ctx); err != nil {
		return err
	}
	for namespace, indexes := range r.indexes {
		if err := r.makeIndexes(ctx, namespace, indexes); err != nil {
			return err
		}
	}
	say("%d document(s) restored successfully. 0 document(s) failed to restore.", r.total)
	return nil
}

func (r *restoration) prelude(ctx context.Context) error {
	if err := r.archive.requireMagic(); err != nil {
		return err
	}
	if _, err := r.archive.next(); err != nil {
		return fmt.Errorf("error reading archive header: %w", err)
	}
	for {
		raw, err := r.archive.next()
		if err != nil {
			return fmt.Errorf("error reading archive metadata: %w", err)
		}
		if raw == nil {
			return nil
		}
		var collection collectionHeader
		if err := bson.Unmarshal(raw, &collection); err != nil {
			return err
		}
		r.open[collection.Database+"."+collection.Collection] = checksum()
		if collection.Collection == users || r.excluded(collection.Database) {
			continue
		}
		if err := r.makeCollection(ctx, collection); err != nil {
			return err
		}
	}
}

func (r *restoration) makeCollection(ctx context.Context, header collectionHeader) error {
	var metadata struct {
		Options bson.D   `bson:"options"`
		Indexes []bson.D `bson:"indexes"`
	}
	if err := bson.UnmarshalExtJSON([]byte(header.Metadata), true, &metadata); err != nil {
		return fmt.Errorf("error parsing metadata of %s.%s: %w", header.Database, header.Collection, err)
	}
	database, collection := r.renamed(header.Database, header.Collection)
	if r.given.drop {
		if err := r.client.Database(database).Collection(collection).Drop(ctx); err != nil {
			return err
		}
	}
	command := append(bson.D{{Key: "create", Value: collection}}, metadata.Options...)
	if err := r.client.Database(database).RunCommand(ctx, command).Err(); err != nil && !exists(err) {
		return fmt.Errorf("error creating collection %s.%s: %w", database, collection, err)
	}
	r.indexes[database+"."+collection] = metadata.Indexes
	return nil
}

// excluded knows patterns of whole databases: --nsExclude=admin.*
func (r *restoration) excluded(database string) bool {
	for _, pattern := range r.given.nsExclude {
		if pattern == database+".*" {
			return true
		}
	}
	return false
}

func exists(err error) bool {
	var failure mongo.CommandError
	return errors.As(err, &failure) && failure.Code == 48
}

func (r *restoration) blocks(ctx context.Context) error {
	for {
		raw, err := r.archive.next()
		if errors.Is(err, io.EOF) {
			if len(r.open) > 0 {
				return fmt.Errorf("corruption found in archive; it ends before %d collections do", len(r.open))
			}
			return nil
		}
		if err != nil {
			return err
		}
		var block namespaceHeader
		if err := bson.Unmarshal(raw, &block); err != nil {
			return fmt.Errorf("corruption found in archive; %w", err)
		}
		sum := r.open[block.name()]
		if sum == nil {
			return fmt.Errorf("corruption found in archive; %s is not announced", block.name())
		}
		if err := r.block(ctx, block, sum); err != nil {
			return fmt.Errorf("%s: error restoring from archive: %w", block.name(), err)
		}
	}
}

func (r *restoration) block(ctx context.Context, block namespaceHeader, sum hash.Hash64) error {
	if block.EOF {
		if int64(sum.Sum64()) != block.CRC {
			return errors.New("CRC64 mismatch")
		}
		delete(r.open, block.name())
	}
	var batch []any
	bytes := 0
	for {
		raw, err := r.archive.next()
		if err != nil {
			return err
		}
		if raw != nil {
			sum.Write(raw)
			batch, bytes = append(batch, raw), bytes+len(raw)
		}
		if len(batch) == batchSize || bytes > batchBytes || raw == nil {
			if err := r.insert(ctx, block, batch); err != nil {
				return err
			}
			batch, bytes = nil, 0
		}
		if raw == nil {
			return nil
		}
	}
}

// insert keeps users that are there, as the server's _mergeAuthzCollections does.
func (r *restoration) insert(ctx context.Context, block namespaceHeader, batch []any) error {
	if len(batch) == 0 || r.excluded(block.Database) {
		return nil
	}
	database, collection := r.renamed(block.Database, block.Collection)
	into := r.client.Database(database).Collection(collection)
	if block.Collection != users {
		_, err := into.InsertMany(ctx, batch)
		if err == nil {
			r.total += len(batch)
		}
		return err
	}
	for _, one := range batch {
		id := one.(bson.Raw).Lookup("_id")
		_, err := into.UpdateOne(ctx, bson.D{{Key: "_id", Value: id}},
			bson.D{{Key: "$setOnInsert", Value: withoutID(one.(bson.Raw))}}, options.Update().SetUpsert(true))
		if err != nil {
			return err
		}
	}
	return nil
}

func withoutID(document bson.Raw) bson.D {
	var all, rest bson.D
	if err := bson.Unmarshal(document, &all); err != nil {
		fail(err)
	}
	for _, element := range all {
		if element.Key != "_id" {
			rest = append(rest, element)
		}
	}
	return rest
}

func (r *restoration) makeIndexes(ctx context.Context, namespace string, indexes []bson.D) error {
	database, collection, _ := strings.Cut(namespace, ".")
	var wanted []bson.D
	for _, index := range indexes {
		if index.Map()["name"] != "_id_" {
			wanted = append(wanted, known(index))
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	command := bson.D{{Key: "createIndexes", Value: collection}, {Key: "indexes", Value: wanted}}
	if err := r.client.Database(database).RunCommand(ctx, command).Err(); err != nil {
		return fmt.Errorf("%s: error creating indexes: %w", namespace, err)
	}
	return nil
}

// known leaves out the version of an index, which FerretDB tells and does not take.
func known(index bson.D) bson.D {
	var rest bson.D
	for _, element := range index {
		if element.Key != "v" {
			rest = append(rest, element)
		}
	}
	return rest
}

// renamed knows patterns with one * at the end, and every database into one: --nsFrom=$db$.$coll$ --nsTo=b.$coll$
func (r *restoration) renamed(database, collection string) (string, string) {
	for i, from := range r.given.nsFrom {
		if from == "$db$.$coll$" && i < len(r.given.nsTo) {
			return strings.TrimSuffix(r.given.nsTo[i], ".$coll$"), collection
		}
		prefix := strings.TrimSuffix(from, "*")
		if name := database + "." + collection; strings.HasPrefix(name, prefix) && i < len(r.given.nsTo) {
			to := strings.TrimSuffix(r.given.nsTo[i], "*") + strings.TrimPrefix(name, prefix)
			database, collection, _ = strings.Cut(to, ".")
			return database, collection
		}
	}
	return database, collection
}
