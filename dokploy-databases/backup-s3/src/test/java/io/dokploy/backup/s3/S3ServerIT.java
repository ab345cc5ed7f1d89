package io.dokploy.backup.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.s3.FaultProxy.Fault;
import io.dokploy.backup.s3.S3Settings.Checksums;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the settings do, and what is said when they are wrong, against a real server. */
class S3ServerIT {

    private static final Pattern WHOLE_HASH = Pattern.compile("x-amz-content-sha256: [0-9a-f]{64}");
    private static final String WRONG = "wrong-secret-4712";

    private static Seaweed server;

    private final TestContext context = TestContext.create();

    @BeforeAll
    static void startServer() {
        server = Seaweed.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeContext() {
        context.close();
    }

    @Test
    void wrongSettingsAreToldWithWhatToDoAndWithoutKeys() {
        assertFails(
                server.settings().credentials(Seaweed.ACCESS_KEY, Secret.of(WRONG)),
                "SignatureDoesNotMatch",
                "secret key");
        assertFails(server.settings().credentials("nobody", Secret.of(WRONG)), "InvalidAccessKeyId", "access key");
        assertFails(
                Seaweed.settings(URI.create("http://127.0.0.1:1")).attempts(1),
                "cannot be reached",
                "correct the endpoint");
        URI plain = server.endpoint();
        assertFails(
                Seaweed.settings(URI.create("https://" + plain.getHost() + ":" + plain.getPort()))
                        .attempts(1),
                "cannot be trusted",
                "certificateAuthority");
    }

    @Test
    void aMissingBucketIsNoMissingObject() {
        try (Store store = opened(bucket("no-such-bucket"))) {
            assertThatThrownBy(() -> store.find("key"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bucket");
            assertThatThrownBy(() -> store.get("key")).hasMessageContaining("Create the bucket");
            assertThatThrownBy(() -> store.list("", object -> {})).hasMessageContaining("Create the bucket");
            assertThatThrownBy(() -> store.abortUnfinished("", java.time.Instant.EPOCH))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void bodiesAreSentAsTheyAreAndSignedAsAWhole() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.endpoint());
                Store store = opened(Seaweed.settings(proxy.endpoint()))) {
            for (int size : new int[] {0, 1_000, 12 << 20}) {
                assertReadBack(store, "whole/" + size, random(size));
            }
            assertThat(proxy.requests())
                    .filteredOn(request -> request.line().startsWith("PUT "))
                    .hasSize(5)
                    .allMatch(request -> request.headers().contains("x-amz-checksum-crc32: "))
                    .allMatch(request -> WHOLE_HASH.matcher(request.headers()).find())
                    .noneMatch(request -> request.headers().contains("aws-chunked"));
        }
    }

    @Test
    void serversThatKnowNoNewChecksumsGetMd5() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.endpoint());
                Store store = opened(Seaweed.settings(proxy.endpoint()).checksums(Checksums.MD5))) {
            for (int size : new int[] {0, 1_000, 12 << 20}) {
                assertReadBack(store, "md5/" + size, random(size));
            }
            assertThat(proxy.requests())
                    .filteredOn(request -> request.line().startsWith("PUT "))
                    .hasSize(5)
                    .allMatch(request -> request.headers().contains("content-md5: "));
            assertThat(proxy.requests())
                    .noneMatch(request -> request.headers().contains("x-amz-checksum")
                            || request.headers().contains("x-amz-trailer")
                            || request.headers().contains("aws-chunked"));
        }
    }

    @Test
    void oneByOneWorksAsWell() throws IOException {
        try (Store store = opened(server.settings().parallelism(1))) {
            assertReadBack(store, "alone", random(12 << 20));
        }
    }

    @Test
    void aLimitedBandwidthSendsTheSame() throws IOException {
        try (Store store = opened(server.settings().bandwidth(ByteSize.mebibytes(16)))) {
            assertReadBack(store, "paced", random(6 << 20));
        }
    }

    @Test
    void storageClassAndEncryptionAreAskedFor() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.endpoint());
                Store store = opened(Seaweed.settings(proxy.endpoint())
                        .attempts(1)
                        .sessionToken(Secret.of("token-4711"))
                        .storageClass("STANDARD_IA")
                        .encryption("aws:kms")
                        .encryptionKey("key-1"))) {
            proxy.breakAlways(request -> true, Fault.answer(400, "InvalidRequest"));
            assertThatThrownBy(() -> write(store, "small", random(1))).hasMessageContaining("InvalidRequest");
            assertThatThrownBy(() -> write(store, "large", random(6 << 20))).hasMessageContaining("InvalidRequest");
            assertThat(proxy.requests())
                    .filteredOn(request ->
                            request.line().startsWith("PUT ") || request.line().startsWith("POST "))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers())
                            .contains("x-amz-storage-class: standard_ia")
                            .contains("x-amz-server-side-encryption: aws:kms")
                            .contains("x-amz-server-side-encryption-aws-kms-key-id: key-1")
                            .contains("x-amz-security-token: token-4711"));
        }
    }

    @Test
    void keysOfTheMachineAreTakenIfNoneAreGiven() throws IOException {
        System.setProperty("aws.accessKeyId", Seaweed.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", Seaweed.SECRET_KEY);
        try (Store store = opened(
                S3Settings.bucket(Seaweed.BUCKET).endpoint(server.endpoint()).attempts(1))) {
            assertReadBack(store, "machine", random(10));
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    /** The heap is that of two parts of 5 MiB, and what a JVM with an S3 client needs by itself. */
    @Test
    void anUploadNeedsMemoryForItsPartsAndNotForItsSize() throws Exception {
        assertUploadWith("-Xmx36m", 5, 2, 128 << 20);
    }

    @Test
    @Tag("long")
    void aGigabyteIsUploadedInAHeapOf64MbWithTheDefaults() throws Exception {
        assertUploadWith("-Xmx64m", 8, 4, 1_000_000_000);
    }

    private void assertUploadWith(String heap, int partSize, int parallelism, long size) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Uploads.class.getName(),
                server.endpoint().toString(),
                Integer.toString(partSize),
                Integer.toString(parallelism),
                Long.toString(size));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();

        var digest = MessageDigest.getInstance("SHA-256");
        try (Store store = opened(server.settings())) {
            try (InputStream stream = new DigestInputStream(store.get("generated"), digest)) {
                assertThat(stream.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
            }
            store.delete("generated");
        }
        assertThat(output).contains("sha256 " + HexFormat.of().formatHex(digest.digest()));
    }

    /** Runs in a small heap of its own. */
    static final class Uploads {
        public static void main(String[] arguments) throws Exception {
            S3Settings settings = Seaweed.settings(URI.create(arguments[0]))
                    .partSize(ByteSize.mebibytes(Long.parseLong(arguments[1])))
                    .parallelism(Integer.parseInt(arguments[2]))
                    .build();
            long left = Long.parseLong(arguments[3]);
            var digest = MessageDigest.getInstance("SHA-256");
            var random = new Random(7);
            var block = new byte[64 << 10];
            try (TestContext context = TestContext.create();
                    Store store = new S3Target().open(settings.toDocument(), context);
                    Upload upload = store.put("generated")) {
                while (left > 0) {
                    random.nextBytes(block);
                    int length = (int) Math.min(left, block.length);
                    digest.update(block, 0, length);
                    upload.stream().write(block, 0, length);
                    left -= length;
                }
                upload.commit();
            }
            System.out.println("sha256 " + HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static S3Settings.Builder bucket(String name) {
        return S3Settings.bucket(name)
                .endpoint(server.endpoint())
                .credentials(Seaweed.ACCESS_KEY, Secret.of(Seaweed.SECRET_KEY))
                .attempts(1);
    }

    private void assertFails(S3Settings.Builder settings, String... words) {
        try (Store store = opened(settings)) {
            assertThatThrownBy(() -> write(store, "key", new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(words)
                    .satisfies(error -> {
                        var text = new StringWriter();
                        error.printStackTrace(new PrintWriter(text));
                        assertThat(text.toString()).doesNotContain(WRONG, Seaweed.SECRET_KEY);
                    });
        }
    }

    private Store opened(S3Settings.Builder settings) {
        return new S3Target().open(settings.build().toDocument(), context);
    }

    private static void assertReadBack(Store store, String key, byte[] content) throws IOException {
        assertThat(write(store, key, content)).isEqualTo(content.length);
        try (InputStream stream = store.get(key)) {
            assertThat(java.util.Arrays.equals(stream.readAllBytes(), content)).isTrue();
        }
        store.delete(key);
    }

    private static long write(Store store, String key, byte[] content) throws IOException {
        try (Upload upload = store.put(key)) {
            upload.stream().write(content);
            return upload.commit();
        }
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
