package io.dokploy.core.docker;

/**
 * Which containers the engine starts again by itself. Its policy {@code unless-stopped} alone will not do: an engine that
 * was killed stops on its next start what outlived it, and takes that for a stop on purpose. So a container that should
 * run has {@code always}, and gets {@code unless-stopped} only when it is stopped on purpose.
 */
final class Restarts {

    static final String WHILE_IT_SHOULD_RUN = "always";
    private static final String NOT_ANY_MORE = "unless-stopped";

    private final EngineClient client;

    Restarts(EngineClient client) {
        this.client = client;
    }

    void willRun(String container) {
        change(container, NOT_ANY_MORE, WHILE_IT_SHOULD_RUN);
    }

    void willBeStopped(String container) {
        change(container, WHILE_IT_SHOULD_RUN, NOT_ANY_MORE);
    }

    private void change(String container, String from, String to) {
        var subject = "container " + container;
        var path = "/containers/" + EngineRequest.encode(container);
        var policy = client.json(subject, EngineRequest.get(path + "/json"))
                .path("HostConfig")
                .path("RestartPolicy")
                .path("Name")
                .asString("");
        if (policy.equals(from)) {
            var body = Json.object();
            body.putObject("RestartPolicy").put("Name", to);
            client.json(subject, EngineRequest.post(path + "/update").json(body));
        }
    }
}
