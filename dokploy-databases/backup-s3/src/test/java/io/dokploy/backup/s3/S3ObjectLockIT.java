package io.dokploy.backup.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.value.ByteSize;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket that locks what arrives for a day: it takes backups, says until when they are locked, and loses nothing. */
class S3ObjectLockIT {

    private static final String LOCKED = "locked";
    private static final Duration DAY = Duration.ofDays(1);

    private static final TestContext CONTEXT = TestContext.create();
    private static Seaweed server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = Seaweed.start();
        client = server.client();
        client.createBucket(request -> request.bucket(LOCKED).objectLockEnabledForBucket(true));
        client.putObjectLockConfiguration(request -> request.bucket(LOCKED)
                .objectLockConfiguration(lock -> lock.objectLockEnabled("Enabled")
                        .rule(rule -> rule.defaultRetention(retention -> retention
                                .mode(ObjectLockRetentionMode.COMPLIANCE)
                                .days((int) DAY.toDays())))));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        CONTEXT.close();
    }

    @Test
    void smallAndLargeObjectsAreLockedAndItIsTold() throws IOException {
        try (Store store = opened(LOCKED)) {
            for (int size : new int[] {1, 6 << 20}) {
                write(store, "shop/" + size, new byte[size]);
                assertThat(store.find("shop/" + size).flatMap(StoredObject::lockedUntil))
                        .hasValueSatisfying(until -> assertThat(until)
                                .isBetween(
                                        Instant.now().plus(DAY).minusSeconds(3600),
                                        Instant.now().plus(DAY).plusSeconds(3600)));
            }
        }
        try (Store store = opened(Seaweed.BUCKET)) {
            write(store, "shop/free", new byte[1]);
            assertThat(store.find("shop/free"))
                    .hasValueSatisfying(free -> assertThat(free.lockedUntil()).isEmpty());
        }
    }

    @Test
    void whatIsReplacedOrRemovedIsHiddenAndStaysAsAFormerVersion() throws IOException {
        try (Store store = opened(LOCKED)) {
            write(store, "kept/one", "first".getBytes(UTF_8));
            write(store, "kept/one", "second".getBytes(UTF_8));
            store.delete("kept/one");
            assertThat(store.find("kept/one")).isEmpty();
            store.list("kept/", object -> assertThat(object.key()).as("listed").isEmpty());
        }
        var versions = client.listObjectVersions(
                        request -> request.bucket(LOCKED).prefix("kept/"))
                .versions();
        assertThat(versions).hasSize(2).allSatisfy(version -> {
            var content = client.getObjectAsBytes(
                    request -> request.bucket(LOCKED).key("kept/one").versionId(version.versionId()));
            assertThat(content.asUtf8String()).isIn("first", "second");
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(LOCKED).key("kept/one").versionId(version.versionId())))
                    .isInstanceOf(S3Exception.class);
        });
    }

    @Test
    void whatWasNotEndedLeavesNothingThatIsLocked() throws IOException {
        try (Store store = opened(LOCKED)) {
            try (var upload = store.put("broken/data")) {
                upload.stream().write(new byte[11 << 20]);
            }
            assertThat(store.find("broken/data")).isEmpty();
            assertThat(store.abortUnfinished("broken/", Instant.now().plus(DAY)))
                    .isZero();
        }
        assertThat(client.listObjectVersions(request -> request.bucket(LOCKED).prefix("broken/"))
                        .versions())
                .isEmpty();
    }

    private static Store opened(String bucket) {
        var settings = S3Settings.bucket(bucket)
                .endpoint(server.endpoint())
                .credentials(Seaweed.ACCESS_KEY, io.dokploy.api.value.Secret.of(Seaweed.SECRET_KEY))
                .partSize(ByteSize.mebibytes(5))
                .build();
        return new S3Target().open(settings.toDocument(), CONTEXT);
    }

    private static void write(Store store, String key, byte[] content) throws IOException {
        try (var upload = store.put(key)) {
            upload.stream().write(content);
            upload.commit();
        }
    }
}
