package io.dokploy.core.pipeline;

import io.dokploy.api.error.DokployException;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ImageInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images that an image was built from, with their ids at that time. Kept as a label of the built image:
 * {@code reference=id}, separated by spaces, in order.
 *
 * @param ids by reference
 */
record BaseImages(Map<String, String> ids) {

    BaseImages {
        ids = new TreeMap<>(ids);
    }

    /** Finds the ids, getting from the registries what the engine does not have. */
    static BaseImages resolve(Job job, List<String> references) {
        var ids = new LinkedHashMap<String, String>();
        for (String reference : references) {
            ids.put(reference, id(job, reference));
        }
        return new BaseImages(ids);
    }

    private static String id(Job job, String reference) {
        var engine = job.platform().engine();
        var present = engine.inspectImage(reference);
        if (present.isPresent()) {
            return present.get().id();
        }
        try {
            job.say("Pulling " + reference);
            return engine.pull(
                            reference,
                            job.context().registries().forImage(reference),
                            job.context().progress(),
                            job.context().cancelToken())
                    .id();
        } catch (DokployException e) {
            job.context().cancelToken().throwIfCancelled();
            // The build will say the same, with its own words around it.
            job.say("The base image " + reference + " cannot be pulled: " + e.getMessage());
            return "unknown";
        }
    }

    static BaseImages readFrom(ImageInfo image) {
        var label = image.labels().getOrDefault(Labels.BASES, "");
        var ids = new LinkedHashMap<String, String>();
        for (String pair : label.split(" ")) {
            int equals = pair.lastIndexOf('=');
            if (equals > 0) {
                ids.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new BaseImages(ids);
    }

    String label() {
        return ids.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    boolean areCurrent(ContainerEngine engine) {
        return ids.entrySet().stream()
                .allMatch(entry -> engine.inspectImage(entry.getKey())
                        .filter(image -> image.id().equals(entry.getValue()))
                        .isPresent());
    }
}
