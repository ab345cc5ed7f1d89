package io.dokploy.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dokploy.api.Actor;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.SupersededException;
import io.dokploy.api.error.TooLateToCancelException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.store.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queue promises on every database. */
abstract class QueueContract {

    static final Duration SOON = Duration.ofSeconds(20);
    private static final QueueSettings SETTINGS = QueueSettings.defaults()
            .heartbeat(Duration.ofMillis(500))
            .poll(Duration.ofMillis(200))
            .closeWithin(Duration.ofSeconds(5));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private StoreAccess store;

    /** Opens the store of this test. */
    abstract StoreAccess openStore();

    /** Opens the store of this test once more, as another process would; the same one if that is not possible. */
    abstract StoreAccess openStoreElsewhere();

    @BeforeEach
    void openFirst() {
        store = openStore();
    }

    @AfterEach
    void closeAll() throws Exception {
        release.countDown();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        store.close();
    }

    @Test
    void aResultComesBackAsItWasGiven() {
        var queue = queue(
                Map.of("size", context -> ByteSize.mebibytes(context.arguments().number("mebibytes", 0))));

        Operation<ByteSize> operation = queue.submit(request("size", "a", ByteSize.class)
                .with(Tree.branch().put("mebibytes", 3).build()));

        assertThat(operation.await(SOON)).isEqualTo(ByteSize.mebibytes(3));
        assertThat(operation.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(operation.future().join()).isEqualTo(ByteSize.mebibytes(3));
        assertThat(queue.get(operation.id()).await()).isEqualTo(ByteSize.mebibytes(3));
    }

    @Test
    void oneRunsAtATimeInALaneAndInTheOrderOfTheRequests() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var order = new ConcurrentLinkedQueue<Long>();
        var queue = queue(Map.of("work", context -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            order.add(context.arguments().number("number", -1));
            running.decrementAndGet();
            return null;
        }));

        List<Operation<Void>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(queue.submit(request("work", "a", Void.class)
                    .with(Tree.branch().put("number", i).build())));
        }
        all.forEach(operation -> operation.await(SOON));

        assertThat(most).hasValue(1);
        assertThat(List.copyOf(order)).isSorted().hasSize(30);
    }

    @Test
    void whoWaitsForOthersHoldsNoWorker() {
        var inner = new ConcurrentHashMap<String, Operation<Void>>();
        var queues = new ArrayList<OperationQueue>();
        var queue = queue(Map.of("inner", context -> null, "outer", context -> {
            var lane = context.record().subject();
            var asked = inner.computeIfAbsent(
                    lane,
                    key -> queues.get(0)
                            .submit(request("inner", key + "-inner", Void.class).build()));
            if (!asked.record().state().isFinal()) {
                throw new PostponedException(Duration.ofMillis(20));
            }
            return null;
        }));
        queues.add(queue);

        // As many as there are workers, and more.
        List<Operation<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(queue.submit(request("outer", "lane" + i, Void.class).build()));
        }
        all.forEach(operation -> operation.await(SOON));

        assertThat(inner.values())
                .hasSize(8)
                .allMatch(operation -> operation.record().state().equals(State.SUCCEEDED));
    }

    @Test
    void lanesRunBesideEachOtherUpToTheNumberOfWorkers() throws Exception {
        var started = new ConcurrentHashMap<String, Boolean>();
        var queue = queue(Map.of("wait", context -> {
            started.put(context.record().subject(), true);
            release.await();
            return null;
        }));

        for (int i = 0; i < 6; i++) {
            queue.submit(request("wait", "lane" + i, Void.class).build());
        }

        Awaitility.await().atMost(SOON).until(() -> started.size() == 4);
        Awaitility.await().during(Duration.ofMillis(600)).atMost(SOON).until(() -> started.size() == 4);
        release.countDown();
        Awaitility.await().atMost(SOON).until(() -> started.size() == 6);
    }

    @Test
    void aNewerRequestTakesThePlaceOfWaitingOnes() {
        var queue = queue(Map.of("deploy", this::waitForRelease));
        var first = queue.submit(request("deploy", "a", Void.class).superseding());
        awaitState(first, State.RUNNING);

        var second = queue.submit(request("deploy", "a", Void.class).superseding());
        var third = queue.submit(request("deploy", "a", Void.class).superseding());

        assertThatThrownBy(() -> second.await(SOON))
                .isInstanceOf(SupersededException.class)
                .hasMessageContaining(third.id().value());
        assertThat(second.record().state()).isEqualTo(State.SUPERSEDED);
        assertThat(second.events()).extracting(Event::type).containsExactly(EventType.DEPLOYMENT_SUPERSEDED);
        assertThat(second.events().get(0).correlationKey()).isEqualTo("a");
        release.countDown();
        first.await(SOON);
        third.await(SOON);
    }

    @Test
    void theSameIdempotencyKeyIsTheSameOperation() {
        var runs = new AtomicInteger();
        var queue = queue(Map.of("work", context -> {
            runs.incrementAndGet();
            return null;
        }));

        var one = queue.submit(request("work", "a", Void.class).key("k"));
        var two = queue.submit(request("work", "a", Void.class).key("k"));
        one.await(SOON);
        var three = queue.submit(request("work", "a", Void.class).key("k"));
        three.await(SOON);

        assertThat(two.id()).isEqualTo(one.id());
        assertThat(three.id()).isEqualTo(one.id());
        assertThat(runs).hasValue(1);
    }

    @Test
    void aFailureComesBackAsTheSameTypeWithItsSecretsMasked() {
        var queue = queue(Map.of("build", context -> {
            context.mask(List.of(Secret.of("s3cr3t-token")));
            context.progress().line("using s3cr3t-token");
            context.emit(
                    "test.said",
                    Event.Severity.INFO,
                    Tree.branch().put("text", "s3cr3t-token").build());
            throw new BuildFailedException("shop", "exit code 1: s3cr3t-token", "Mend it.");
        }));

        var operation = queue.submit(request("build", "a", Void.class).build());

        assertThatThrownBy(() -> operation.await(SOON))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageNotContaining("s3cr3t-token");
        assertThat(operation.record().state()).isEqualTo(State.FAILED);
        assertThat(operation.log().lines()).containsExactly("using " + Secret.MASK);
        assertThat(operation.events().toString()).doesNotContain("s3cr3t-token");
    }

    @Test
    void whatAHandlerThrowsUnexpectedlyIsADefect() {
        var queue = queue(Map.of("work", context -> {
            throw new IllegalStateException("no such luck");
        }));

        assertThatThrownBy(() ->
                        queue.submit(request("work", "a", Void.class).build()).await(SOON))
                .isInstanceOf(DefectException.class)
                .hasMessageContaining("no such luck");
    }

    @Test
    void aWaitingOneIsCancelledAtOnce() {
        var queue = queue(Map.of("deploy", this::waitForRelease));
        var first = queue.submit(request("deploy", "a", Void.class).build());
        awaitState(first, State.RUNNING);
        var second = queue.submit(request("deploy", "a", Void.class).build());

        second.cancel();

        assertThat(second.record().state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(() -> second.await(SOON)).isInstanceOf(CancelledException.class);
        assertThat(first.record().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void cancellingWaitsUntilTheHandlerIsDone() {
        var cleaned = new AtomicInteger();
        var queue = queue(Map.of("deploy", context -> {
            try {
                return waitForRelease(context);
            } finally {
                Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
                cleaned.incrementAndGet();
            }
        }));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        awaitState(operation, State.RUNNING);

        operation.cancel();

        assertThat(cleaned).hasValue(1);
        assertThat(operation.record().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void anotherProcessCanCancelAndFollow() {
        var queue = queue(Map.of("deploy", context -> {
            context.progress().line("hello");
            return waitForRelease(context);
        }));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        awaitState(operation, State.RUNNING);
        var other = new OperationQueue(elsewhere(), Clock.systemUTC(), SETTINGS);
        open.add(other);

        Operation<Void> seen = other.get(operation.id(), Void.class);
        Awaitility.await().atMost(SOON).until(() -> seen.log().lines().equals(List.of("hello")));
        seen.cancel();

        assertThat(seen.record().state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(() -> operation.await(SOON)).isInstanceOf(CancelledException.class);
    }

    @Test
    void whoWasTakenOverFromIsToldWhenItAsks() {
        var told = new CompletableFuture<Throwable>();
        var queue = queue(Map.of("deploy", context -> {
            context.requireMine();
            store.work().take("a", List.of("deploy"), "wrk_other");
            told.complete(catchThrowable(context::requireMine));
            return null;
        }));
        queue.submit(request("deploy", "a", Void.class).build());

        assertThat(told).succeedsWithin(SOON).isInstanceOf(FencedException.class);
    }

    @Test
    void afterThePointOfNoReturnItIsTooLateToCancel() {
        var queue = queue(Map.of("deploy", context -> {
            context.pointOfNoReturn();
            context.step("drain");
            return waitForRelease(context);
        }));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        Awaitility.await().atMost(SOON).until(() -> operation.record().step().equals("drain"));

        assertThatThrownBy(operation::cancel).isInstanceOf(TooLateToCancelException.class);

        release.countDown();
        operation.await(SOON);
        assertThatThrownBy(operation::cancel).isInstanceOf(TooLateToCancelException.class);
    }

    @Test
    void aCancelBeforeThePointOfNoReturnStopsThere() {
        var reached = new CountDownLatch(1);
        var queue = queue(Map.of("deploy", context -> {
            reached.countDown();
            release.await();
            context.pointOfNoReturn();
            return null;
        }));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        awaitState(operation, State.RUNNING);
        assertThat(store.work().requestCancel(operation.id())).isTrue();
        release.countDown();

        assertThatThrownBy(() -> operation.await(SOON)).isInstanceOf(CancelledException.class);
        assertThat(reached.getCount()).isZero();
    }

    @Test
    void theDeadlineEndsTheWork() {
        var queue = queue(Map.of("deploy", this::waitForRelease));

        var operation = queue.submit(request("deploy", "a", Void.class).deadline(Duration.ofMillis(200)));

        assertThatThrownBy(() -> operation.await(SOON))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("deadline");
        assertThat(operation.record().state()).isEqualTo(State.FAILED);
    }

    @Test
    void givingUpWaitingCancelsNothing() {
        var queue = queue(Map.of("deploy", this::waitForRelease));
        var operation = queue.submit(request("deploy", "a", Void.class).build());

        assertThatThrownBy(() -> operation.await(Duration.ofMillis(50)))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("was not done within 0.05 s: it ");
        release.countDown();

        operation.await(SOON);
    }

    @Test
    void aRequestInTheHostsTransactionCountsWhenItCommits() throws SQLException {
        var queue = queue(Map.of("work", context -> null));
        Operation<Void> kept;
        Operation<Void> dropped;
        try (Connection connection = store.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            dropped = queue.submit(request("work", "a", Void.class).within(connection));
            connection.rollback();
            kept = queue.submit(request("work", "a", Void.class).within(connection));
            assertThat(kept.record().state()).isEqualTo(State.QUEUED);
            assertThat(store.operations().find(kept.id())).isEmpty();
            connection.commit();
            connection.setAutoCommit(true);
        }

        kept.await(SOON);
        assertThat(store.operations().find(dropped.id())).isEmpty();
    }

    @Test
    void closingLeavesTheOperationForTheNextStart() {
        var queue = queue(Map.of("deploy", context -> {
            context.saveCheckpoint(Tree.branch().put("at", "build").build());
            return waitForRelease(context);
        }));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        Awaitility.await().atMost(SOON).until(() -> queue.list(1).get(0).state() == State.RUNNING);

        queue.close();
        assertThatThrownBy(() -> operation.await(SOON)).isInstanceOf(ShutDownException.class);
        assertThat(operation.record().state()).isEqualTo(State.RUNNING);

        var next = queue(Map.of("deploy", context -> {
            assertThat(context.attempt()).isEqualTo(2);
            return ByteSize.bytes(
                    context.checkpoint().orElseThrow().text("at", "").length());
        }));
        assertThat(next.get(operation.id(), ByteSize.class).await(SOON)).isEqualTo(ByteSize.bytes(5));
    }

    @Test
    void whatADeadWorkerWasDoingIsBegunAgainAndFollowedByItsId() {
        var asking = new OperationQueue(store, Clock.systemUTC(), SETTINGS);
        open.add(asking);
        var asked = asking.submit(request("deploy", "a", ByteSize.class).build());
        assertThat(store.work().take("a", Set.of("deploy"), "wrk_dead")).isPresent();

        queue(Map.of("deploy", context -> ByteSize.bytes(context.attempt())));

        var elsewhere = new OperationQueue(elsewhere(), Clock.systemUTC(), SETTINGS);
        open.add(elsewhere);
        Operation<?> followed = elsewhere.get(asked.id());
        assertThat(asked.await(SOON)).isEqualTo(ByteSize.bytes(2));
        assertThat(followed.record().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void aSecondRequestWithTheKeyInAHostsTransactionIsTheFirstOne() throws SQLException {
        var queue = queue(Map.of("work", context -> null));
        var first = queue.submit(request("work", "a", Void.class).key("k"));

        try (Connection connection = store.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            var second = queue.submit(new Request<>("work", "a", Void.class)
                    .inTransaction(connection)
                    .key("k"));
            connection.commit();
            connection.setAutoCommit(true);

            assertThat(second.id()).isEqualTo(first.id());
        }
        first.await(SOON);
    }

    @Test
    void kindsWithoutAHandlerAreLeftToOthers() {
        var queue = queue(Map.of("other", context -> null));
        var operation = queue.submit(request("deploy", "a", Void.class).build());
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> operation.record().state() == State.QUEUED);

        queue(Map.of("deploy", context -> null));

        operation.await(SOON);
    }

    @Test
    void stepsAndEventsAreKeptInOrder() {
        var queue = queue(Map.of("deploy", context -> {
            context.step("fetch");
            context.step("build");
            context.emit("test.done", Event.Severity.INFO, Tree.branch().build());
            return null;
        }));

        var operation = queue.submit(request("deploy", "a", Void.class).build());
        operation.await(SOON);

        assertThat(operation.record().step()).isEqualTo("build");
        assertThat(operation.events())
                .extracting(event -> event.type()
                        + event.data().text("step").map(step -> " " + step).orElse(""))
                .containsExactly(
                        "step.started fetch",
                        "step.finished fetch",
                        "step.started build",
                        "test.done",
                        "step.finished build");
        assertThat(operation.events()).extracting(Event::sequence).isSorted();
    }

    @Test
    void outputIsReadInPagesWhileItRunsAndLater() {
        var queue = queue(Map.of("build", context -> {
            for (int i = 0; i < 2_500; i++) {
                context.progress().line("line " + i + " " + "x".repeat(100));
            }
            return waitForRelease(context);
        }));
        var operation = queue.submit(request("build", "a", Void.class).build());
        Awaitility.await().atMost(SOON).until(() -> operation.log().lines().size() == 2_500);
        assertThat(operation.log().read(2_500, 10).complete()).isFalse();
        release.countDown();
        operation.await(SOON);

        var lines = new ArrayList<String>();
        long cursor = 0;
        boolean complete = false;
        while (!complete) {
            var page = operation.log().read(cursor, 700);
            lines.addAll(page.lines());
            cursor = page.next();
            complete = page.complete();
        }
        assertThat(lines).hasSize(2_500);
        assertThat(lines.get(2_499)).startsWith("line 2499 ");
    }

    @Test
    void noWakeUpIsLostBetweenTheEndOfALaneAndANewRequest() {
        var queue = queue(Map.of("work", context -> null));

        // Each request comes right when the lane of the one before is being given up; without the second look at the
        // lane some would wait for the sweep.
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 150; i++) {
            long asked = System.nanoTime();
            queue.submit(request("work", "a", Void.class).build()).await(SOON);
            waits.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked));
        }

        waits.sort(null);
        System.out.printf(
                "%s: submit to await's return: median %d us, 95 %% %d us, max %d us%n",
                getClass().getSimpleName(), waits.get(75), waits.get(142), waits.get(149));
        assertThat(queue.list(200)).allMatch(record -> record.state() == State.SUCCEEDED);
    }

    final OperationQueue queue(Map<String, OperationHandler<?>> handlers) {
        var queue = new OperationQueue(store, Clock.systemUTC(), SETTINGS);
        open.add(queue);
        queue.start(handlers);
        return queue;
    }

    final StoreAccess elsewhere() {
        StoreAccess other = openStoreElsewhere();
        if (other != store) {
            open.add(other);
        }
        return other;
    }

    final StoreAccess store() {
        return store;
    }

    private <T> T waitForRelease(OperationContext context) throws InterruptedException {
        while (!release.await(10, TimeUnit.MILLISECONDS)) {
            context.cancelToken().throwIfCancelled();
        }
        return null;
    }

    static void awaitState(Operation<?> operation, State state) {
        Awaitility.await().atMost(SOON).until(() -> operation.record().state() == state);
    }

    static <T> Request<T> request(String kind, String lane, Class<T> type) {
        return new Request<>(kind, lane, type);
    }

    /** A request that is put together. */
    static final class Request<T> {
        private final String kind;
        private final String lane;
        private final Class<T> type;
        private Tree.Branch arguments = Tree.branch().build();
        private Superseding superseding = Superseding.NONE;
        private Optional<String> key = Optional.empty();
        private Duration deadline = Duration.ofMinutes(5);
        private Optional<Connection> transaction = Optional.empty();

        Request(String kind, String lane, Class<T> type) {
            this.kind = kind;
            this.lane = lane;
            this.type = type;
        }

        OperationRequest<T> with(Tree.Branch tree) {
            arguments = tree;
            return build();
        }

        OperationRequest<T> superseding() {
            superseding = Superseding.WAITING_OF_SAME_KIND_IN_LANE;
            return build();
        }

        OperationRequest<T> key(String text) {
            key = Optional.of(text);
            return build();
        }

        OperationRequest<T> deadline(Duration limit) {
            deadline = limit;
            return build();
        }

        OperationRequest<T> within(Connection connection) {
            return inTransaction(connection).build();
        }

        Request<T> inTransaction(Connection connection) {
            transaction = Optional.of(connection);
            return this;
        }

        OperationRequest<T> build() {
            return new OperationRequest<>(
                    kind,
                    lane,
                    "default/production/" + lane,
                    Actor.of("test"),
                    arguments,
                    type,
                    superseding,
                    key,
                    deadline,
                    transaction,
                    "because");
        }
    }
}
