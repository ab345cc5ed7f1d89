package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An image that somebody else built. What was pulled at the deployment is pinned in the release by its digest.
 *
 * @param reference in Docker's notation: {@code ghcr.io/acme/shop:1.4}; without registry it is Docker Hub's
 * @param pull      when to ask the registry
 */
public record ImageSource(String reference, Pull pull) implements Source {

    /** When the registry is asked for an image. */
    public enum Pull {
        /** Always; what a tag points to may have changed. The default. */
        ALWAYS,
        /** Only if the engine does not have it. */
        MISSING,
        /** Never: the image must be on the engine. */
        NEVER
    }

    // The grammar of distribution/reference, without its length limits.
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
                    + "(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
                    + "(?::[\\w][\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    public ImageSource {
        Objects.requireNonNull(pull, "pull");
        Problems.of("image source")
                .require(
                        reference.length() <= 400
                                && REFERENCE.matcher(reference).matches(),
                        "reference",
                        "is not an image reference such as registry.example.com/team/app:tag")
                .throwIfAny();
    }

    /** The image of that reference, asked for at each deployment. */
    public static ImageSource of(String reference) {
        return new ImageSource(reference, Pull.ALWAYS);
    }

    /** The same, asked for as said. */
    public ImageSource pull(Pull when) {
        return new ImageSource(reference, when);
    }

    @Override
    public String describe() {
        return "image " + reference;
    }
}
