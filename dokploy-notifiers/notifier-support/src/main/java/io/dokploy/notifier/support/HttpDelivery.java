package io.dokploy.notifier.support;

import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Notifier.Outcome;
import io.dokploy.spi.PluginContext;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to the address of a channel. The time limit is for all of it, the answer included; of the answer a few KiB are
 * read. Outcomes name the host, never the rest of the address, which often is a secret itself. Valid as long as the
 * context that it was made with.
 */
public final class HttpDelivery {

    private static final int MOST_OF_ANSWER = 4 << 10;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final HttpClient http;
    private final CancelToken cancelToken;
    private final Clock clock;

    /** Uses the client, the cancel token and the clock of a call. */
    public HttpDelivery(PluginContext context) {
        http = context.http();
        cancelToken = context.cancelToken();
        clock = context.clock();
    }

    /**
     * Posts JSON.
     *
     * @param url     where
     * @param headers beside the content type
     * @param json    what
     * @param timeout for all of it
     * @param judge   says what an answer means, for example {@link HttpAnswer#outcome()}
     * @return what {@code judge} says, or a retry where there is no answer
     */
    public Outcome post(
            URI url, Map<String, String> headers, String json, Duration timeout, Function<HttpAnswer, Outcome> judge) {
        var request = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofString(json))
                .header("Content-Type", "application/json; charset=utf-8");
        headers.forEach(request::header);
        var answer = http.sendAsync(request.build(), info -> new AnswerBeginning(MOST_OF_ANSWER));
        try (var cancelling = cancelToken.onCancel(() -> answer.cancel(true))) {
            return judge.apply(read(url, answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.retry("interrupted before " + url.getHost() + " answered");
        } catch (TimeoutException e) {
            return Outcome.retry(url.getHost() + " did not answer within " + timeout.toMillis() + " ms");
        } catch (CancellationException e) {
            return Outcome.retry("cancelled before " + url.getHost() + " answered");
        } catch (ExecutionException e) {
            return Outcome.retry("no answer from " + url.getHost() + ": " + words(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private HttpAnswer read(URI url, HttpResponse<byte[]> response) {
        return new HttpAnswer(
                url.getHost(),
                response.statusCode(),
                new String(response.body(), StandardCharsets.UTF_8),
                retryAfter(response.headers()));
    }

    /** In seconds or as a date; what is neither is ignored. */
    private Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .flatMap(this::duration)
                .map(HttpDelivery::bounded);
    }

    private Optional<Duration> duration(String text) {
        if (text.matches("\\d{1,15}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), then.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration duration) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : duration;
    }

    /** Messages of exceptions may hold the address; only those of TLS, which say what to mend, are passed on. */
    private static String words(@Nullable Throwable cause) {
        if (cause == null) {
            return "it is not known why";
        }
        if (cause instanceof ConnectException) {
            return "it cannot be reached";
        }
        return cause instanceof SSLException
                ? "TLS failed: " + cause.getMessage()
                : cause.getClass().getSimpleName();
    }
}
