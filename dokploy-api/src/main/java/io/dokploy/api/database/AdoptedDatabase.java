package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import org.jspecify.annotations.Nullable;

/**
 * A database that somebody else runs: where it is, and a login that may read it. Made with {@link #named}.
 *
 * <pre>{@code
 * AdoptedDatabase.named("legacy-db", PostgresSettings.defaults())
 *         .at("db.example.org", 5432)
 *         .database("shop")
 *         .login("shop", password)
 *         .build();
 * }</pre>
 *
 * @param server where it is
 * @param spec   what is kept of it, with the password of the login, but for the address: see {@link #at}
 */
@Experimental
public record AdoptedDatabase(Server server, DatabaseSpec spec) {

    /** Where the server is. */
    public sealed interface Server {

        /** At an address that containers of the environment reach. */
        record At(ServerAddress address) implements Server {}

        /** In a container of the same engine, of that name. It is in the network of the environment. */
        record InContainer(String name) implements Server {}

        /** In the one container of the same engine with that label. It is in the network of the environment. */
        record Labelled(String label, String value) implements Server {}
    }

    /** Starts the description of a database of that name and engine. */
    public static Builder named(String name, PluginSettings engine) {
        return new Builder(name, engine.toDocument());
    }

    /** What is kept of it when its server is there. */
    public DatabaseSpec at(ServerAddress address) {
        return spec.toBuilder().adopted(address).build();
    }

    /** Puts a description together; {@link #build()} checks it. Not thread-safe. */
    public static final class Builder {

        /** Stands where the address will be: a server in a container is looked for when it is adopted. */
        private static final ServerAddress UNKNOWN = new ServerAddress("unknown", 1);

        private final String name;
        private final SettingsDocument engine;
        private @Nullable Server server;
        private @Nullable Secret password;
        private String user = "app";
        private String database = "app";
        private @Nullable String displayName;
        private @Nullable String version;
        private @Nullable String image;

        private Builder(String name, SettingsDocument engine) {
            this.name = name;
            this.engine = engine;
        }

        /** Where its server listens, for containers of the environment: {@code localhost} would be the container. */
        public Builder at(String host, int port) {
            server = new Server.At(new ServerAddress(host, port));
            return this;
        }

        /** Its server runs in the container of that name, which is in the network of the environment. */
        public Builder inContainer(String container) {
            server = new Server.InContainer(container);
            return this;
        }

        /** Its server runs in the one container with that label, which is in the network of the environment. */
        public Builder inContainerLabelled(String label, String value) {
            server = new Server.Labelled(label, value);
            return this;
        }

        /** Who logs in; must be able to read all of the database. */
        public Builder login(String newUser, Secret newPassword) {
            user = newUser;
            password = newPassword;
            return this;
        }

        /** Which of the server's databases; default {@code app}. */
        public Builder database(String newDatabase) {
            database = newDatabase;
            return this;
        }

        /** For people; default: the name. */
        public Builder displayName(String text) {
            displayName = text;
            return this;
        }

        /** The tag of the image whose tools are used; default: that of the server's version. Not older than the server. */
        public Builder version(String tag) {
            version = tag;
            return this;
        }

        /** Another image for tools and proofs, with its tag: one with the extensions that the server has. */
        public Builder image(String reference) {
            image = reference;
            return this;
        }

        /**
         * The description.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public AdoptedDatabase build() {
            Problems.of("adopted database")
                    .require(server != null, "server", "must be said: at, inContainer or inContainerLabelled")
                    .require(password != null, "login", "must be said")
                    .throwIfAny();
            var spec = DatabaseSpec.named(name, () -> engine)
                    .adopted(server instanceof Server.At at ? at.address() : UNKNOWN)
                    .user(user)
                    .database(database)
                    .displayName(displayName == null ? name : displayName);
            if (password != null) {
                spec.password(password);
            }
            if (version != null) {
                spec.version(version);
            }
            if (image != null) {
                spec.image(image);
            }
            return new AdoptedDatabase(java.util.Objects.requireNonNull(server), spec.build());
        }
    }
}
