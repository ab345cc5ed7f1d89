package io.dokploy.core.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What breaks careless dumps, as statements for each engine's client, and statements that print all of it. */
public enum HostileData {
    POSTGRES("postgres"),
    MYSQL("mysql-family", "mysql"),
    MARIADB("mysql-family", "mariadb");

    private final String[] files;

    HostileData(String... files) {
        this.files = files;
    }

    /** Fills an empty database. */
    public String statements() {
        return read("");
    }

    /** Prints everything, always in the same order, and changes nothing. */
    public String everything() {
        return read("-everything");
    }

    private String read(String ending) {
        var text = new StringBuilder();
        for (String file : files) {
            try (var stream = HostileData.class.getResourceAsStream("/hostile/" + file + ending + ".sql")) {
                text.append(new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }
}
