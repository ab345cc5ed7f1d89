package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func dump(ctx context.Context, client *mongo.Client, given settings) (err error) {
	var target io.Writer = os.Stdout
	if given.archive != "" && given.archive != "-" {
		file, err := os.Create(given.archive)
		if err != nil {
			return err
		}
		defer file.Close()
		target = file
	}
	if given.gzip {
		zipped := gzip.NewWriter(target)
		defer func() {
			if closing := zipped.Close(); err == nil {
				err = closing
			}
		}()
		target = zipped
	}
	archive := archiveWriter{bufio.NewWriter(target)}
	collections, err := collectionsOf(ctx, client, given)
	if err != nil {
		return err
	}
	if err := prelude(ctx, client, archive, collections); err != nil {
		return err
	}
	for _, collection := range collections {
		count, err := documents(ctx, client, archive, collection)
		if err != nil {
			return fmt.Errorf("error writing data for collection `%s.%s`: %w", collection.Database, collection.Collection, err)
		}
		say("done dumping %s.%s (%d documents)", collection.Database, collection.Collection, count)
	}
	return archive.out.Flush()
}

func prelude(ctx context.Context, client *mongo.Client, archive archiveWriter, collections []collectionHeader) error {
	var build struct {
		Version string `bson:"version"`
	}
	if err := client.Database("admin").RunCommand(ctx, bson.D{{Key: "buildInfo", Value: 1}}).Decode(&build); err != nil {
		return err
	}
	if err := archive.number(magic); err != nil {
		return err
	}
	if err := archive.document(header{1, "0.1", build.Version, "stand-in"}); err != nil {
		return err
	}
	for _, collection := range collections {
		if err := archive.document(collection); err != nil {
			return err
		}
	}
	return archive.number(terminator)
}

// collectionsOf leaves out what the real mongodump does: local, config, and what the server keeps for itself.
func collectionsOf(ctx context.Context, client *mongo.Client, given settings) ([]collectionHeader, error) {
	names := []string{given.db}
	if given.db == "" {
		var err error
		if names, err = client.ListDatabaseNames(ctx, bson.D{}); err != nil {
			return nil, err
		}
	}
	var result []collectionHeader
	for _, name := range names {
		if name == "local" || name == "config" {
			continue
		}
		found, err := client.Database(name).ListCollections(ctx, bson.D{})
		if err != nil {
			return nil, err
		}
		var infos []struct {
			Name    string   `bson:"name"`
			Options bson.Raw `bson:"options"`
		}
		if err := found.All(ctx, &infos); err != nil {
			return nil, err
		}
		for _, info := range infos {
			metadata, err := metadataOf(ctx, client, name, info.Name, info.Options)
			if err != nil {
				return nil, err
			}
			result = append(result, collectionHeader{name, info.Name, metadata, 0, "collection"})
		}
	}
	return result, nil
}

func metadataOf(ctx context.Context, client *mongo.Client, database, collection string, options bson.Raw) (string, error) {
	cursor, err := client.Database(database).Collection(collection).Indexes().List(ctx)
	if err != nil {
		return "", err
	}
	var indexes []bson.D
	if err := cursor.All(ctx, &indexes); err != nil {
		return "", err
	}
	text, err := bson.MarshalExtJSON(bson.D{
		{Key: "options", Value: options}, {Key: "indexes", Value: indexes}, {Key: "collectionName", Value: collection},
	}, true, false)
	return string(text), err
}

func documents(ctx context.Context, client *mongo.Client, archive archiveWriter, from collectionHeader) (int, error) {
	cursor, err := client.Database(from.Database).Collection(from.Collection).Find(ctx, bson.D{})
	if err != nil {
		return 0, err
	}
	defer cursor.Close(ctx)
	if err := archive.document(namespaceHeader{from.Database, from.Collection, false, 0}); err != nil {
		return 0, err
	}
	sum, count := checksum(), 0
	for cursor.Next(ctx) {
		sum.Write(cursor.Current)
		if _, err := archive.out.Write(cursor.Current); err != nil {
			return count, err
		}
		count++
	}
	if err := cursor.Err(); err != nil {
		return count, err
	}
	if err := archive.number(terminator); err != nil {
		return count, err
	}
	if err := archive.document(namespaceHeader{from.Database, from.Collection, true, int64(sum.Sum64())}); err != nil {
		return count, err
	}
	return count, archive.number(terminator)
}
