package io.dokploy.database.redis;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.EnvironmentValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The text of {@code redis.conf}. */
final class Configuration {

    /** What the plugin itself decides, or what would read further files. */
    private static final Set<String> OURS = Set.of(
            "aclfile",
            "appenddirname",
            "appendfilename",
            "appendonly",
            "bind",
            "daemonize",
            "dbfilename",
            "dir",
            "include",
            "masterauth",
            "port",
            "rename-command",
            "requirepass",
            "user");

    private Configuration() {}

    static void check(DatabaseSpec spec, RedisSettings settings, Problems problems) {
        spec.parameters().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(name -> {
                    problems.require(
                            !OURS.contains(name),
                            "parameters." + name,
                            "is set by the plugin: RedisSettings has persistence and users");
                    problems.require(
                            !name.equals("save") || settings.persistence().hasSnapshots(),
                            "parameters.save",
                            "needs a persistence with snapshots");
                });
    }

    static EnvironmentValue of(DatabaseSpec spec, RedisSettings settings, String users) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("dir", "/data");
        lines.put("aclfile", users);
        lines.put("appendonly", settings.persistence().hasLog() ? "yes" : "no");
        lines.put("save", settings.persistence().hasSnapshots() ? "3600 1 300 100 60 10000" : "\"\"");
        // A dump is read as a replica reads its first snapshot: from the disk, so that a slow reader holds up no
        // process
        // with a copy of the memory, and with its length before it instead of a mark after it.
        lines.put("repl-diskless-sync", "no");
        // Else a server that keeps nothing on disk would find the snapshot of its last backup when it starts.
        lines.put("rdb-del-sync-files", "yes");
        // A quarter is left for buffers, and for what is written while a snapshot is made.
        spec.resources()
                .memory()
                .map(ByteSize::bytes)
                .ifPresent(memory -> lines.put("maxmemory", (memory / 4 * 3) + ""));
        spec.parameters().forEach((name, value) -> lines.put(name.toLowerCase(Locale.ROOT), value));
        var text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append(' ').append(value).append('\n'));
        return EnvironmentValue.plain(text.toString());
    }
}
