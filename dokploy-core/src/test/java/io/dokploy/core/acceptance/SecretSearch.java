package io.dokploy.core.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for secrets as they are, as in a URL, in hex, in Base64, and in Base64 inside the login of a user "bot". */
final class SecretSearch {

    private static final long LARGEST = 64 << 20;

    private final Instant begin = Instant.now();
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    SecretSearch(List<String> secrets) {
        for (String secret : secrets) {
            var name = secret.substring(0, 6);
            forms.put(name + " as it is", secret);
            forms.put(name + " in a URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.put(name + " in hex", HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
            forms.put(name + " in Base64", core(secret));
            forms.put(name + " in Base64 in a login", core("bot:" + secret).substring(6));
            forms.put(name + " in Base64 with a line end", core(secret + "\n"));
        }
    }

    /** Without the characters at the end that depend on what follows. */
    private static String core(String text) {
        var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return encoded.substring(0, encoded.length() - 4);
    }

    /** Where which secret was found. */
    List<String> found() {
        return found;
    }

    void in(String where, String text) {
        forms.forEach((form, value) -> {
            if (text.contains(value)) {
                int at = text.indexOf(value);
                found.add(form + " in " + where + ": …"
                        + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + value.length() + 20))
                        + "…");
            }
        });
    }

    /** All files below, whatever they are. */
    void inFiles(Path folder) {
        walk(folder, Instant.MIN);
    }

    /** The files below that were written since the test began. */
    void inNewFiles(Path folder) {
        walk(folder, begin);
    }

    private void walk(Path folder, Instant since) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    boolean due = attributes.isRegularFile()
                            && attributes.size() < LARGEST
                            && attributes.lastModifiedTime().toInstant().isAfter(since);
                    if (due) {
                        in(file.toString(), contents(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // Somebody else's, or gone meanwhile.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contents(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
