package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.HasDatabases;
import io.dokploy.spi.database.Login;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The databases of one server: that of the spec, and further ones, which users have made and named as they liked.
 *
 * @param server where they are
 * @param plugin that knows its engine
 * @param spec   of the database that it was made for
 * @param login  of its user, in the database of the spec
 */
public record ServerDatabases(DatabaseServer server, DatabaseProvisioner plugin, DatabaseSpec spec, Login login) {

    /** Those of a job in a server. */
    public static ServerDatabases of(DatabaseJob job, DatabaseServer server) {
        return new ServerDatabases(server, job.plugin(), job.database().spec(), job.login());
    }

    /** The further ones of what serves; none if it cannot be asked. */
    public static List<String> furtherServed(DatabaseJob job) {
        var serving = job.serving();
        return serving.isRunning() && serving.succeeds(job.blueprint().ready())
                ? of(job, serving).further()
                : List.of();
    }

    /** The names of all but the one of the spec; of an adopted server they are not our affair. */
    public List<String> further() {
        return plugin instanceof HasDatabases databases && spec.adopted().isEmpty()
                ? names(server.ask(databases.databases(login))).stream()
                        .filter(name -> !name.equals(login.database()))
                        .toList()
                : List.of();
    }

    /** How many rows each table of each of them has. */
    public Map<String, Long> counts() {
        var counts = new TreeMap<>(Counts.parse(server.ask(plugin.counts(login))));
        for (String name : further()) {
            var there = Counts.parse(server.ask(plugin.counts(login.in(name))));
            Counts.of(shown(name), there).forEach((table, rows) -> counts.merge(table, rows, Long::sum));
        }
        return counts;
    }

    /** What is dumped of a server that has these further ones. @param login of whoever dumps it */
    public static List<DumpPart> dump(
            DatabaseProvisioner plugin, DatabaseSpec spec, String version, Login login, List<String> further) {
        return plugin instanceof HasDatabases databases && spec.adopted().isEmpty()
                ? databases.dump(spec, version, login, further)
                : plugin.dump(spec, version, login);
    }

    /** Names as they are shown in one line. */
    public static String shown(List<String> names) {
        return names.stream().map(ServerDatabases::shown).collect(Collectors.joining(", "));
    }

    /** A name as it is shown in one line. */
    public static String shown(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    /** Reads what {@link HasDatabases#databases} prints. A carriage return ends no line: it may be in a name. */
    static List<String> names(String lines) {
        return List.of(lines.split("\n")).stream()
                .filter(line -> !line.isEmpty())
                .map(ServerDatabases::name)
                .toList();
    }

    private static String name(String shown) {
        var name = new StringBuilder();
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c == '\\' && i + 1 < shown.length()) {
                i++;
                name.append(
                        switch (shown.charAt(i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            default -> shown.charAt(i);
                        });
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
