package io.dokploy.testkit.engine;

import io.dokploy.spi.engine.ContainerEngine.ContainerStats;
import io.dokploy.spi.engine.ContainerEngine.EngineSubscription;
import io.dokploy.testkit.VirtualTime;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A sample now and one each second of the engine's time, told in a thread of its own. */
final class StatsFeed implements EngineSubscription {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long MEMORY = 10L << 20;
    private static final long LIMIT = 1L << 30;

    private final VirtualTime time;
    private final BooleanSupplier running;
    private final EventHub<ContainerStats> hub = new EventHub<>();
    private long samples;
    private volatile boolean closed;

    StatsFeed(VirtualTime time, BooleanSupplier running, Consumer<ContainerStats> listener) {
        this.time = time;
        this.running = running;
        hub.subscribe("stats", listener);
        sample();
    }

    private synchronized void sample() {
        if (closed || !running.getAsBoolean()) {
            return;
        }
        samples++;
        hub.tell(new ContainerStats(
                time.instant(), samples * 1_000_000, MEMORY, LIMIT, samples * 100, samples * 200, samples, samples));
        time.schedule(INTERVAL, this::sample);
    }

    void awaitDelivery() throws InterruptedException {
        hub.awaitDelivery();
    }

    @Override
    public void close() {
        closed = true;
        hub.close();
    }
}
