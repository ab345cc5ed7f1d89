package io.dokploy.core.traefik;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Writes Traefik's files. Two rules keep user text what it is: every scalar is a double-quoted string (Traefik reads
 * numbers and truth values from strings too), and no two opening braces ever stand together, since a file is a Go
 * template before it is YAML.
 */
final class Yaml {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setUseUnicodeEncoding(false)
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .build();

    private Yaml() {}

    /** Maps, lists and strings as a document; everything else in it is a mistake. */
    static String write(Map<String, ?> document) {
        return new Dump(SETTINGS).dumpToString(document).replace("{{", "\\u007b\\u007b");
    }
}
