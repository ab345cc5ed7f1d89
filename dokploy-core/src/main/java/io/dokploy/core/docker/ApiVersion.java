package io.dokploy.core.docker;

import io.dokploy.api.error.EngineVersionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A version of the Engine API, such as 1.45. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** Of Docker 20.10. */
    static final ApiVersion OLDEST = new ApiVersion(1, 41);
    /** The newest that is known to work; a newer engine is spoken to in this one. */
    static final ApiVersion NEWEST = new ApiVersion(1, 51);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

    /** Chooses the version to speak from what the engine says of itself. */
    static ApiVersion negotiate(String subject, JsonNode versionAnswer) {
        String engine = versionAnswer.path("Version").asString("of unknown version");
        ApiVersion theirNewest = parse(subject, versionAnswer.path("ApiVersion").asString(""));
        ApiVersion theirOldest =
                parse(subject, versionAnswer.path("MinAPIVersion").asString("1.12"));
        if (theirNewest.compareTo(OLDEST) < 0) {
            throw new EngineVersionException(
                    subject,
                    "Docker " + engine + " speaks at most API " + theirNewest + "; at least " + OLDEST + " is needed",
                    "Install Docker 20.10 or newer.");
        }
        if (theirOldest.compareTo(NEWEST) > 0) {
            throw new EngineVersionException(
                    subject,
                    "Docker " + engine + " speaks at least API " + theirOldest + "; this library knows " + NEWEST,
                    "Update this library, or set DOCKER_MIN_API_VERSION=" + NEWEST + " for the engine.");
        }
        return theirNewest.compareTo(NEWEST) < 0 ? theirNewest : NEWEST;
    }

    private static ApiVersion parse(String subject, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new EngineVersionException(
                    subject,
                    "what answers says no API version that can be read: '" + text + "'",
                    "Point the endpoint to a Docker Engine.");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
