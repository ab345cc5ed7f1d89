package io.dokploy.core.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@link DeployingProgram} in a JVM of its own, which can be stopped and killed. */
final class ChildDokploy implements AutoCloseable {

    private final Process process;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    private ChildDokploy(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Deploys that application of a site which is stopped, or whose store can be shared. */
    static ChildDokploy deploying(Site site, String store, String application, String heldAt) throws IOException {
        return start(site, store, application, heldAt, "deploy");
    }

    /** Brings the release before the live one back. */
    static ChildDokploy rollingBack(Site site, String application, String heldAt) throws IOException {
        return start(site, Stores.EMBEDDED, application, heldAt, "rollback");
    }

    private static ChildDokploy start(Site site, String store, String application, String heldAt, String request)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ChildDokploy(new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeployingProgram.class.getName(),
                        site.directory().toString(),
                        Integer.toString(site.httpPort()),
                        Integer.toString(site.httpsPort()),
                        store,
                        application,
                        heldAt,
                        request))
                .redirectErrorStream(true)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it says that. */
    void await(String line) throws InterruptedException {
        var all = new StringBuilder();
        for (String next = ""; !next.equals(line); ) {
            next = said.poll(Site.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null || next.equals("(end)")) {
                throw new AssertionError("the child did not say \"" + line + "\" but:\n" + all);
            }
            all.append(next).append('\n');
        }
    }

    /** Lets it go on. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP, SIGCONT. */
    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + exit);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void read() {
        try (var lines =
                new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            said.add(e.toString());
        }
        said.add("(end)");
    }
}
