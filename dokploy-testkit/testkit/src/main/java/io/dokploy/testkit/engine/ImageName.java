package io.dokploy.testkit.engine;

/** Image references as people write them and as the engine compares them. */
final class ImageName {

    private ImageName() {}

    /** With {@code :latest} where there is neither tag nor digest, without Docker Hub's own prefix. */
    static String normal(String reference) {
        String name = reference;
        for (String prefix : new String[] {"docker.io/library/", "docker.io/"}) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
            }
        }
        return name.contains("@") || isId(name) || !repository(name).equals(name) ? name : name + ":latest";
    }

    /** Without tag and digest. */
    static String repository(String reference) {
        String name = reference.replaceFirst("@.*", "");
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    /** The registry's host, {@code docker.io} where none is named. */
    static String registry(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }

    static boolean isId(String reference) {
        return reference.startsWith("sha256:");
    }
}
