package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.application.LogRotation;
import io.dokploy.api.application.Resources;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.ResourceName;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that describes a database. Made with {@link #named(String, PluginSettings)}; {@link #toBuilder()} makes a changed
 * copy. The defaults are safe: the engine's tested version, a generated password, no port of the host.
 *
 * @param name        unique among the databases and applications of its environment; its host name there
 * @param displayName for people, default the name
 * @param engine      which plugin runs it, with its settings
 * @param version     tag of the engine's image; default: the newest major version that the plugin was tested with
 * @param image       another image than the plugin's, with its tag; it must keep the contract of the plugin's
 * @param user        who logs in; default {@code app}
 * @param database    the first database; default {@code app}
 * @param password    to begin with; default: 32 random letters and digits. What is kept of the spec does not have it
 * @param resources   limits of its container
 * @param published   where it is reached from outside the network; default: nowhere
 * @param parameters  configuration of the engine by the names of its own documentation: {@code max_connections}
 * @param initScripts run once, when the data directory is made
 * @param readyWithin how long it may take to be ready, default 2 min
 * @param stopGrace   between the stop signal and the kill, default 1 min
 * @param logs        how much output the engine keeps
 * @param labels      put on its container; {@code io.dokploy.} is ours
 * @param adopted     where its server is, if somebody else runs it ({@link AdoptedDatabase}): then nothing is made of what
 *                    is said here, and the names are as they are there
 */
@Experimental
public record DatabaseSpec(
        String name,
        String displayName,
        SettingsDocument engine,
        Optional<String> version,
        Optional<String> image,
        String user,
        String database,
        Optional<Secret> password,
        Resources resources,
        Optional<Published> published,
        Map<String, String> parameters,
        List<InitScript> initScripts,
        Duration readyWithin,
        Duration stopGrace,
        LogRotation logs,
        Map<String, String> labels,
        Optional<ServerAddress> adopted) {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,30}");
    /** What needs no quoting anywhere. */
    private static final Pattern FOREIGN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]*");
    private static final int SHORTEST_PASSWORD = 12;

    /**
     * Where a database is reached from outside.
     *
     * @param address of the host; {@code 127.0.0.1} for this machine only
     * @param port    of the host
     * @param tls     with which certificate; empty: in plain text only
     */
    public record Published(String address, int port, Optional<DatabaseTls> tls) {

        /** In plain text. */
        public Published(String address, int port) {
            this(address, port, Optional.empty());
        }

        public Published {
            Problems.of("published")
                    .require(address.matches("[0-9a-fA-F.:]+"), "address", "must be an IP address of the host")
                    .require(port >= 1 && port <= 65535, "port", "must be between 1 and 65535")
                    .throwIfAny();
        }
    }

    public DatabaseSpec {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        initScripts = List.copyOf(initScripts);
        var problems = Problems.of("database \"" + (ResourceName.isValid(name) ? name : "?") + "\"");
        ResourceName.check(problems, "name", name);
        problems.require(displayName.length() <= 200, "displayName", "must be at most 200 characters");
        checkIdentifier(problems, "user", user, adopted);
        checkIdentifier(problems, "database", database, adopted);
        version.ifPresent(tag ->
                problems.require(TAG.matcher(tag).matches(), "version", "must be the tag of an image, such as 17"));
        password.ifPresent(secret -> checkPassword(problems, secret, adopted.isPresent() ? 1 : SHORTEST_PASSWORD));
        parameters.forEach((parameter, value) -> {
            problems.require(
                    PARAMETER.matcher(parameter).matches(), "parameters", "\"" + parameter + "\" is not a name");
            problems.require(
                    value.chars().noneMatch(Character::isISOControl),
                    "parameters." + parameter,
                    "must not hold control characters");
        });
        problems.require(
                initScripts.stream().map(InitScript::name).distinct().count() == initScripts.size(),
                "initScripts",
                "two have the same name");
        problems.require(readyWithin.compareTo(Duration.ZERO) > 0, "readyWithin", "must be positive");
        problems.require(!stopGrace.isNegative(), "stopGrace", "must not be negative");
        labels.keySet()
                .forEach(label -> problems.require(
                        !label.startsWith("io.dokploy."),
                        "labels." + label,
                        "labels that begin with io.dokploy. are ours"));
        problems.throwIfAny();
    }

    private static void checkIdentifier(Problems problems, String field, String name, Optional<ServerAddress> adopted) {
        if (adopted.isPresent()) {
            problems.require(
                    FOREIGN.matcher(name).matches(),
                    field,
                    "must be letters, digits, _, . and -, at most 63, to be adopted");
        } else {
            problems.require(identifies(name), field, "must be letters, digits and _, at most 31, not a digit first");
        }
    }

    /** With which certificate it is reached from outside, if it is published by TLS. */
    public Optional<DatabaseTls> tls() {
        return published.flatMap(Published::tls);
    }

    /** Notes what is wrong with a password, as the field {@code password}. */
    public static void checkPassword(Problems problems, Secret password) {
        checkPassword(problems, password, SHORTEST_PASSWORD);
    }

    /** The same of one that others have chosen. */
    public static void checkForeignPassword(Problems problems, Secret password) {
        checkPassword(problems, password, 1);
    }

    private static void checkPassword(Problems problems, Secret password, int shortest) {
        problems.require(
                password.reveal().length() >= shortest, "password", "must have at least " + shortest + " characters");
        problems.require(
                password.reveal().chars().noneMatch(Character::isISOControl),
                "password",
                "must not hold control characters");
    }

    /** Whether that can be the name of a user or of a database inside. */
    public static boolean identifies(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    /** Starts a spec: {@code DatabaseSpec.named("shop-db", PostgresSettings.defaults())}. */
    public static Builder named(String name, PluginSettings engine) {
        return new Builder(name, engine.toDocument());
    }

    /** A builder that holds all of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Puts a spec together; {@link #build()} checks it. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private SettingsDocument engine;
        private @Nullable String displayName;
        private @Nullable String version;
        private @Nullable String image;
        private String user = "app";
        private String database = "app";
        private @Nullable Secret password;
        private Resources resources = Resources.unlimited();
        private @Nullable Published published;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<InitScript> initScripts = new ArrayList<>();
        private Duration readyWithin = Duration.ofMinutes(2);
        private Duration stopGrace = Duration.ofMinutes(1);
        private LogRotation logs = LogRotation.defaults();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private @Nullable ServerAddress adopted;

        private Builder(String name, SettingsDocument engine) {
            this.name = name;
            this.engine = engine;
        }

        private Builder(DatabaseSpec spec) {
            name = spec.name;
            engine = spec.engine;
            displayName = spec.displayName;
            version = spec.version.orElse(null);
            image = spec.image.orElse(null);
            user = spec.user;
            database = spec.database;
            password = spec.password.orElse(null);
            resources = spec.resources;
            published = spec.published.orElse(null);
            parameters.putAll(spec.parameters);
            initScripts.addAll(spec.initScripts);
            readyWithin = spec.readyWithin;
            stopGrace = spec.stopGrace;
            logs = spec.logs;
            labels.putAll(spec.labels);
            adopted = spec.adopted.orElse(null);
        }

        Builder adopted(ServerAddress address) {
            adopted = address;
            return this;
        }

        /** For people. */
        public Builder displayName(String text) {
            displayName = text;
            return this;
        }

        /** The engine's settings, of the same plugin. */
        public Builder engine(PluginSettings settings) {
            engine = settings.toDocument();
            return this;
        }

        /** The tag of the engine's image: {@code 17}. */
        public Builder version(String tag) {
            version = tag;
            return this;
        }

        /** Another image, with its tag: {@code registry.example.com/postgres-with-postgis:17}. */
        public Builder image(String reference) {
            image = reference;
            return this;
        }

        /** Who logs in. */
        public Builder user(String newUser) {
            user = newUser;
            return this;
        }

        /** The first database. */
        public Builder database(String newDatabase) {
            database = newDatabase;
            return this;
        }

        /** A password of one's own, at least 12 characters. */
        public Builder password(Secret secret) {
            password = secret;
            return this;
        }

        /** The generated password, or the one that it has. */
        public Builder withoutPassword() {
            password = null;
            return this;
        }

        /** Limits. */
        public Builder resources(Resources limits) {
            resources = limits;
            return this;
        }

        /** Lets it be reached at that address and port of the host. */
        public Builder publish(String address, int port) {
            published = new Published(address, port);
            return this;
        }

        /** Lets it be reached at that address and port of the host, by TLS. */
        public Builder publish(String address, int port, DatabaseTls tls) {
            published = new Published(address, port, Optional.of(tls));
            return this;
        }

        /** A parameter of the engine. */
        public Builder parameter(String parameter, String value) {
            parameters.put(parameter, value);
            return this;
        }

        /** A script that runs once, when the data directory is made. */
        public Builder initScript(String fileName, String content) {
            initScripts.add(new InitScript(fileName, content));
            return this;
        }

        /** No scripts, also not those of before. */
        public Builder withoutInitScripts() {
            initScripts.clear();
            return this;
        }

        /** How long it may take to be ready. */
        public Builder readyWithin(Duration duration) {
            readyWithin = duration;
            return this;
        }

        /** How long it may take to stop. */
        public Builder stopGrace(Duration duration) {
            stopGrace = duration;
            return this;
        }

        /** How much output is kept. */
        public Builder logs(LogRotation rotation) {
            logs = rotation;
            return this;
        }

        /** A label on its container. */
        public Builder label(String label, String value) {
            labels.put(label, value);
            return this;
        }

        /**
         * The spec.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public DatabaseSpec build() {
            return new DatabaseSpec(
                    name,
                    displayName == null ? name : displayName,
                    engine,
                    Optional.ofNullable(version),
                    Optional.ofNullable(image),
                    user,
                    database,
                    Optional.ofNullable(password),
                    resources,
                    Optional.ofNullable(published),
                    parameters,
                    initScripts,
                    readyWithin,
                    stopGrace,
                    logs,
                    labels,
                    Optional.ofNullable(adopted));
        }
    }
}
