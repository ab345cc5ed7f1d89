package io.dokploy.testkit;

/** Commands for the shell that the contracts' image has. Only for these tests: Dokploy itself never asks a shell. */
final class ShellCommand {

    private ShellCommand() {}

    /** The arguments that run a script. */
    static String[] script(String text) {
        return new String[] {"sh", "-c", text};
    }
}
