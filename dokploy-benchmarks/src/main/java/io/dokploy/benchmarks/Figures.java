package io.dokploy.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was measured, by what was done. */
final class Figures {

    /** What is measured. */
    enum Case {
        SCRIPT("script: changed commit"),
        COMMIT("library: changed commit"),
        CONFIGURATION("library: only configuration changed"),
        ROLLBACK("library: rollback"),
        NOTHING("library: nothing changed");

        private final String title;

        Case(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final Map<Case, List<Duration>> measured = new EnumMap<>(Case.class);

    void add(Case what, Duration duration) {
        measured.computeIfAbsent(what, key -> new ArrayList<>()).add(duration);
    }

    /** Half were faster, half slower. */
    Duration median(Case what) {
        var sorted = measured.getOrDefault(what, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was measured for: " + what);
        }
        return sorted.get(sorted.size() / 2);
    }

    /** The median in terms of the script's. */
    double ratio(Case what) {
        return (double) median(what).toNanos() / median(Case.SCRIPT).toNanos();
    }
}
