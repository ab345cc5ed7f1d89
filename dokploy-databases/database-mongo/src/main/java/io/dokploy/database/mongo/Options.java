package io.dokploy.database.mongo;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The command line of mongod. */
final class Options {

    /** What the plugin or the image decides. */
    private static final Set<String> OURS = Set.of(
            "auth",
            "bind_ip",
            "bind_ip_all",
            "clusterAuthMode",
            "config",
            "configsvr",
            "dbpath",
            "fork",
            "keyFile",
            "logpath",
            "noauth",
            "pidfilepath",
            "port",
            "replSet",
            "shardsvr",
            "transitionToAuth");

    private static final String CACHE = "wiredTigerCacheSizeGB";
    private static final String SET_PARAMETER = "setParameter.";
    private static final double GIBIBYTE = 1L << 30;
    private static final double SMALLEST_CACHE = 0.25;

    private Options() {}

    static void check(DatabaseSpec spec, Problems problems) {
        spec.parameters()
                .keySet()
                .forEach(name -> problems.require(
                        !OURS.contains(name), "parameters." + name, "is set by the plugin or the image"));
    }

    /**
     * Half of the memory beyond a gibibyte for WiredTiger's cache, at least a quarter of one: MongoDB's own rule, which its
     * documentation says to apply by hand in containers. What the user says wins.
     */
    static List<String> of(DatabaseSpec spec, boolean replicaSet, String keyFile) {
        var arguments = new ArrayList<>(List.of("mongod"));
        if (replicaSet) {
            arguments.addAll(List.of("--replSet", "rs0", "--keyFile", keyFile));
        }
        spec.resources()
                .memory()
                .filter(memory -> !spec.parameters().containsKey(CACHE))
                .ifPresent(memory -> arguments.add("--" + CACHE + "=" + cache(memory)));
        spec.parameters().forEach((name, value) -> {
            if (name.startsWith(SET_PARAMETER)) {
                arguments.add("--setParameter");
                arguments.add(name.substring(SET_PARAMETER.length()) + "=" + value);
            } else {
                arguments.add("--" + name + (value.isEmpty() ? "" : "=" + value));
            }
        });
        return arguments;
    }

    private static String cache(ByteSize memory) {
        double half = (memory.bytes() / GIBIBYTE - 1) / 2;
        return String.format(Locale.ROOT, "%.2f", Math.max(half, SMALLEST_CACHE));
    }
}
