// Stand-ins for mongodump and mongorestore, by the name that they are called under: the flags, archive format, output and
// exit codes that this project relies on. The archive is that of the real tools (mongo-tools, common/archive), so each
// can read what the other has written.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/mongo"
	mongooptions "go.mongodb.org/mongo-driver/mongo/options"
)

func main() {
	name := filepath.Base(os.Args[0])
	var run func(context.Context, *mongo.Client, settings) error
	switch name {
	case "mongodump":
		run = dump
	case "mongorestore":
		run = restore
	default:
		fail(fmt.Errorf("call it mongodump or mongorestore, not %s", name))
	}
	given, err := parse(os.Args[1:])
	if err != nil {
		say("error parsing command line options: %v", err)
		say("try '%s --help' for more information", name)
		os.Exit(1)
	}
	client, err := connect(given)
	if err != nil {
		fail(err)
	}
	if err := run(context.Background(), client, given); err != nil {
		fail(err)
	}
}

func connect(given settings) (*mongo.Client, error) {
	options := mongooptions.Client().
		ApplyURI("mongodb://" + given.host + ":" + given.port + "/?directConnection=true").
		SetServerSelectionTimeout(10 * time.Second)
	if given.username != "" {
		options.SetAuth(mongooptions.Credential{
			Username: given.username, Password: given.password, AuthSource: given.authenticationDatabase})
	}
	client, err := mongo.Connect(context.Background(), options)
	if err != nil {
		return nil, err
	}
	if err := client.Ping(context.Background(), nil); err != nil {
		return nil, fmt.Errorf("could not connect to server: %w", err)
	}
	return client, nil
}

// settings are what the command line and the configuration file say.
type settings struct {
	host, port, username, password, authenticationDatabase string
	db, archive                                            string
	nsFrom, nsTo, nsExclude                                []string
	archived, gzip, stopOnError, drop, quiet               bool
	oplog                                                  bool
}

func parse(arguments []string) (settings, error) {
	given := settings{host: "localhost", port: "27017", authenticationDatabase: "admin"}
	for i := 0; i < len(arguments); i++ {
		name, value, hasValue := strings.Cut(arguments[i], "=")
		text := func(into *string) error {
			if !hasValue {
				if i++; i >= len(arguments) {
					return fmt.Errorf("expected argument for flag `%s'", name)
				}
				value = arguments[i]
			}
			*into = value
			return nil
		}
		var err error
		switch name {
		case "--host", "-h":
			err = text(&given.host)
		case "--port":
			err = text(&given.port)
		case "--username", "-u":
			err = text(&given.username)
		case "--password", "-p":
			err = text(&given.password)
		case "--authenticationDatabase":
			err = text(&given.authenticationDatabase)
		case "--db", "-d":
			err = text(&given.db)
		case "--nsFrom":
			var pattern string
			err = text(&pattern)
			given.nsFrom = append(given.nsFrom, pattern)
		case "--nsExclude":
			var pattern string
			err = text(&pattern)
			given.nsExclude = append(given.nsExclude, pattern)
		case "--nsTo":
			var pattern string
			err = text(&pattern)
			given.nsTo = append(given.nsTo, pattern)
		case "--config":
			var file string
			if err = text(&file); err == nil {
				err = readConfiguration(file, &given)
			}
		case "--archive":
			given.archived, given.archive = true, value
		case "--gzip":
			given.gzip = true
		case "--stopOnError":
			given.stopOnError = true
		case "--drop":
			given.drop = true
		case "--quiet":
			given.quiet = true
		case "--oplog", "--oplogReplay":
			given.oplog = true
		default:
			err = fmt.Errorf("unknown option %q", name)
		}
		if err != nil {
			return given, err
		}
	}
	if !given.archived {
		return given, errors.New("the stand-in knows --archive only")
	}
	if given.oplog {
		return given, errors.New("the stand-in has no oplog: FerretDB is no replica set")
	}
	return given, nil
}

// readConfiguration knows what the real tools take from it but URIs: one line, password: "...".
func readConfiguration(file string, given *settings) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("error opening config file: %w", err)
	}
	name, value, found := strings.Cut(strings.TrimSpace(string(content)), ":")
	if !found || name != "password" {
		return fmt.Errorf("error parsing config file %s: the stand-in knows password only", file)
	}
	given.password, err = unquoted(strings.TrimSpace(value))
	return err
}

// unquoted reads a YAML scalar: plain, or in single or double quotes.
func unquoted(value string) (string, error) {
	switch {
	case len(value) >= 2 && value[0] == '\'' && value[len(value)-1] == '\'':
		return strings.ReplaceAll(value[1:len(value)-1], "''", "'"), nil
	case len(value) >= 2 && value[0] == '"':
		return "", errors.New("the stand-in reads single quotes only")
	default:
		return value, nil
	}
}

func say(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "%s\t%s\n", time.Now().Format("2006-01-02T15:04:05.000-0700"), fmt.Sprintf(format, values...))
}

func fail(err error) {
	say("Failed: %v", err)
	os.Exit(1)
}
