package io.dokploy.testkit.engine;

import io.dokploy.spi.engine.ImageInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The images on the engine and their names. Guarded by the engine's lock. */
final class Images {

    private final Map<String, Entry> byId = new LinkedHashMap<>();

    private record Entry(Image image, Set<String> tags, Set<String> digests) {}

    void add(Image image) {
        put(image);
    }

    private Entry put(Image image) {
        return byId.computeIfAbsent(image.id(), id -> new Entry(image, new TreeSet<>(), new TreeSet<>()));
    }

    Image get(String reference) {
        return find(reference).orElseThrow(() -> Refusals.missingImage(reference));
    }

    Optional<Image> find(String reference) {
        return entry(reference).map(Entry::image);
    }

    Optional<ImageInfo> inspect(String reference) {
        return entry(reference).map(Images::info);
    }

    List<ImageInfo> list(Map<String, String> labels) {
        return byId.values().stream()
                .filter(entry -> entry.image.labels().entrySet().containsAll(labels.entrySet()))
                .map(Images::info)
                .toList();
    }

    void tag(Image image, String tag) {
        byId.values().forEach(entry -> entry.tags.remove(ImageName.normal(tag)));
        put(image).tags.add(ImageName.normal(tag));
    }

    void digest(Image image, String digest) {
        put(image).digests.add(digest);
    }

    /** Takes a name away, and the image with its last one unless it is used; by its id, all names. */
    void remove(String reference, Set<String> used) {
        Optional<Entry> found = entry(reference);
        if (found.isEmpty()) {
            return;
        }
        Entry entry = found.get();
        boolean inUse = used.contains(entry.image.id());
        boolean last = entry.tags.size() <= 1;
        if (inUse && (last || ImageName.isId(reference))) {
            return;
        }
        entry.tags.remove(ImageName.normal(reference));
        entry.digests.remove(reference);
        if (ImageName.isId(reference) || entry.tags.isEmpty() && !inUse) {
            byId.remove(entry.image.id());
        }
    }

    private Optional<Entry> entry(String reference) {
        String name = ImageName.normal(reference);
        return byId.values().stream()
                .filter(entry -> entry.image.id().equals(name)
                        || entry.tags.contains(name)
                        || entry.digests.contains(name)
                        || name.contains("@") && entry.digests.stream().anyMatch(digest -> sameDigest(digest, name)))
                .findFirst();
    }

    /** A tag before the digest does not count: {@code repo:1@sha256:…}. */
    private static boolean sameDigest(String one, String other) {
        return ImageName.repository(one).equals(ImageName.repository(other))
                && one.substring(one.indexOf('@')).equals(other.substring(other.indexOf('@')));
    }

    private static ImageInfo info(Entry entry) {
        return new ImageInfo(
                entry.image.id(),
                List.copyOf(entry.tags),
                List.copyOf(entry.digests),
                entry.image.labels(),
                Image.SIZE,
                entry.image.created(),
                entry.image.hasHealthCheck());
    }
}
