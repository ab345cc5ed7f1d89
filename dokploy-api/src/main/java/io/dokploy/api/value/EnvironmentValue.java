package io.dokploy.api.value;

/** The value of an environment variable: plain text, or a secret that is masked wherever it could be seen. */
public sealed interface EnvironmentValue permits PlainText, Secret {

    /** The text that the process gets. May hold references such as {@code ${{project.NAME}}} until a release is made. */
    String reveal();

    /** A value that may be shown. */
    static EnvironmentValue plain(String value) {
        return new PlainText(value);
    }
}
