package io.dokploy.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who look at the application all the time. They connect to loopback and say the domain in the Host header, since
 * {@code *.localhost} is not known everywhere. A request fails if it has any other answer than the application's.
 */
final class Visitors implements AutoCloseable {

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final HttpRequest request;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private volatile boolean enough;

    Visitors(int port, String host) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Host", host)
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** One look: the first line of the answer, or what went wrong. */
    String look() {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    void come(int count) {
        for (int i = 0; i < count; i++) {
            var thread = new Thread(this::keepLooking, "visitor-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void keepLooking() {
        while (!enough) {
            var answer = look();
            requests.incrementAndGet();
            (answer.startsWith("200 ") ? answers : failures).merge(answer, 1, Integer::sum);
        }
    }

    int requests() {
        return requests.get();
    }

    int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Each answer with its number. */
    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** Each failure with its number. */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public void close() {
        enough = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
