package io.dokploy.database.postgres;

import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is dumped of a server, and how it is restored. */
final class Dumps {

    private static final String ROLES = "roles";
    private static final String DATA = "data";
    /** And a number: the name of the database, which may be anything, is in the archive. */
    private static final String FURTHER = "database-";

    private static final String DUMP = "pg_dump";

    /** Below that a second connection gains nothing worth a scratch volume. */
    private static final long LARGE = 1L << 30;

    private static final int USUAL_JOBS = 4;

    /** From here on pg_dump can compress with zstd. */
    private static final int WITH_ZSTD = 16;
    /** From here on pg_restore can put many objects into one transaction, which then need no log. */
    private static final int WITH_TRANSACTION_SIZE = 17;

    private Dumps() {}

    static List<DumpPart> all(int major, Login login, List<String> further) {
        var parts = new ArrayList<DumpPart>();
        parts.add(new DumpPart(ROLES, "sql", Psql.rows(login, Statements.ROLES), Compression.NONE));
        parts.add(archive(DATA, major, login, Optional.empty()));
        for (String database : further) {
            parts.add(archive(FURTHER + (parts.size() - 1), major, login.in(database), Optional.of(database)));
        }
        return parts;
    }

    private static DumpPart archive(String part, int major, Login login, Optional<String> database) {
        boolean zstd = major >= WITH_ZSTD;
        return new DumpPart(
                part,
                "pgdump",
                Psql.tool(login, DUMP, "--format=custom", "--compress=" + (zstd ? "zstd:3" : "0")),
                zstd ? Compression.BY_THE_TOOL : Compression.NONE,
                database);
    }

    static DumpPart reading(DumpPart part, String view) {
        var command = part.command();
        if (!command.arguments().get(0).equals(DUMP)) {
            return part;
        }
        var arguments = new ArrayList<>(command.arguments());
        arguments.add("--snapshot=" + view);
        return part.with(command.arguments(arguments));
    }

    static int jobs(long bytes, int processors) {
        return bytes < LARGE ? 1 : Math.min(processors, USUAL_JOBS);
    }

    /** Without zstd gzip's fastest level, so that what lies on the scratch volume is small in any case. */
    static Optional<DumpPart> intoFolder(DumpPart part, String folder, int jobs) {
        var command = part.command();
        if (!command.arguments().get(0).equals(DUMP)) {
            return Optional.empty();
        }
        var arguments = command.arguments().stream()
                .map(argument -> switch (argument) {
                    case "--format=custom" -> "--format=directory";
                    case "--compress=0" -> "--compress=1";
                    default -> argument;
                })
                .collect(Collectors.toCollection(ArrayList::new));
        arguments.addAll(List.of("--jobs=" + jobs, "--file=" + folder));
        return Optional.of(new DumpPart(
                part.name(), "pgdir", command.arguments(arguments), Compression.BY_THE_TOOL, part.database()));
    }

    static EngineCommand restoreFolder(String part, Login login, String folder, int jobs) {
        var options = new ArrayList<String>();
        if (part.startsWith(FURTHER)) {
            options.add("--create");
        }
        options.add("--jobs=" + jobs);
        var read = read(login, options);
        var arguments = new ArrayList<>(read.arguments());
        arguments.add(folder);
        return read.arguments(arguments);
    }

    /** A further database is made by pg_restore, with its owner, its settings and who may do what in it. */
    static EngineCommand restore(String part, int major, Login login) {
        if (part.equals(ROLES)) {
            return Psql.tool(login, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1");
        }
        var options = new ArrayList<String>();
        if (part.startsWith(FURTHER)) {
            options.add("--create");
        }
        if (major >= WITH_TRANSACTION_SIZE) {
            options.add("--transaction-size=1000");
        }
        return read(login, options);
    }

    static EngineCommand readArchive(Login login) {
        return read(login, List.of("--no-owner", "--no-acl"));
    }

    private static EngineCommand read(Login login, List<String> options) {
        var arguments = new ArrayList<>(List.of("pg_restore", "--exit-on-error"));
        arguments.addAll(options);
        arguments.add("--dbname=" + login.database());
        return Psql.tool(login, arguments.toArray(String[]::new));
    }

    static DumpPart portable(Login login) {
        return new DumpPart(
                DATA,
                "pgdump",
                Psql.tool(login, DUMP, "--format=custom", "--no-owner", "--no-acl"),
                Compression.BY_THE_TOOL);
    }
}
