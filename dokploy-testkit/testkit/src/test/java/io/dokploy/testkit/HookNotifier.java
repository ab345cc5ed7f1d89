package io.dokploy.testkit;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A small notifier as a third party would write it: posts the notification as JSON, with a token. */
class HookNotifier implements Notifier {

    @Override
    public String id() {
        return "hook";
    }

    @Override
    public void check(SettingsDocument settings) {
        SettingsReader reader = SettingsReader.of(settings, "hook", 1);
        Optional<String> url = reader.text("url");
        Optional<Secret> token = reader.secret("token");
        reader.problems()
                .require(url.filter(text -> text.startsWith("http")).isPresent(), "url", "must be an http(s) address")
                .require(token.isPresent(), "token", "is missing")
                .throwIfAny();
    }

    @Override
    public Outcome deliver(Notification notification, SettingsDocument settings, PluginContext context) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(settings.values().text("url", "")))
                .timeout(timeout())
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer "
                                + settings.values()
                                        .secret("token")
                                        .orElseThrow()
                                        .reveal())
                .POST(HttpRequest.BodyPublishers.ofString(body(notification, context)))
                .build();
        try {
            return outcome(context.http().send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Outcome.retry(
                    "the channel cannot be reached: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.retry("interrupted");
        }
    }

    Duration timeout() {
        return Duration.ofSeconds(2);
    }

    String body(Notification notification, PluginContext context) {
        return context.json().write(notification);
    }

    Outcome outcome(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status < 300) {
            return Outcome.delivered();
        }
        String reason = "the channel answered " + status;
        if (status != 429 && status < 500) {
            return Outcome.rejected(reason);
        }
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Outcome.retryAfter(reason, Duration.ofSeconds(Long.parseLong(text))))
                .orElseGet(() -> Outcome.retry(reason));
    }
}
