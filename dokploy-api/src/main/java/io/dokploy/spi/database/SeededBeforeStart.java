package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import java.util.List;

/**
 * An engine that reads its dump when it starts, from files in its data directory, and in no other way: Redis. The parts of
 * a dump are put there before the first start, and it is restored as soon as the engine is ready.
 */
@Experimental
public interface SeededBeforeStart extends DatabaseProvisioner {

    /**
     * Where a part of a dump is put before the first start of what {@link #blueprint} describes for that spec.
     *
     * @param part its name
     */
    Seed seed(String part, DatabaseSpec spec);

    /** All have one: what such an engine reads when it starts may be of any version that is not later than its own. */
    @Override
    default String series(String version) {
        return "";
    }

    /** Is not asked for. */
    @Override
    default EngineCommand restore(String part, String version, Login login) {
        throw new UnsupportedOperationException(id() + " is restored before it starts");
    }

    /**
     * A place in the data directory. What is put there belongs to root and can be read by all; the image gives its data
     * directory to the engine's own user when it starts.
     *
     * @param file   relative to the data directory: {@code dump.rdb}
     * @param beside small files that the engine needs to find it; their paths too are relative to the data directory
     */
    record Seed(String file, List<Blueprint.File> beside) {
        public Seed {
            beside = List.copyOf(beside);
            Problems.of("seed")
                    .require(!file.isEmpty() && !file.startsWith("/"), "file", "must be relative to the data directory")
                    .throwIfAny();
        }

        /** That file, and nothing else. */
        public static Seed at(String file) {
            return new Seed(file, List.of());
        }
    }
}
