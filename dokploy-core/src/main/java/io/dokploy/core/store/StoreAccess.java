package io.dokploy.core.store;

import io.dokploy.api.value.Secret;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An open store. Thread-safe. */
public final class StoreAccess implements AutoCloseable {

    private final @Nullable EmbeddedDatabase embedded;
    private final boolean exclusive;
    private final KeyProvider keys;
    private final SecureRandom random;
    private final DataSource dataSource;
    private final Database database;
    private final TextCipher cipher;
    private final ValueJson json;
    private final Identity identity;
    private final Ids ids;
    private final ApplicationTable applications;
    private final ReleaseTable releases;
    private final ProjectTable projects;
    private final RegistryTable registries;
    private final OperationTable operations;
    private final OperationWork work;
    private final EventLog events;
    private final OutputLog outputs;
    private final OutboxTable outbox;
    private final DatabaseTable databases;
    private final BackupTable backups;
    private final BackupScheduleTable schedules;
    private final LogArchiveTable logArchives;

    private StoreAccess(
            @Nullable EmbeddedDatabase embedded,
            boolean exclusive,
            DataSource dataSource,
            KeyProvider keys,
            Clock clock,
            SecureRandom random) {
        this.embedded = embedded;
        this.exclusive = exclusive;
        this.keys = keys;
        this.random = random;
        this.dataSource = dataSource;
        database = new Database(dataSource);
        cipher = new TextCipher(keys, random);
        json = new ValueJson(cipher);
        identity = Identity.load(database, json, cipher, keys, random, clock);
        ids = new Ids(clock, random);
        applications = new ApplicationTable(database, json, ids, clock);
        releases = new ReleaseTable(database, json);
        projects = new ProjectTable(database, json);
        registries = new RegistryTable(database, json);
        operations = new OperationTable(database, json, ids, clock);
        work = new OperationWork(database, operations, json, clock);
        events = new EventLog(database, json, ids, clock);
        outputs = new OutputLog(database);
        outbox = new OutboxTable(database, json, clock);
        databases = new DatabaseTable(database, json, ids, clock, random);
        backups = new BackupTable(database, json);
        schedules = new BackupScheduleTable(database, json);
        logArchives = new LogArchiveTable(database);
    }

    /**
     * Opens a store; an embedded one is made on the first start, with its key file if the host gives no key.
     *
     * @throws io.dokploy.api.error.StoreUnavailableException if the database cannot be used, another process has it
     *                                                        open, or it needs a migration and {@code migration} is
     *                                                        {@link Migration#CHECK_ONLY}
     * @throws io.dokploy.api.error.WrongKeyException         if the key is not the one it is encrypted with
     */
    public static StoreAccess open(Store settings, Clock clock, SecureRandom random, Migration migration) {
        if (settings.directory().isPresent()) {
            return openEmbedded(settings, settings.directory().get(), clock, random, migration);
        }
        DataSource dataSource = settings.dataSource().orElseThrow();
        KeyProvider keys = settings.keys().orElseThrow();
        Identity.requireKey(new Database(dataSource), keys);
        if (settings.isExclusive()) {
            Schema.prepare(dataSource, migration);
        } else {
            Schema.prepareShared(dataSource, migration);
        }
        return new StoreAccess(null, settings.isExclusive(), dataSource, keys, clock, random);
    }

    private static StoreAccess openEmbedded(
            Store settings, Path directory, Clock clock, SecureRandom random, Migration migration) {
        EmbeddedDatabase.makeDirectory(directory);
        boolean exists = EmbeddedDatabase.exists(directory);
        var embedded = EmbeddedDatabase.open(directory);
        try {
            KeyProvider keys =
                    settings.keys().orElseGet(() -> KeyFile.load(directory.resolve("master.key"), exists, random));
            Identity.requireKey(new Database(embedded.dataSource()), keys);
            Schema.prepare(embedded.dataSource(), migration);
            return new StoreAccess(embedded, true, embedded.dataSource(), keys, clock, random);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** The identity of this store, made on its first start: 10 lower case letters and digits. */
    public String instance() {
        return identity.name();
    }

    /** Whether no other process has it open. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** The JSON form of all values, also the encrypted one of this store. */
    public ValueJson json() {
        return json;
    }

    /** Makes ids. */
    public Ids ids() {
        return ids;
    }

    /** Applications. */
    public ApplicationTable applications() {
        return applications;
    }

    /** Releases. */
    public ReleaseTable releases() {
        return releases;
    }

    /** Databases. */
    public DatabaseTable databases() {
        return databases;
    }

    /** Places for backups, and what lies there. */
    public BackupTable backups() {
        return backups;
    }

    /** When backups are made. */
    public BackupScheduleTable schedules() {
        return schedules;
    }

    /** Databases whose log is stored. */
    public LogArchiveTable logArchives() {
        return logArchives;
    }

    /** Projects and environments. */
    public ProjectTable projects() {
        return projects;
    }

    /** Logins for image registries. */
    public RegistryTable registries() {
        return registries;
    }

    /** Operations. */
    public OperationTable operations() {
        return operations;
    }

    /** Operations as their workers see them. */
    public OperationWork work() {
        return work;
    }

    /** What happened. */
    public EventLog events() {
        return events;
    }

    /** What the tools of operations have said. */
    public OutputLog outputs() {
        return outputs;
    }

    /** Notifications to deliver. */
    public OutboxTable outbox() {
        return outbox;
    }

    /** The database, for the library that wakes workers. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Whether that database is PostgreSQL; else it is H2. */
    public boolean isPostgres() {
        return database.product().equals("PostgreSQL");
    }

    /**
     * Runs {@code work} in one transaction; all tables that are used inside join it. It may be run again if the
     * database gives it up for another one, so it should do nothing but use tables.
     */
    public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return database.inTransaction(handle -> work.get());
    }

    /** As {@link #inTransaction}, without a result. */
    public void useTransaction(Runnable work) {
        database.useTransaction(handle -> work.run());
    }

    /** Runs {@code action} when this thread's transaction has committed; now if there is none. */
    public void afterCommit(Runnable action) {
        database.afterCommit(action);
    }

    /**
     * The version of a secret: a keyed hash, the same for the same text in this store, also when the key has changed,
     * and no help in guessing the text for whoever does not have the store and its key.
     */
    public String secretVersion(Secret secret) {
        return identity.version(secret);
    }

    /**
     * Encrypts everything again with the current key. An embedded store with a key file makes a new key first, and
     * forgets the former one at the end. Can be broken off and called again.
     */
    public void rotateKey() {
        if (keys instanceof KeyFile file) {
            file.beginRotation(random);
        }
        new KeyRotation(database, cipher).run();
        if (keys instanceof KeyFile file) {
            file.endRotation();
        }
    }

    /** The keys that its values are encrypted with, the one in use first: for a backup that carries them. */
    public List<MasterKey> masterKeys() {
        return keys instanceof KeyFile file ? file.all() : List.of(keys.current());
    }

    @Override
    public void close() {
        events.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
