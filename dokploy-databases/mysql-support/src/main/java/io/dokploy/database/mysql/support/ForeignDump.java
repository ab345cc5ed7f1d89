package io.dokploy.database.mysql.support;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.database.EngineCommand;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * SQL that somebody else has dumped, on its way to the client. What names the database that it was dumped from is left out,
 * so that it goes into the one that the client is in; so is the definer of views and routines, who may not exist here. A
 * dump of more than one database is refused, and so is one without its last line.
 */
final class ForeignDump {

    /** The tools write a string in one line, so what begins a line is a statement. It needs GNU sed. */
    private static final String FILTER = """
            /^USE `/ {
              G
              /\\n$/ { s/\\n$//; h; d }
              /^\\(.*\\)\\n\\1$/ d
              s/.*/It holds more than one database: dump the one that you want by itself./w /dev/stderr
              Q 1
            }
            /^CREATE DATABASE /d
            /^DROP DATABASE /d
            /^\\/\\*![0-9]* DROP DATABASE /d
            /^\\/\\*M!999999\\\\- enable the sandbox mode/d
            /^CREATE /s/DEFINER *= *`[^`]*`\\(@`[^`]*`\\)\\{0,1\\}//
            /^\\/\\*!50/s/DEFINER *= *`[^`]*`\\(@`[^`]*`\\)\\{0,1\\}//
            """;

    private static final String WHOLE = """
            $ {
              /^-- Dump completed/ !{
                s/.*/It is cut off: its last line is missing./w /dev/stderr
                Q 1
              }
            }
            """;

    private final byte[] beginning;

    /** One that begins like that. */
    ForeignDump(byte[] beginning) {
        this.beginning = beginning.clone();
    }

    /** Neither tool writes a zero, or says nothing. */
    boolean isText() {
        for (byte b : beginning) {
            if (b == 0) {
                return false;
            }
        }
        return beginning.length > 0;
    }

    /** The client, reading through the filter. What varies are arguments of the shell, not a part of its script. */
    EngineCommand into(EngineCommand client) {
        var filter = saysWhenItIsComplete() ? WHOLE + FILTER : FILTER;
        var arguments = Stream.concat(
                Stream.of("bash", "-c", "set -o pipefail; sed -e \"$0\" | \"$@\"", filter),
                client.arguments().stream());
        return client.arguments(arguments.toList())
                // Bytes that are no characters pass as well.
                .with("LC_ALL", EnvironmentValue.plain("C"));
    }

    private boolean saysWhenItIsComplete() {
        return new String(beginning, StandardCharsets.ISO_8859_1)
                .lines()
                .limit(2)
                .anyMatch(line -> line.startsWith("-- MySQL dump") || line.startsWith("-- MariaDB dump"));
    }
}
