package io.dokploy.backup.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.CancelledException;
import io.dokploy.backup.s3.FaultProxy.Fault;
import io.dokploy.backup.s3.FaultProxy.Request;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The way to the server, and the server, break: never is an object there that is not whole, and nothing is left. */
class S3FaultTest {

    private static final String KEY = "shop/data";
    private static final byte[] CONTENT = random(18 << 20);

    private static final Predicate<Request> ALL = request -> true;
    private static final Predicate<Request> SECOND_PART =
            request -> request.line().contains("partNumber=2");
    private static final Predicate<Request> BEGIN =
            request -> request.line().startsWith("POST ") && request.line().endsWith("uploads");
    private static final Predicate<Request> COMPLETE =
            request -> request.line().startsWith("POST ") && request.line().contains("uploadId=");
    private static final Predicate<Request> ABORT =
            request -> request.line().startsWith("DELETE ") && request.line().contains("uploadId=");
    private static final Predicate<Request> READ = request -> request.line().startsWith("GET /backups/shop");
    private static final Predicate<Request> HEAD = request -> request.line().startsWith("HEAD ");

    private static Seaweed server;

    private final TestContext context = TestContext.create();
    private FaultProxy proxy;
    private Store store;

    @BeforeAll
    static void startServer() {
        server = Seaweed.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        proxy = FaultProxy.to(server.endpoint());
        store = opened(Seaweed.settings(proxy.endpoint()));
    }

    @AfterEach
    void close() throws IOException {
        proxy.heal();
        store.delete(KEY);
        store.abortUnfinished("", inADay());
        store.close();
        proxy.close();
        context.close();
    }

    @Test
    void aPartThatIsCutIsSentAgain() throws IOException {
        proxy.breakNext(2, SECOND_PART, Fault.cutRequest(1_000_000));
        assertThat(write()).isEqualTo(CONTENT.length);
        assertWhole();
        assertThat(proxy.left()).isZero();
    }

    @Test
    void whatTakesLongerIsSaid() throws IOException {
        write();
        assertThat(context.progressLines()).isEmpty();
        proxy.breakNext(2, SECOND_PART, Fault.answer(503, "SlowDown"));
        write();
        assertThat(context.progressLines())
                .containsExactly(
                        "The bucket backups did not answer as it should and is asked again: UploadPart, attempt 2 of 4",
                        "The bucket backups did not answer as it should and is asked again: UploadPart, attempt 3 of 4");
        proxy.breakNext(1, READ, Fault.cutResponse(3_000_000));
        assertWhole();
        assertThat(context.progressLines().get(2))
                .startsWith("The backup object shop/data is read on from byte ")
                .contains(" of " + CONTENT.length + ": ");
    }

    @Test
    void errorsThatGoAwayAreWaitedOut() throws IOException {
        proxy.breakNext(1, BEGIN, Fault.answer(503, "SlowDown"));
        proxy.breakNext(2, SECOND_PART, Fault.answer(503, "SlowDown"));
        proxy.breakNext(2, request -> request.line().contains("partNumber=1"), Fault.answer(500, "InternalError"));
        proxy.breakNext(1, COMPLETE, Fault.answer(500, "InternalError"));
        proxy.breakNext(1, HEAD, Fault.answer(503, ""));
        proxy.breakNext(1, READ, Fault.answer(500, "InternalError"));
        proxy.breakNext(1, request -> request.line().contains("list-type=2"), Fault.answer(503, "SlowDown"));

        assertThat(write()).isEqualTo(CONTENT.length);
        assertWhole();
        store.list("shop/", object -> assertThat(object.key()).isEqualTo(KEY));
        assertThat(proxy.left()).isZero();
    }

    @Test
    void aPartThatNeverArrivesFailsTheUploadAndLeavesNothing() throws IOException {
        for (Fault fault : new Fault[] {
            Fault.cutRequest(1_000_000), Fault.answer(500, "InternalError"), Fault.answer(503, "SlowDown")
        }) {
            proxy.breakAlways(SECOND_PART, fault);
            assertThatThrownBy(this::write)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(KEY)
                    .hasMessageContaining("tried 4 times");
            proxy.heal();
            assertNothingIsLeft();
        }
    }

    @Test
    void aServerThatGoesAwayIsCleanedUpLater() throws IOException {
        Upload upload = store.put(KEY);
        upload.stream().write(CONTENT, 0, 11 << 20);
        proxy.breakAlways(ALL, Fault.gone());
        assertThatThrownBy(() -> {
                    upload.stream().write(CONTENT, 0, 11 << 20);
                    upload.commit();
                })
                .isInstanceOf(IOException.class);
        assertThatThrownBy(upload::close).isInstanceOf(IOException.class).hasMessageContaining("removed");
        proxy.heal();

        assertThat(store.find(KEY)).isEmpty();
        assertThat(unfinishedUploads()).isEqualTo(1);
        assertThat(store.abortUnfinished("shop/", inADay())).isEqualTo(1);
        assertNothingIsLeft();
    }

    @Test
    void anAbortThatFailsOnceIsTriedAgain() throws IOException {
        proxy.breakNext(1, ABORT, Fault.answer(500, "InternalError"));
        try (Upload upload = store.put(KEY)) {
            upload.stream().write(CONTENT);
        }
        assertThat(proxy.left()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void anAnswerThatIsLostDoesNotMakeTheUploadFail() throws IOException {
        proxy.breakNext(1, COMPLETE, Fault.cutResponse(0));
        assertThat(write()).isEqualTo(CONTENT.length);
        assertWhole();
        assertThat(proxy.left()).isZero();

        proxy.breakAlways(COMPLETE, Fault.cutResponse(0));
        assertThat(write()).as("all answers are lost").isEqualTo(CONTENT.length);
        assertWhole();
    }

    @Test
    void whatCannotBeConfirmedIsTakenBack() throws IOException {
        Upload upload = store.put(KEY);
        upload.stream().write("small".getBytes(UTF_8));
        proxy.breakAlways(request -> request.line().startsWith("PUT "), Fault.cutResponse(0));
        proxy.breakAlways(HEAD, Fault.answer(500, ""));
        assertThatThrownBy(upload::commit).isInstanceOf(IOException.class);
        proxy.heal();
        assertThat(store.find(KEY)).as("it is there, although nobody knows").isPresent();

        upload.close();
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void anObjectOfAnotherSizeThanWasSentIsNoSuccess() throws IOException {
        try (Upload upload = store.put(KEY)) {
            upload.stream().write("small".getBytes(UTF_8));
            proxy.breakNext(1, HEAD, Fault.answer(200, ""));
            assertThatThrownBy(upload::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has 0 bytes")
                    .hasMessageContaining("5 were sent");
        }
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void aDownloadThatIsCutGoesOnWhereItStopped() throws IOException {
        write();
        proxy.breakNext(1, READ, Fault.cutResponse(10_000_000));
        proxy.breakNext(2, READ, Fault.cutResponse(3_000_000));
        assertWhole();
        assertThat(proxy.left()).isZero();
        assertThat(proxy.requests())
                .filteredOn(READ)
                .hasSize(4)
                .filteredOn(request -> request.headers().contains("range: bytes="))
                .hasSize(3)
                .allMatch(request -> request.headers().contains("if-match: "));
    }

    @Test
    void aDownloadThatIsAlwaysCutIsAnErrorAndNoEnd() throws IOException {
        write();
        proxy.breakAlways(READ, Fault.cutResponse(2_000));
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read beyond byte")
                .hasMessageContaining("of " + CONTENT.length);
    }

    @Test
    void anObjectThatIsReplacedWhileItIsReadIsAnError() throws IOException {
        write();
        proxy.breakNext(1, READ, Fault.cutResponse(3_000_000));
        try (InputStream stream = store.get(KEY)) {
            stream.readNBytes(1_000_000);
            try (S3Client client = server.client()) {
                client.putObject(
                        request -> request.bucket(Seaweed.BUCKET).key(KEY),
                        software.amazon.awssdk.core.sync.RequestBody.fromBytes(random(CONTENT.length + 1)));
            }
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was replaced while it was read");
        }
    }

    @Test
    void aSlowServerTakesTimeAndASilentOneIsAskedAgain() throws IOException {
        store.close();
        store = opened(Seaweed.settings(proxy.endpoint()).timeout(Duration.ofSeconds(3)));
        proxy.breakNext(1, SECOND_PART, Fault.silence());
        proxy.breakNext(1, request -> request.line().contains("partNumber=3"), Fault.slow(20));
        proxy.breakNext(1, READ, Fault.silence());
        assertThat(write()).isEqualTo(CONTENT.length);
        assertWhole();
        assertThat(proxy.left()).isZero();
    }

    @Test
    void aServerThatStaysSilentIsGivenUp() throws IOException {
        store.close();
        store = opened(Seaweed.settings(proxy.endpoint()).attempts(2).timeout(Duration.ofMillis(500)));
        proxy.breakAlways(SECOND_PART, Fault.silence());
        assertThatThrownBy(this::write)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("silent for 500 ms")
                .hasMessageContaining("tried 2 times");
        proxy.heal();
    }

    @Test
    void anInterruptEndsAnUploadAndLeavesNothing() throws IOException {
        proxy.breakAlways(SECOND_PART, Fault.silence());
        try (Upload upload = store.put(KEY)) {
            upload.stream().write(CONTENT, 0, 11 << 20);
            assertThat(unfinishedUploads()).isEqualTo(1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> {
                        upload.stream().write(CONTENT);
                        upload.commit();
                    })
                    .isInstanceOf(IOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        proxy.heal();
        assertNothingIsLeft();
    }

    @Test
    void aCancelledUploadLeavesNothing() throws IOException {
        try (Upload upload = store.put(KEY)) {
            upload.stream().write(CONTENT);
            context.cancelToken().cancel();
            assertThatThrownBy(() -> upload.stream().write(CONTENT)).isInstanceOf(CancelledException.class);
        }
        assertNothingIsLeft();
    }

    private Store opened(S3Settings.Builder settings) {
        return new S3Target().open(settings.build().toDocument(), context);
    }

    private long write() throws IOException {
        try (Upload upload = store.put(KEY)) {
            upload.stream().write(CONTENT);
            return upload.commit();
        }
    }

    private byte[] read() throws IOException {
        try (InputStream stream = store.get(KEY)) {
            return stream.readAllBytes();
        }
    }

    private void assertWhole() throws IOException {
        assertThat(Arrays.equals(read(), CONTENT)).as("content").isTrue();
        assertThat(unfinishedUploads()).isZero();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(store.find(KEY)).isEmpty();
        assertThat(unfinishedUploads()).isZero();
    }

    private static int unfinishedUploads() {
        try (S3Client client = server.client()) {
            return client.listMultipartUploads(request -> request.bucket(Seaweed.BUCKET))
                    .uploads()
                    .size();
        }
    }

    private static Instant inADay() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
