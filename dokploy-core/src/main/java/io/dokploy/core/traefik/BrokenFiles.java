package io.dokploy.core.traefik;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds the file that stops every update: Traefik takes none of its folder's files while one of them cannot be read,
 * and says so in its log alone.
 */
final class BrokenFiles {

    private static final Pattern LOGGED = Pattern.compile("collecting file configs: (/.+?\\.(?:ya?ml|toml)): (.+)");

    private final Path folder;

    BrokenFiles(Path folder) {
        this.folder = folder;
    }

    /** The file and what is wrong with it, by Traefik's log if that tells, else by reading them all. */
    Optional<String> find(List<String> logMessages) {
        return logged(logMessages).or(this::unreadable);
    }

    private Optional<String> logged(List<String> messages) {
        Optional<String> last = Optional.empty();
        for (String message : messages) {
            Matcher matcher = LOGGED.matcher(message);
            if (matcher.find() && Files.exists(folder.resolve(fileName(matcher.group(1))))) {
                last = Optional.of(fileName(matcher.group(1)) + ": " + matcher.group(2));
            }
        }
        return last;
    }

    private Optional<String> unreadable() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|toml)"))
                    .sorted()
                    .flatMap(file -> problem(file).stream())
                    .findFirst();
        } catch (IOException e) {
            return Optional.of(folder + " cannot be listed: " + e);
        }
    }

    private Optional<String> problem(Path file) {
        try {
            String text = Files.readString(file);
            boolean yaml = !file.toString().endsWith(".toml") && !text.contains("{{");
            if (yaml) {
                new Load(LoadSettings.builder().build()).loadFromString(text);
            }
            return Optional.empty();
        } catch (YamlEngineException e) {
            return Optional.of(folder.relativize(file) + ": " + e.getMessage());
        } catch (MalformedInputException e) {
            return Optional.of(folder.relativize(file) + ": is not UTF-8 text");
        } catch (IOException e) {
            return Optional.of(folder.relativize(file) + ": cannot be read: " + e);
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
