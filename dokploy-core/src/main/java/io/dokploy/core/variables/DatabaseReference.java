package io.dokploy.core.variables;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.value.EnvironmentValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code ${{database.shop-db.url}}}: a value of a database of the same environment. It stays as it is in a release, and is
 * replaced by the value of the moment when a container is made; so no release holds a password that may be dead by then.
 *
 * @param database its name
 * @param field    which value of it
 */
public record DatabaseReference(String database, Field field) {

    static final String PREFIX = "database.";

    /** A value of a connection. */
    public enum Field {
        /** All in one; a secret. */
        URL("url", connection -> Optional.of(connection.url())),
        /** Name in the network. */
        HOST("host", connection -> plain(connection.host())),
        /** Number. */
        PORT("port", connection -> plain(Integer.toString(connection.port()))),
        /** Who logs in. */
        USER("user", connection -> plain(connection.user())),
        /** A secret. */
        PASSWORD("password", connection -> Optional.of(connection.password())),
        /** The database's name inside its server. */
        DATABASE("database", connection -> plain(connection.database())),
        /** Without user and password; not of every engine. */
        JDBC_URL("jdbcUrl", connection -> connection.jdbcUrl().map(EnvironmentValue::plain)),
        /** In PEM; only where the URLs ask to verify the server. */
        CA_CERTIFICATE("caCertificate", connection -> connection.caCertificate().map(EnvironmentValue::plain));

        private final String key;
        private final Function<DatabaseConnection, Optional<? extends EnvironmentValue>> value;

        Field(String key, Function<DatabaseConnection, Optional<? extends EnvironmentValue>> value) {
            this.key = key;
            this.value = value;
        }

        /** As it is written: {@code jdbcUrl}. */
        public String key() {
            return key;
        }

        /** The value, if such a database has one. */
        public Optional<EnvironmentValue> of(DatabaseConnection connection) {
            return value.apply(connection).map(found -> found);
        }

        private static Optional<EnvironmentValue> plain(String text) {
            return Optional.of(EnvironmentValue.plain(text));
        }

        static String keys() {
            return Arrays.stream(values()).map(Field::key).collect(Collectors.joining(", "));
        }
    }

    /** What stands between the braces, if it is one and names a value. */
    static Optional<DatabaseReference> parse(String reference) {
        int dot = reference.lastIndexOf('.');
        if (!reference.startsWith(PREFIX) || dot < PREFIX.length()) {
            return Optional.empty();
        }
        var key = reference.substring(dot + 1);
        return Arrays.stream(Field.values())
                .filter(field -> field.key.equals(key))
                .findFirst()
                .map(field -> new DatabaseReference(reference.substring(PREFIX.length(), dot), field));
    }

    /** As it is written: {@code ${{database.shop-db.url}}}. */
    @Override
    public String toString() {
        return "${{" + PREFIX + database + "." + field.key + "}}";
    }
}
