package io.dokploy.core.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of this machine, those in containers of its engine included. */
final class Processes {

    private Processes() {}

    /** What a program was started with; nothing if it has ended. */
    static String arguments(long pid) {
        try {
            return new String(
                            Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether any was started with these words. */
    static boolean anyWith(String words) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> arguments(process.pid()).contains(words));
    }
}
