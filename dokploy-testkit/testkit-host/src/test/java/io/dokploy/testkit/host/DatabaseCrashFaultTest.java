package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.spi.engine.ContainerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks through backup, restore, also into a new database, and upgrade call by call: the process dies before each change of engine or store, or a
 * call of the engine fails. Afterwards one server serves, with the data that the operation says; a backup is in the
 * catalogue and in its place, or in neither. What a proof could not clear away is gone after the next one.
 */
class DatabaseCrashFaultTest {

    private static final String COPY = "shop-copy";

    private static final Set<String> QUESTIONS = Set.of(
            "list",
            "listVolumes",
            "inspect",
            "inspectImage",
            "inspectNetwork",
            "listNetworks",
            "info",
            "diskSpace",
            "availableMemory",
            "processors",
            "logs");

    private static final Map<String, String> FOLDERS = Map.of("io.dokploy.role", "dump-folder");

    /** What is walked through. */
    enum Path {
        BACKUP,
        BACKUP_BY_TWO,
        RESTORE,
        RESTORE_BY_TWO,
        RESTORE_AS_NEW,
        UPGRADE;

        boolean backsUp() {
            return this == BACKUP || this == BACKUP_BY_TWO;
        }

        boolean restores() {
            return this == RESTORE || this == RESTORE_BY_TWO;
        }

        boolean inFolder() {
            return this == BACKUP_BY_TWO || this == RESTORE_BY_TWO;
        }

        FileDatabase database() {
            return inFolder() ? new FolderDatabase() : new FileDatabase();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterACrashAtAnyCallOneServerServesTheRightData(Path path) {
        FaultWalk.crashAtEach(() -> new Site(path), QUESTIONS, 10);
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureOfAnyCallOneServerServesTheRightData(Path path) {
        FaultWalk.failAtEach(() -> new Site(path), 10);
    }

    /** A database that is worked on again and again. */
    private static final class Site extends FaultWalk {
        private final MemoryPlace place;
        private final TestDokploy dokploy;
        private final Path path;
        private String former = "";
        private String wanted = "";
        private String copied = "";

        Site(Path path) {
            this(path, new MemoryPlace());
        }

        private Site(Path path, MemoryPlace place) {
            this(
                    path,
                    place,
                    TestDokploy.builder()
                            .with(builder -> builder.plugin(path.database()).plugin(place.inNextLife()))
                            .start());
        }

        private Site(Path path, MemoryPlace place, TestDokploy dokploy) {
            super(dokploy);
            this.path = path;
            this.place = place;
            this.dokploy = dokploy;
            FileDatabase.on(dokploy);
            dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
            create();
        }

        private void create() {
            dokploy.client()
                    .databases()
                    .create(DatabaseSpec.named("shop-db", FileDatabase.settings())
                            .build())
                    .await();
        }

        /** Puts data there, and what it will be replaced by. */
        @Override
        void prepare(int at) {
            former = "rows\t" + (1000 + at) + "\n";
            wanted = former;
            dokploy.client()
                    .databases()
                    .delete("shop-db", DeleteRequest.withVolumes())
                    .await();
            assertThat(dokploy.containers().list(FOLDERS)).isEmpty();
            assertThat(dokploy.containers().listVolumes(FOLDERS)).isEmpty();
            create();
            forgetCopy();
            if (path == Path.RESTORE_AS_NEW) {
                copied = "rows\t" + (5000 + at) + "\n";
                fill(copied);
                dokploy.client().backups().backUp("shop-db", "memory").await();
            }
            if (path.restores()) {
                wanted = "rows\t" + (5000 + at) + "\n";
                fill(wanted);
                var backups = dokploy.client().backups();
                var backup =
                        backups.backUp("shop-db", "memory").await().backup().id();
                // So that the next one has a volume to remove.
                backups.restore(backup, "shop-db", RestoreRequest.withoutSafetyBackup())
                        .await();
            }
            fill(former);
        }

        @Override
        Operation<?> request() {
            var backups = dokploy.client().backups();
            return switch (path) {
                case BACKUP, BACKUP_BY_TWO -> backups.backUp("shop-db", "memory");
                case RESTORE, RESTORE_BY_TWO ->
                    backups.restore(backups.list("shop-db").get(0).backup().id(), "shop-db");
                case RESTORE_AS_NEW ->
                    backups.restoreAsNew(
                            backups.list("shop-db").get(0).backup().id(),
                            DatabaseSpec.named(COPY, FileDatabase.settings()).build());
                case UPGRADE -> dokploy.client().databases().upgrade("shop-db", "2");
            };
        }

        @Override
        void check(OperationRecord record, List<String> problems) {
            var state = record.state();
            var database = dokploy.client().databases().get("shop-db");
            var all = servers("shop-db");
            copy(state, problems);
            if (state == State.FAILED && path.backsUp()) {
                proveAgain();
            }
            var scratch = dokploy.containers().list(Map.of("io.dokploy.role", "scratch"));
            if (!scratch.isEmpty()) {
                problems.add(names(scratch) + " are left");
            }
            if (all.size() != 1 || !all.get(0).isRunning()) {
                problems.add("its containers are " + names(all));
            } else {
                var content = content(all.get(0));
                if (!content.equals(state == State.SUCCEEDED ? wanted : former)) {
                    problems.add(state + ", but it has " + content);
                }
                if (!all.get(0).labels().get("io.dokploy.database.generation").equals("" + database.generation())) {
                    problems.add(all.get(0).name() + " serves, but the store says " + database.generation());
                }
            }
            if (path == Path.UPGRADE && !database.engineVersion().equals(state == State.SUCCEEDED ? "2" : "1")) {
                problems.add(state + " with version " + database.engineVersion());
            }
            backups(state, problems);
        }

        /** Made by one path only: all of it, or nothing. */
        private void copy(State state, List<String> problems) {
            var servers = servers(COPY);
            boolean isKnown = dokploy.client().databases().list().stream()
                    .anyMatch(database -> database.name().equals(COPY));
            long volumes = dokploy.containers().listVolumes(Map.of()).stream()
                    .filter(volume -> volume.contains(COPY))
                    .count();
            boolean isWanted = path == Path.RESTORE_AS_NEW && state == State.SUCCEEDED;
            int each = isWanted ? 1 : 0;
            if (isKnown != isWanted || servers.size() != each || volumes != each) {
                problems.add(state + ", but the copy is " + (isKnown ? "" : "not ") + "known, with " + names(servers)
                        + " and " + volumes + " volumes");
            } else if (isWanted && !content(servers.get(0)).equals(copied)) {
                problems.add("the copy has " + content(servers.get(0)));
            }
        }

        private void forgetCopy() {
            var databases = dokploy.client().databases();
            if (databases.list().stream().anyMatch(database -> database.name().equals(COPY))) {
                databases.delete(COPY, DeleteRequest.withVolumes()).await();
            }
        }

        private List<ContainerInfo> servers(String database) {
            return dokploy.containers().list(Map.of("io.dokploy.role", "database")).stream()
                    .filter(container -> container.name().contains(database))
                    .toList();
        }

        private void backups(State state, List<String> problems) {
            var catalogued = dokploy.client().backups().list("shop-db");
            if (path.backsUp() && state == State.SUCCEEDED && !catalogued.get(0).proven()) {
                problems.add("done, but not proven");
            }
            var format = path.inFolder() ? "rowdir.tar" : "rows";
            if (catalogued.stream()
                    .anyMatch(backup -> !backup.backup().parts().get(0).format().equals(format))) {
                problems.add("a part is no " + format);
            }
            // Its parts, the manifest, and the proof.
            long objects = catalogued.stream()
                    .mapToLong(backup -> backup.backup().parts().size() + (backup.proven() ? 2 : 1))
                    .sum();
            if (place.keys().size() != objects) {
                problems.add(place.keys().size() + " objects are there, but the catalogue has " + objects);
            }
            catalogued.forEach(backup ->
                    dokploy.client().backups().delete(backup.backup().id()).await());
        }

        /** The call that failed may have been the one that clears away. */
        private void proveAgain() {
            var backups = dokploy.client().backups();
            for (CataloguedBackup backup : backups.list("shop-db")) {
                backups.verify(backup.backup().id()).await();
            }
        }

        private static List<String> names(List<ContainerInfo> containers) {
            return containers.stream()
                    .map(container -> container.name() + " " + container.state())
                    .toList();
        }

        private ContainerInfo serving() {
            return servers("shop-db").get(0);
        }

        private void fill(String content) {
            try (var session = dokploy.containers().exec(serving().name(), FileDatabase.fill())) {
                session.stdin().write(content.getBytes(StandardCharsets.UTF_8));
                session.stdin().close();
                session.stdout().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String content(ContainerInfo container) {
            try (var session = dokploy.containers().exec(container.name(), FileDatabase.show())) {
                return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
