package io.dokploy.core.schedule;

import io.dokploy.testkit.engine.Command.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The log of a toy database: whatever is closed has been received. */
final class ToyLog {

    private final Map<String, String> received = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private int current = 1;

    ToyLog(Clock clock) {
        this.clock = clock;
    }

    static boolean isSegment(String file) {
        return file.matches("\\d{8}");
    }

    static String after(String segment) {
        return name(Integer.parseInt(segment) + 1);
    }

    private static String name(int number) {
        return "%08d".formatted(number);
    }

    /** Prints where it is. */
    synchronized int current(Invocation call) throws IOException {
        return write(call, name(current) + "\t" + clock.instant() + "\n");
    }

    /** The same of the segment that ends now. */
    synchronized int close(Invocation call) throws IOException {
        received.put(name(current), "changes");
        current(call);
        current++;
        return 0;
    }

    /** {@code ls} in the receiver's folder. */
    int list(Invocation call) throws IOException {
        return write(call, String.join("\n", received.keySet()));
    }

    /** {@code cat} there. */
    int show(Invocation call) throws IOException {
        return write(call, received.getOrDefault(last(call), ""));
    }

    /** {@code rm} there. */
    int remove(Invocation call) {
        call.arguments().forEach(path -> received.remove(path.substring(path.lastIndexOf('/') + 1)));
        return 0;
    }

    private static String last(Invocation call) {
        var path = call.arguments().get(call.arguments().size() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static int write(Invocation call, String text) throws IOException {
        call.stdout().write(text.getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
