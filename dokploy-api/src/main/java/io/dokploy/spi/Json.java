package io.dokploy.spi;

/** The JSON form of the values of the API. Thread-safe. */
public interface Json {

    /** One line of JSON; a {@code Secret} becomes its mask. */
    String write(Object value);

    /**
     * Reads a value back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if the text is not the JSON of such a value
     */
    <T> T read(String json, Class<T> type);
}
