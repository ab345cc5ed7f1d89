package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.EnvironmentValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the container of a database is made.
 *
 * @param dataDirectory where the volume is mounted
 * @param port          on which it listens
 * @param environment   variables; passwords rather as files
 * @param arguments     of the image's entry point
 * @param files         copied into the container before it starts
 * @param ready         ends with exit code 0 as soon as it can be used, with the login that it is for
 * @param stopSignal    if another one than the image's ends it well
 */
@Experimental
public record Blueprint(
        String dataDirectory,
        int port,
        Map<String, EnvironmentValue> environment,
        List<String> arguments,
        List<File> files,
        EngineCommand ready,
        Optional<String> stopSignal) {

    /**
     * A file in the container.
     *
     * @param path    absolute
     * @param content text
     * @param mode    permissions: {@code 0444}
     * @param owner   user id in the image; 0 is root. For an engine that reads a file only if nobody else may
     */
    public record File(String path, EnvironmentValue content, int mode, int owner) {

        /** One that belongs to root. */
        public File(String path, EnvironmentValue content, int mode) {
            this(path, content, mode, 0);
        }
    }

    public Blueprint {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        arguments = List.copyOf(arguments);
        files = List.copyOf(files);
    }

    /** One that mounts its data there, listens on that port, and is ready when that command succeeds. */
    public static Blueprint of(String dataDirectory, int port, EngineCommand ready) {
        return new Blueprint(dataDirectory, port, Map.of(), List.of(), List.of(), ready, Optional.empty());
    }

    /** The same with one more variable. */
    public Blueprint environment(String name, EnvironmentValue value) {
        var all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new Blueprint(dataDirectory, port, all, arguments, files, ready, stopSignal);
    }

    /** The same with these arguments. */
    public Blueprint arguments(List<String> newArguments) {
        return new Blueprint(dataDirectory, port, environment, newArguments, files, ready, stopSignal);
    }

    /** The same with one more file, of root's. */
    public Blueprint file(String path, EnvironmentValue content, int mode) {
        return file(new File(path, content, mode));
    }

    /** The same with one more file. */
    public Blueprint file(File file) {
        var all = new ArrayList<>(files);
        all.add(file);
        return new Blueprint(dataDirectory, port, environment, arguments, all, ready, stopSignal);
    }

    /** The same that is ready when another command succeeds. */
    public Blueprint ready(EngineCommand command) {
        return new Blueprint(dataDirectory, port, environment, arguments, files, command, stopSignal);
    }

    /** The same with another signal that ends it. */
    public Blueprint stopSignal(String signal) {
        return new Blueprint(dataDirectory, port, environment, arguments, files, ready, Optional.of(signal));
    }
}
