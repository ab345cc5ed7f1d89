package io.dokploy.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The commands that every container of the in-memory engine has, much as busybox has them. For one run. */
final class Shell {

    private static final Set<String> BUILT_IN = Set.of(
            "sh",
            "echo",
            "true",
            "false",
            ":",
            "exit",
            "sleep",
            "trap",
            "wait",
            "exec",
            "cat",
            "wc",
            "head",
            "tail",
            "printenv",
            "env",
            "pwd",
            "touch",
            "mkdir",
            "rm",
            "test",
            "nc",
            "ping",
            "hostname");
    private static final int NOT_FOUND = 127;

    /** What surrounds a run. */
    interface Host {
        InputStream stdin();

        OutputStream stdout();

        OutputStream stderr();

        void sleep(Duration duration) throws InterruptedException;

        /** Does not return normally. */
        void runForever() throws InterruptedException;

        /** What to do when asked to stop. */
        void onStop(String script);

        /** Whether something accepts connections there. */
        boolean reaches(String host, int port);

        /** Whether somebody has that name. */
        boolean resolves(String host);
    }

    private final Host host;
    private final ContainerFiles files;
    private final Map<String, String> environment;
    private final Map<String, Command> commands;
    private Duration background = Duration.ZERO;
    private boolean exited;

    Shell(Host host, ContainerFiles files, Map<String, String> environment, Map<String, Command> commands) {
        this.host = host;
        this.files = files;
        this.environment = environment;
        this.commands = commands;
    }

    /** The command that runs a script. */
    static List<String> commandOf(String script) {
        return List.of("sh", "-c", script);
    }

    static boolean knows(String name, Map<String, Command> commands) {
        return commands.containsKey(name) || BUILT_IN.contains(name(name));
    }

    /** Runs program and arguments. @return the exit code */
    int run(List<String> words) throws IOException, InterruptedException {
        return run(words, host.stdout());
    }

    private int run(List<String> words, OutputStream out) throws IOException, InterruptedException {
        Command command = commands.get(words.get(0));
        if (command != null) {
            return command.run(new Command.Invocation(words, environment, host.stdin(), out, host.stderr()));
        }
        List<String> rest = words.subList(1, words.size());
        String first = rest.isEmpty() ? "" : rest.get(0);
        return switch (name(words.get(0))) {
            case "true", ":" -> 0;
            case "false" -> 1;
            case "sh" -> first.equals("-c") && rest.size() > 1 ? script(rest.get(1)) : 0;
            case "exec" -> run(rest, out);
            case "exit" -> {
                exited = true;
                yield first.isEmpty() ? 0 : Integer.parseInt(first);
            }
            case "echo" -> print(out, String.join(" ", rest) + "\n");
            case "sleep" -> sleep(first);
            case "wait" -> sleep(String.valueOf(background.toMillis() / 1000.0));
            case "trap" -> {
                host.onStop(first);
                yield 0;
            }
            case "cat" -> cat(rest, out);
            case "wc" -> print(out, count(host.stdin()) + "\n");
            case "head" -> head(Long.parseLong(rest.get(rest.size() - 1)), out);
            case "tail" -> sleep("infinity");
            case "env" -> {
                for (var variable : new TreeMap<>(environment).entrySet()) {
                    print(out, variable.getKey() + "=" + variable.getValue() + "\n");
                }
                yield 0;
            }
            case "printenv" -> environment.containsKey(first) ? print(out, environment.get(first) + "\n") : 1;
            case "pwd" -> print(out, "/\n");
            case "hostname" -> print(out, environment.getOrDefault("HOSTNAME", "") + "\n");
            case "touch" -> put(first, new byte[0]);
            case "mkdir" -> {
                files.put(rest.get(rest.size() - 1), FileTree.Node.directory(0755));
                yield 0;
            }
            case "rm" -> {
                files.remove(rest.get(rest.size() - 1));
                yield 0;
            }
            case "test" -> files.get(rest.get(rest.size() - 1)).isPresent() ? 0 : 1;
            case "nc" -> {
                // What follows -e is run once it is connected.
                var operands = rest.contains("-e") ? rest.subList(0, rest.indexOf("-e")) : rest;
                int port = Integer.parseInt(operands.get(operands.size() - 1));
                yield host.reaches(operands.get(operands.size() - 2), port) ? 0 : 1;
            }
            case "ping" -> host.resolves(rest.get(rest.size() - 1)) ? 0 : 1;
            default -> {
                print(host.stderr(), words.get(0) + ": not found\n");
                yield NOT_FOUND;
            }
        };
    }

    int script(String text) throws IOException, InterruptedException {
        int status = 0;
        for (Script.Step step : Script.parse(text, environment)) {
            boolean wanted = switch (step.after()) {
                case ANYTHING -> true;
                case SUCCESS -> status == 0;
                case FAILURE -> status != 0;
            };
            if (!wanted) {
                continue;
            }
            if (step.background() && step.words().get(0).equals("sleep")) {
                background = seconds(step.words().get(1));
                continue;
            }
            status = redirected(step);
            if (exited) {
                break;
            }
        }
        return status;
    }

    private int redirected(Script.Step step) throws IOException, InterruptedException {
        if (step.target().isEmpty() || step.target().equals("&1")) {
            return run(step.words(), host.stdout());
        }
        if (step.target().equals("&2")) {
            return run(step.words(), host.stderr());
        }
        var bytes = new ByteArrayOutputStream();
        if (step.append()) {
            bytes.write(files.get(step.target()).map(FileTree.Node::content).orElse(new byte[0]));
        }
        int status = run(step.words(), bytes);
        put(step.target(), bytes.toByteArray());
        return status;
    }

    private int put(String path, byte[] content) {
        files.put(path, FileTree.Node.file(content));
        return 0;
    }

    private static int print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return 0;
    }

    private int sleep(String duration) throws InterruptedException {
        if (duration.equals("infinity")) {
            host.runForever();
        }
        host.sleep(seconds(duration));
        return 0;
    }

    private int cat(List<String> paths, OutputStream out) throws IOException {
        if (paths.isEmpty()) {
            host.stdin().transferTo(out);
            return 0;
        }
        for (String path : paths) {
            var file = files.get(path);
            if (file.isEmpty()) {
                print(host.stderr(), "cat: can't open '" + path + "': No such file or directory\n");
                return 1;
            }
            out.write(file.get().content());
        }
        return 0;
    }

    private int head(long bytes, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        long left = bytes;
        while (left > 0) {
            int read = host.stdin().read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        return 0;
    }

    private static long count(InputStream in) throws IOException {
        long count = 0;
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            count += read;
        }
        return count;
    }

    private static Duration seconds(String number) {
        return Duration.ofMillis(Math.round(Double.parseDouble(number) * 1000));
    }

    private static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
