package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.EngineUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Work that is done again and again: with a fault at its first call, then at its second, until it has no more. */
abstract class FaultWalk implements AutoCloseable {

    private final TestDokploy dokploy;
    private String hit = "";

    FaultWalk(TestDokploy dokploy) {
        this.dokploy = dokploy;
    }

    /** Lets the process die before each call but these, which change nothing. @param atLeast so many calls it must have */
    static void crashAtEach(Supplier<FaultWalk> work, Set<String> questions, int atLeast) {
        walk(work, effect -> !questions.contains(effect.call()), walk -> walk.dokploy.crash(), atLeast);
    }

    /** Lets each call fail but those of the store. @param atLeast so many calls it must have */
    static void failAtEach(Supplier<FaultWalk> work, int atLeast) {
        walk(work, effect -> !effect.target().equals("Store"), FaultWalk::fail, atLeast);
    }

    private static void walk(
            Supplier<FaultWalk> work, Predicate<Life.Effect> counts, Consumer<FaultWalk> fault, int atLeast) {
        var problems = new ArrayList<String>();
        var walked = new ArrayList<String>();
        try (var walk = work.get()) {
            boolean hit = true;
            for (int at = 0; hit; at++) {
                var record = walk.round(at, counts, fault);
                hit = !walk.hit.isEmpty();
                walk.check(record, problems, "call " + at + ", " + walk.hit + ": ");
                walked.add(walk.hit);
            }
        }
        assertThat(walked).hasSizeGreaterThan(atLeast);
        assertThat(problems).isEmpty();
    }

    private OperationRecord round(int at, Predicate<Life.Effect> counts, Consumer<FaultWalk> fault) {
        prepare(at);
        hit = "";
        var calls = new AtomicInteger();
        dokploy.witness(effect -> {
            boolean inOperation = Thread.currentThread().getName().startsWith("db-scheduler-pool");
            if (inOperation && counts.test(effect) && calls.getAndIncrement() == at) {
                hit = effect.toString();
                fault.accept(this);
            }
        });
        var asked = request();
        try {
            asked.await();
        } catch (DokployException e) {
            // What it comes to is seen afterwards.
        }
        dokploy.witness(effect -> {});
        if (dokploy.isDead()) {
            dokploy.restart();
            dokploy.runUntilIdle();
        } else {
            clearAway();
        }
        return dokploy.operation(asked.id()).record();
    }

    private void fail() {
        throw new EngineUnavailableException("call " + hit, "the test lets it fail", "Try again.");
    }

    private void check(OperationRecord record, List<String> problems, String where) {
        var found = new ArrayList<String>();
        check(record, found);
        found.forEach(problem -> problems.add(where + problem));
    }

    /** Puts there what the next round works at. */
    abstract void prepare(int at);

    /** Asks for the work. */
    abstract Operation<?> request();

    /** Does what somebody would who saw the work end: a call that clears away may have failed itself. */
    void clearAway() {}

    /** Adds what is wrong. */
    abstract void check(OperationRecord record, List<String> problems);

    @Override
    public void close() {
        dokploy.close();
    }
}
