package io.dokploy.core.operation;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.concurrent.CancelSource;
import io.dokploy.core.store.OperationRow;
import io.dokploy.core.store.OperationWork.Claim;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at an operation, by this process. */
final class RunningOperation implements OperationContext {

    private final StoreAccess store;
    private final Clock clock;
    private final OperationRow row;
    private final Claim claim;
    private final Masking masking = new Masking();
    private final OutputBuffer output;
    private final Instant deadline;
    private final CancelSource token = new CancelSource(this::expireIfOverdue);
    private volatile Optional<Tree.Branch> checkpoint;
    private volatile boolean pointPassed;
    private @Nullable String step;
    private Instant stepStarted = Instant.EPOCH;

    RunningOperation(StoreAccess store, Clock clock, OperationRow row, String owner) {
        this.store = store;
        this.clock = clock;
        this.row = row;
        this.deadline = clock.instant().plus(row.deadline());
        this.claim = new Claim(row.record().id(), row.attempt(), owner);
        this.output = new OutputBuffer(store.outputs(), row.record().id(), masking);
        this.checkpoint = row.checkpoint();
        this.pointPassed = row.pointPassed();
        if (row.cancelRequested()) {
            cancel();
        }
    }

    Claim claim() {
        return claim;
    }

    CancelSource token() {
        return token;
    }

    OutputBuffer output() {
        return output;
    }

    Failure masked(Failure failure) {
        return masking.mask(failure);
    }

    @Override
    public String masked(String text) {
        return masking.mask(text);
    }

    /** Somebody wants its end. */
    void cancel() {
        fireUnlessTooLate(Endings.cancelled(row.record().subject()));
    }

    /** Ends it if its time is over, by the clock. */
    void expireIfOverdue() {
        if (clock.instant().isAfter(deadline)) {
            fireUnlessTooLate(Endings.deadline(row.record().subject(), row.deadline()));
        }
    }

    /** This instance closes. */
    void shutDown() {
        token.fire(Endings.shutDown(row.record().subject()));
    }

    /** Another worker has it. */
    DokployException fence() {
        Failure failure = Endings.fenced(row.record().subject());
        token.fire(failure);
        return DokployException.of(failure);
    }

    @Override
    public synchronized OperationRecord record() {
        var taken = row.record();
        return step == null
                ? taken
                : new OperationRecord(
                        taken.id(),
                        taken.kind(),
                        taken.subject(),
                        taken.actor(),
                        taken.state(),
                        step,
                        taken.requested(),
                        taken.started(),
                        taken.finished(),
                        taken.failure());
    }

    @Override
    public Tree.Branch arguments() {
        return row.arguments();
    }

    @Override
    public Optional<Tree.Branch> checkpoint() {
        return checkpoint;
    }

    @Override
    public void saveCheckpoint(Tree.Branch newCheckpoint) {
        requireMine(store.work().saveCheckpoint(claim, newCheckpoint));
        checkpoint = Optional.of(newCheckpoint);
    }

    @Override
    public int attempt() {
        return claim.attempt();
    }

    @Override
    public CancelToken cancelToken() {
        return token;
    }

    @Override
    public Progress progress() {
        return output;
    }

    @Override
    public void mask(Collection<Secret> secrets) {
        masking.add(secrets);
    }

    @Override
    public synchronized void step(String name) {
        String former = step;
        Instant now = clock.instant();
        Duration took = Duration.between(stepStarted, now);
        store.useTransaction(() -> {
            requireMine(store.work().setStep(claim, name));
            if (former != null) {
                appendStepFinished(former, took);
            }
            emit(
                    EventType.STEP_STARTED,
                    Event.Severity.INFO,
                    Tree.branch().put("step", name).build());
        });
        step = name;
        stepStarted = now;
    }

    /** Ends the last step, after which nothing follows. */
    synchronized void finishStep() {
        if (step != null) {
            appendStepFinished(step, Duration.between(stepStarted, clock.instant()));
            step = null;
        }
    }

    @Override
    public void pointOfNoReturn() {
        token.throwIfCancelled();
        synchronized (token) {
            if (store.work().passPoint(claim)) {
                pointPassed = true;
                return;
            }
        }
        requireMine();
        cancel();
        token.throwIfCancelled();
    }

    @Override
    public void requireMine() {
        requireMine(store.work().wishes(claim.owner()).stream()
                .anyMatch(wish -> wish.id().equals(claim.id()) && wish.attempt() == claim.attempt()));
    }

    @Override
    public void emit(String type, Event.Severity severity, Tree.Branch data) {
        emit(type, severity, row.lane(), data);
    }

    @Override
    public void emit(String type, Event.Severity severity, String correlationKey, Tree.Branch data) {
        store.useTransaction(() -> {
            requireMine(store.work().isHeld(claim));
            append(type, severity, correlationKey, data);
        });
    }

    private void append(String type, Event.Severity severity, String correlationKey, Tree.Branch data) {
        store.events()
                .append(
                        type,
                        Optional.of(claim.id()),
                        row.record().subject(),
                        row.record().actor(),
                        severity,
                        correlationKey,
                        masking.mask(data));
    }

    private void appendStepFinished(String name, Duration took) {
        append(
                EventType.STEP_FINISHED,
                Event.Severity.INFO,
                row.lane(),
                Tree.branch()
                        .put("step", name)
                        .put("milliseconds", took.toMillis())
                        .build());
    }

    private void fireUnlessTooLate(Failure why) {
        synchronized (token) {
            if (pointPassed) {
                return;
            }
        }
        token.fire(why);
    }

    private void requireMine(boolean mine) {
        if (!mine) {
            throw fence();
        }
    }
}
