package io.dokploy.core.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How many rows each table has. */
public final class Counts {

    private static final int DIFFERENCES_SHOWN = 10;

    /** Before the name of what is not compared. */
    private static final String ABOUT = "~";

    private Counts() {}

    /** Reads lines of a name, a tab and a number. */
    public static Map<String, Long> parse(String text) {
        var counts = new TreeMap<String, Long>();
        // A carriage return may be in a name.
        Stream.of(text.split("\n")).filter(line -> !line.isBlank()).forEach(line -> {
            int tab = line.lastIndexOf('\t');
            if (tab < 0) {
                throw new IllegalArgumentException("not a name, a tab and a number: " + line);
            }
            counts.put(
                    line.substring(0, tab),
                    Long.parseLong(line.substring(tab + 1).strip()));
        });
        return counts;
    }

    /** The same as those of a further database of the server. @param database its name, in one line */
    public static Map<String, Long> of(String database, Map<String, Long> counts) {
        var named = new TreeMap<String, Long>();
        counts.forEach((table, rows) -> named.put(
                table.startsWith(ABOUT)
                        ? ABOUT + database + ": " + table.substring(ABOUT.length())
                        : database + ": " + table,
                rows));
        return named;
    }

    /** In words, the first ten. */
    public static List<String> differences(Map<String, Long> expected, Map<String, Long> found) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        names.removeIf(name -> isAbout(name, expected) || isAbout(name, found));
        var differences = new ArrayList<String>();
        for (String name : names) {
            var before = expected.get(name);
            var after = found.get(name);
            if (after == null) {
                differences.add(name + " is missing");
            } else if (before == null) {
                differences.add(name + " is new");
            } else if (!before.equals(after)) {
                differences.add(name + " has " + after + " rows instead of " + before);
            }
        }
        return differences.size() <= DIFFERENCES_SHOWN
                ? differences
                : List.copyOf(differences.subList(0, DIFFERENCES_SHOWN));
    }

    private static boolean isAbout(String name, Map<String, Long> counts) {
        return name.startsWith(ABOUT) || counts.containsKey(ABOUT + name);
    }

    /** How many there are of what is compared: tables and their rows. */
    public static String inWords(Map<String, Long> counts) {
        var compared = counts.entrySet().stream()
                .filter(count -> !isAbout(count.getKey(), counts))
                .mapToLong(Map.Entry::getValue)
                .summaryStatistics();
        return compared.getCount() + " tables with " + compared.getSum() + " rows";
    }
}
