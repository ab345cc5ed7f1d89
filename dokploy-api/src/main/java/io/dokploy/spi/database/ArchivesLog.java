package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.EnvironmentValue;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine that writes all changes to a log, from which a copy of its data can be brought to any moment since:
 * PostgreSQL. A second container of its image receives the log while it is written, cut into segments; the library stores
 * each as soon as it is closed. The names of segments sort as they were written.
 */
@Experimental
public interface ArchivesLog extends DatabaseProvisioner, ChangesPasswords {

    /**
     * Makes the server keep its log until the receiver has it, and lets the receiver in, by commands that are run in this
     * order and can be repeated.
     */
    List<EngineCommand> keepLog(Login login);

    /**
     * The server keeps its log for no receiver any more, once that is gone. Prints something as long as the server has not
     * let go of it: then it is run again.
     */
    EngineCommand releaseLog(Login login);

    /**
     * What receives the log of the server that the login has the address of. It never ends, goes on where it stopped, and
     * tries again for ever when it is not let in.
     */
    Receiver receiver(Login login);

    /** Prints a text that is another one as soon as something more was committed. */
    EngineCommand committed(Login login);

    /** Prints the name of the segment that is written now, a tab, and the server's time, in ISO 8601 with its offset. */
    EngineCommand currentSegment(Login login);

    /**
     * Closes the segment that is written now, and prints the same of it as {@link #currentSegment}: what was committed
     * before that time can be recovered with the segments up to this one.
     */
    EngineCommand closeSegment(Login login);

    /** Whether a file in the receiver's folder is a closed segment, by its name. */
    boolean isSegment(String file);

    /** The name of the segment that comes after that one. */
    String segmentAfter(String segment);

    /** Gives this moment a name in the log, and prints the same as {@link #currentSegment}. */
    EngineCommand nameMoment(Login login, String name);

    /** Copies the files of the server while it is used, as a tar; what makes them consistent is in the log meanwhile. */
    DumpPart base(Login login);

    /** Where a base is unpacked in the container. */
    String baseFolder(String version);

    /** Where segments are put in the container, below {@link #baseFolder}. */
    String logFolder();

    /**
     * The same container with what makes it recover from a base and segments to a moment when it starts. It is not ready
     * before it has, and then it is, whatever users and databases it had at that moment; it ends if it cannot.
     */
    Blueprint recovering(Blueprint serving, String version, Moment moment);

    /**
     * What receives the log, as root in a container of the engine's image.
     *
     * @param command     program and arguments
     * @param environment variables
     * @param files       copied into the container before it starts
     * @param folder      where it writes segments; a volume is mounted there
     */
    record Receiver(
            List<String> command,
            Map<String, EnvironmentValue> environment,
            List<Blueprint.File> files,
            String folder) {
        public Receiver {
            command = List.copyOf(command);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            files = List.copyOf(files);
        }
    }

    /**
     * Until where a server recovers: a time, all that was committed until then included; a moment that was named; neither:
     * as soon as the base is consistent.
     *
     * @param time of the server's clock
     * @param name by {@link #nameMoment}
     */
    record Moment(Optional<Instant> time, Optional<String> name) {

        /** As soon as the base is consistent. */
        public static Moment consistent() {
            return new Moment(Optional.empty(), Optional.empty());
        }

        /** That time. */
        public static Moment at(Instant time) {
            return new Moment(Optional.of(time), Optional.empty());
        }

        /** The moment of that name. */
        public static Moment named(String name) {
            return new Moment(Optional.empty(), Optional.of(name));
        }
    }
}
