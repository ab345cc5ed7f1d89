package io.dokploy.api.value;

import java.util.Objects;

/**
 * An environment value that may be shown in logs and consoles.
 *
 * @param value the text
 */
public record PlainText(String value) implements EnvironmentValue {

    public PlainText {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String reveal() {
        return value;
    }
}
