package io.dokploy.api.release;

import io.dokploy.api.Actor;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.OperationId;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.value.EnvironmentValue;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that ran, or could run again, exactly as it was: needs neither source nor builder nor today's settings.
 * Registry credentials are not in it; those of today are used. Immutable.
 *
 * @param id          its id
 * @param application whose it is
 * @param operation   the deployment that made it
 * @param image       what runs
 * @param spec        the spec of that moment
 * @param environment the variables, all references resolved but those to databases, {@code ${{database.NAME.url}}}, whose
 *                    values of the moment are used whenever its containers are made
 * @param commit      what was built, if it came from Git
 * @param created     when
 * @param actor       who asked for it
 */
public record Release(
        ReleaseId id,
        ApplicationId application,
        OperationId operation,
        ReleaseImage image,
        ApplicationSpec spec,
        Map<String, EnvironmentValue> environment,
        Optional<Commit> commit,
        Instant created,
        Actor actor) {

    public Release {
        Objects.requireNonNull(id, "id");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same with other variables. */
    public Release withEnvironment(Map<String, EnvironmentValue> variables) {
        return new Release(id, application, operation, image, spec, variables, commit, created, actor);
    }

    /**
     * The image of a release.
     *
     * @param id       on the engine: {@code sha256:…}
     * @param tag      under which the engine keeps it
     * @param digest   in the registry, {@code repository@sha256:…}, if it was pulled or pushed
     * @param identity the hash of all that decided its content, if we built it
     */
    public record ReleaseImage(String id, String tag, Optional<String> digest, Optional<String> identity) {}

    /**
     * A Git commit.
     *
     * @param id      40 or 64 hexadecimal digits
     * @param message its first line
     * @param author  name of the author
     * @param time    when it was committed
     */
    public record Commit(String id, String message, String author, Instant time) {

        /** The first 10 digits. */
        public String shortId() {
            return id.substring(0, Math.min(10, id.length()));
        }
    }
}
