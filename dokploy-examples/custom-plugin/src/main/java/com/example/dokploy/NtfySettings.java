package com.example.dokploy;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.util.regex.Pattern;

/** A topic of a server of ntfy (ntfy.sh), which shows messages on phones. Immutable. */
public final class NtfySettings implements PluginSettings {

    static final String ID = "example-ntfy";
    static final int VERSION = 1;

    private static final Pattern SERVER = Pattern.compile("https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._/-]*)?");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final String server;
    private final String topic;
    private final Secret token;

    private NtfySettings(String server, String topic, Secret token, Problems problems) {
        problems.require(SERVER.matcher(server).matches(), "server", "must be an address such as https://ntfy.sh");
        problems.require(TOPIC.matcher(topic).matches(), "topic", "must be 1 to 64 letters, digits, _ or -");
        problems.require(TOKEN.matcher(token.reveal()).matches(), "token", "must be visible ASCII in one line");
        problems.throwIfAny();
        this.server = server;
        this.topic = topic;
        this.token = token;
    }

    /**
     * Posts to a topic.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    public static NtfySettings of(URI server, String topic, Secret token) {
        return new NtfySettings(server.toString(), topic, token, Problems.of("settings of " + ID));
    }

    /** Reads settings back; what is unknown is refused. */
    public static NtfySettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        String server = reader.text("server").orElse("");
        String topic = reader.text("topic").orElse("");
        Secret token = reader.secret("token").orElse(Secret.of(""));
        return new NtfySettings(server, topic, token, reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        var values = Tree.branch().put("server", server).put("topic", topic).put("token", token);
        return new SettingsDocument(ID, VERSION, values.build());
    }

    URI server() {
        return URI.create(server);
    }

    String topic() {
        return topic;
    }

    Secret token() {
        return token;
    }
}
