package io.dokploy.core.store;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.json.ValueJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Releases that are kept, and the last output of those that are retired. Thread-safe. */
public final class ReleaseTable {

    private final Database database;
    private final ValueJson json;

    ReleaseTable(Database database, ValueJson json) {
        this.database = database;
        this.json = json;
    }

    /** Keeps a release. */
    public void insert(Release release) {
        String document = json.store(release);
        database.useTransaction(handle -> handle.createUpdate(
                        "INSERT INTO dokploy_release (id, application_id, build_identity, release_json)"
                                + " VALUES (:id, :application, :identity, :release)")
                .bind("id", release.id().value())
                .bind("application", release.application().value())
                .bind("identity", release.image().identity())
                .bind("release", document)
                .execute());
    }

    /** Keeps a release anew whose number of replicas was changed; all else of a release never changes. */
    public void replace(Release release) {
        String document = json.store(release);
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_release SET release_json = :release WHERE id = :id")
                        .bind("release", document)
                        .bind("id", release.id().value())
                        .execute());
    }

    /** The release of that id. */
    public Optional<Release> find(ReleaseId id) {
        return database.inTransaction(
                        handle -> handle.createQuery("SELECT release_json FROM dokploy_release WHERE id = :id")
                                .bind("id", id.value())
                                .mapTo(String.class)
                                .findOne())
                .map(this::release);
    }

    /** The newest release whose image has that identity. */
    public Optional<Release> findByIdentity(ApplicationId application, String identity) {
        return database.inTransaction(handle -> handle.createQuery("SELECT release_json FROM dokploy_release"
                                + " WHERE application_id = :application AND build_identity = :identity"
                                + " ORDER BY id DESC FETCH FIRST 1 ROWS ONLY")
                        .bind("application", application.value())
                        .bind("identity", identity)
                        .mapTo(String.class)
                        .findOne())
                .map(this::release);
    }

    /** The releases of an application, newest first. */
    public List<Release> list(ApplicationId application) {
        return database
                .inTransaction(handle -> handle.createQuery("SELECT release_json FROM dokploy_release"
                                + " WHERE application_id = :application ORDER BY id DESC")
                        .bind("application", application.value())
                        .mapTo(String.class)
                        .list())
                .stream()
                .map(this::release)
                .toList();
    }

    /** Forgets a release with its output; does nothing if it is gone. */
    public void delete(ReleaseId id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_release WHERE id = :id")
                .bind("id", id.value())
                .execute());
    }

    /**
     * Keeps the last part of a retired release's output; replaces what was kept before.
     *
     * @param output as the caller can read it back
     * @param limit  only so many of its last bytes are kept
     */
    public void keepLogs(ReleaseId id, byte[] output, ByteSize limit) {
        int from = (int) Math.max(0, output.length - limit.bytes());
        byte[] packed = pack(Arrays.copyOfRange(output, from, output.length));
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_release SET kept_logs = :logs WHERE id = :id")
                        .bind("logs", packed)
                        .bind("id", id.value())
                        .execute());
    }

    /** What was kept of a release's output. */
    public Optional<byte[]> keptLogs(ReleaseId id) {
        return database.inTransaction(handle -> handle.createQuery(
                                "SELECT kept_logs FROM dokploy_release WHERE id = :id AND kept_logs IS NOT NULL")
                        .bind("id", id.value())
                        .mapTo(byte[].class)
                        .findOne())
                .map(ReleaseTable::unpack);
    }

    private Release release(String document) {
        return json.restore(document, Release.class);
    }

    private static byte[] pack(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen in memory", e);
        }
        return packed.toByteArray();
    }

    private static byte[] unpack(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The kept output of a release is damaged", e);
        }
    }
}
