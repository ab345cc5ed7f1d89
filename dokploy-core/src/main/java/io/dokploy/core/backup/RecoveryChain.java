package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.error.LogGapException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A base and the segments of the log that bring it to a moment, without a gap.
 *
 * @param base     of that moment or before
 * @param segments in the order in which they were written
 */
record RecoveryChain(Backup base, List<Segment> segments) {

    private static final int MOST_MISSING = 1000;

    RecoveryChain {
        segments = List.copyOf(segments);
    }

    /**
     * A segment that is stored.
     *
     * @param log  the stretch that it was stored with
     * @param part its object
     */
    record Segment(Backup log, Part part) {}

    /**
     * All that is stored of a database.
     *
     * @param subject  for people: the database
     * @param bases    its bases
     * @param logs     the stretches of a log, by its history
     * @param after    the name of the segment after another one
     * @param isStored whether an object is there
     */
    record Stock(
            String subject,
            List<Backup> bases,
            Function<String, List<Backup>> logs,
            UnaryOperator<String> after,
            Predicate<Part> isStored) {

        Stock {
            bases = List.copyOf(bases);
        }

        /** What brings a database to that time. @throws LogGapException if anything is missing */
        RecoveryChain to(Instant time) {
            return chain(newestBase(subject, bases, time, base -> true), time);
        }

        /** The same in that history. */
        RecoveryChain to(Instant time, String history) {
            return chain(
                    newestBase(
                            subject, bases, time, base -> span(base).history().equals(history)),
                    time);
        }

        /** What makes a base consistent. @throws LogGapException if anything is missing */
        RecoveryChain of(Backup base) {
            return chain(base, span(base).until());
        }

        private RecoveryChain chain(Backup base, Instant time) {
            var stored = segments(span(base).history());
            var chain = new ArrayList<Segment>();
            var reaches = span(base).until();
            boolean consistent = false;
            for (String name = span(base).first(); ; name = after.apply(name)) {
                var segment = stored.get(name);
                if (segment == null || !isStored.test(segment.part())) {
                    throw missing(name, stored, consistent ? Optional.of(reaches) : Optional.empty(), time);
                }
                chain.add(segment);
                consistent |= name.compareTo(span(base).last()) >= 0;
                if (name.equals(span(segment.log()).last())) {
                    reaches = span(segment.log()).until();
                    if (consistent && !reaches.isBefore(time)) {
                        return new RecoveryChain(base, chain);
                    }
                }
            }
        }

        private LogGapException missing(
                String name, Map<String, Segment> stored, Optional<Instant> reaches, Instant time) {
            boolean isGap = stored.keySet().stream().anyMatch(other -> other.compareTo(name) >= 0);
            return new LogGapException(
                    subject,
                    (isGap
                                    ? "the log has a gap: its segment " + name + " is not stored any more"
                                    : "the log that is stored ends before segment " + name)
                            + ", so " + time + " cannot be reached; "
                            + reaches.map(last -> "the last moment that can be is " + last)
                                    .orElse("without it the base is worth nothing"),
                    reaches.isPresent()
                            ? "Choose a moment until then, or one after a later base."
                            : "Choose a moment before, or one after a later base.");
        }

        private Map<String, Segment> segments(String history) {
            var stored = new HashMap<String, Segment>();
            for (Backup log : logs.apply(history)) {
                log.parts().forEach(part -> stored.put(part.name(), new Segment(log, part)));
            }
            return stored;
        }
    }

    /** The newest base from before that time. @throws LogGapException if there is none */
    static Backup newestBase(String subject, List<Backup> bases, Instant time, Predicate<Backup> wanted) {
        return bases.stream()
                .filter(wanted)
                .filter(base -> !span(base).until().isAfter(time))
                .max(Comparator.comparing(base -> span(base).until()))
                .orElseThrow(() -> new LogGapException(
                        subject,
                        "there is no base from before " + time
                                + oldest(bases)
                                        .map(oldest -> "; the oldest is of " + oldest)
                                        .orElse(""),
                        "Choose a later moment."));
    }

    private static Optional<Instant> oldest(List<Backup> bases) {
        return bases.stream().map(base -> span(base).until()).min(Comparator.naturalOrder());
    }

    /** What lies between the first segment and the newest that is stored, and is not stored; the first thousand. */
    static List<String> missing(String first, SortedSet<String> stored, UnaryOperator<String> after) {
        var missing = new ArrayList<String>();
        if (!stored.isEmpty()) {
            for (String name = first;
                    name.compareTo(stored.last()) < 0 && missing.size() < MOST_MISSING;
                    name = after.apply(name)) {
                if (!stored.contains(name)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }

    private static LogSpan span(Backup backup) {
        return backup.log().orElseThrow(() -> new IllegalArgumentException("backup " + backup.id() + " has no log"));
    }
}
