package io.dokploy.core.traefik;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.dokploy.api.route.BasicAuthUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The bcrypt hashes of passwords. An unchanged password keeps its hash, so that an unchanged file stays the same: the
 * hash that stands in the former file is taken over if it fits. Thread-safe.
 */
final class PasswordHashes {

    private static final int COST = 10;
    private static final int KEPT = 500;
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");

    private final Map<BasicAuthUser, String> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BasicAuthUser, String> eldest) {
            return size() > KEPT;
        }
    };

    /** The hash for a user's password, one from {@code formerFile} where it fits. */
    synchronized String of(BasicAuthUser user, String formerFile) {
        return known.computeIfAbsent(user, missing -> find(missing, formerFile));
    }

    private static String find(BasicAuthUser user, String formerFile) {
        char[] password = user.password().reveal().toCharArray();
        return candidates(user, formerFile).stream()
                .filter(hash -> BCrypt.verifyer().verify(password, hash).verified)
                .findFirst()
                .orElseGet(() -> BCrypt.withDefaults().hashToString(COST, password));
    }

    /** Hashes on lines that hold the user's name as it is written into the file. */
    private static List<String> candidates(BasicAuthUser user, String file) {
        String written = Yaml.write(Map.of("user", user.username() + ":")).strip();
        String name = written.substring(written.indexOf(": \"") + 3, written.length() - 1);
        return file.lines()
                .filter(line -> line.contains("\"" + name))
                .flatMap(line -> HASH.matcher(line).results())
                .map(result -> result.group())
                .distinct()
                .toList();
    }
}
