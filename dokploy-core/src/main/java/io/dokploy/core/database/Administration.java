package io.dokploy.core.database;

import io.dokploy.api.DatabaseAdministration;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.database.ChangesPasswords;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.HasDatabases;
import io.dokploy.spi.database.HasExtensions;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.Login;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Databases, users and extensions, by the engine's own commands. */
public final class Administration implements DatabaseAdministration {

    private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final Platform platform;
    private final KnownDatabase known;

    /** Of that database as it is now. */
    public Administration(Platform platform, Database database) {
        this.platform = platform;
        this.known = KnownDatabase.of(platform, database);
    }

    @Override
    public List<String> databases() {
        return ServerDatabases.names(ask(capability(HasDatabases.class).databases(known.login())));
    }

    @Override
    public void createDatabase(String database) {
        requireName("database", database);
        ask(capability(HasDatabases.class).createDatabase(known.login(), database));
    }

    @Override
    public void dropDatabase(String database) {
        requireOther("database", database, known.login().database());
        ask(capability(HasDatabases.class).dropDatabase(known.login(), database));
    }

    @Override
    public List<String> users() {
        return lines(capability(HasUsers.class).users(known.login()));
    }

    @Override
    public DatabaseConnection createUser(String user, String database) {
        requireName("user", user);
        requireName("database", database);
        var made = new Login(user, platform.store().databases().newPassword(), database);
        ask(capability(HasUsers.class).createUser(known.login(), made));
        return platform.connections().of(known.database(), made);
    }

    @Override
    public void dropUser(String user) {
        requireOther("user", user, known.login().user());
        var all = known.plugin() instanceof HasDatabases
                ? databases()
                : List.of(known.login().database());
        capability(HasUsers.class).dropUser(known.login(), user, all).forEach(this::ask);
    }

    @Override
    public DatabaseConnection changePassword(String user, String database) {
        requireOther("user", user, known.login().user());
        requireName("database", database);
        var changed = new Login(user, platform.store().databases().newPassword(), database);
        capability(ChangesPasswords.class)
                .changePassword(known.login(), user, changed.password())
                .forEach(this::ask);
        return platform.connections().of(known.database(), changed);
    }

    @Override
    public Map<String, String> extensions() {
        var versions = new LinkedHashMap<String, String>();
        for (String line : lines(capability(HasExtensions.class).extensions(known.login()))) {
            int tab = line.indexOf('\t');
            versions.put(line.substring(0, tab), line.substring(tab + 1));
        }
        return versions;
    }

    @Override
    public void createExtension(String extension) {
        requireExtension(extension);
        ask(capability(HasExtensions.class).createExtension(known.login(), extension));
    }

    @Override
    public void dropExtension(String extension) {
        requireExtension(extension);
        ask(capability(HasExtensions.class).dropExtension(known.login(), extension));
    }

    private <T> T capability(Class<T> type) {
        return Capability.of(type, known);
    }

    private List<String> lines(EngineCommand command) {
        return ask(command).lines().filter(line -> !line.isBlank()).toList();
    }

    private String ask(EngineCommand command) {
        try (var context = platform.contexts().quiet()) {
            return known.server(known.placement(), context).ask(command);
        }
    }

    private static void requireName(String field, String name) {
        Problems.of("name")
                .require(
                        DatabaseSpec.identifies(name),
                        field,
                        "must be letters, digits and _, at most 31, not a digit first")
                .throwIfAny();
    }

    private static void requireOther(String field, String name, String own) {
        requireName(field, name);
        Problems.of("name")
                .require(
                        !name.equals(own),
                        field,
                        "is the one that the spec names: it belongs to the database as a whole")
                .throwIfAny();
    }

    private static void requireExtension(String name) {
        Problems.of("name")
                .require(EXTENSION.matcher(name).matches(), "extension", "must be a plain name such as pg_trgm")
                .throwIfAny();
    }
}
