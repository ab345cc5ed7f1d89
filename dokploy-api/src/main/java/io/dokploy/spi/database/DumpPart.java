package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import java.util.Optional;

/**
 * A part of a dump; becomes one object of a backup. All parts of a dump are of one consistent moment, or the plugin's
 * documentation says which are not.
 *
 * @param name        lower case: {@code roles}, {@code data}; names the object, and says {@link DatabaseProvisioner#restore}
 *                    what it is
 * @param format      for people and for other tools, with its ending: {@code pgdump}, {@code sql}, {@code rdb}
 * @param command     writes the part to its standard output and ends with 0 only if all of it is written
 * @param compression what the tool has done already
 * @param database    the further database of the server that is in it ({@link HasDatabases}); empty for all else
 */
@Experimental
public record DumpPart(
        String name, String format, EngineCommand command, Compression compression, Optional<String> database) {

    /** One that holds no further database. */
    public DumpPart(String name, String format, EngineCommand command, Compression compression) {
        this(name, format, command, compression, Optional.empty());
    }

    /** The same with another command. */
    public DumpPart with(EngineCommand otherCommand) {
        return new DumpPart(name, format, otherCommand, compression, database);
    }

    /** Whether the tool has compressed its output. */
    public enum Compression {
        /** Not: the library does it. */
        NONE,
        /** It has; doing it again would be of no use. */
        BY_THE_TOOL
    }
}
