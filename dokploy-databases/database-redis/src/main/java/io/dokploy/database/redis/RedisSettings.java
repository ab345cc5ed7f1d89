package io.dokploy.database.redis;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Redis has beyond other engines. Immutable; the methods give changed copies. */
public final class RedisSettings implements PluginSettings {

    static final String ID = "redis";
    static final int FORM = 1;

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern RULES = Pattern.compile("[ -~&&[^#<>]]{0,2000}");
    private static final Pattern OTHER_RULE = Pattern.compile("(?i).*(?<!\\S)(on|off|nopass|resetpass|reset)(?!\\S).*");
    private static final int SHORTEST_PASSWORD = 12;

    private final Persistence persistence;
    private final Map<String, String> rules;
    private final Map<String, Secret> passwords;

    private RedisSettings(
            Persistence persistence, Map<String, String> rules, Map<String, Secret> passwords, Problems problems) {
        this.persistence = persistence;
        this.rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        this.passwords = Map.copyOf(passwords);
        rules.forEach((user, rule) -> {
            problems.require(
                    USER.matcher(user).matches() && !user.equals("default"),
                    "users",
                    "\"" + user + "\" must be letters, digits, dots, - and _, and not \"default\"");
            problems.require(
                    RULES.matcher(rule).matches() && !OTHER_RULE.matcher(rule).matches(),
                    "users." + user,
                    "must be rules of keys, channels and commands, such as ~cache:* +@read; the password is given apart");
            problems.require(
                    passwords.containsKey(user) && passwords.get(user).reveal().length() >= SHORTEST_PASSWORD,
                    "passwords." + user,
                    "must have at least " + SHORTEST_PASSWORD + " characters");
        });
        problems.throwIfAny();
    }

    /** Redis with a log of all writes, and the one user of the spec. */
    public static RedisSettings defaults() {
        return new RedisSettings(Persistence.AOF, Map.of(), Map.of(), Problems.of("settings of " + ID));
    }

    /** The same with another way to keep data on disk. */
    public RedisSettings persistence(Persistence mode) {
        return new RedisSettings(mode, rules, passwords, Problems.of("settings of " + ID));
    }

    /**
     * The same with one more user. Redis has one name space, so the rules say what each may see.
     *
     * @param name     who logs in
     * @param aclRules as in {@code ACL SETUSER}: {@code ~cache:* &* +@read}
     * @param password at least 12 characters; the container gets its hash alone
     */
    public RedisSettings user(String name, String aclRules, Secret password) {
        var newRules = new LinkedHashMap<>(rules);
        var newPasswords = new LinkedHashMap<>(passwords);
        newRules.put(name, aclRules);
        newPasswords.put(name, password);
        return new RedisSettings(persistence, newRules, newPasswords, Problems.of("settings of " + ID));
    }

    Persistence persistence() {
        return persistence;
    }

    /** By user. */
    Map<String, String> rules() {
        return rules;
    }

    /** Of a user that has rules. */
    Secret password(String user) {
        return Optional.ofNullable(passwords.get(user)).orElseThrow();
    }

    static RedisSettings read(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, FORM);
        var persistence = reader.text("persistence").orElse("aof");
        var rules = reader.namedTexts("users");
        var passwords = reader.namedSecrets("passwords");
        var problems = reader.problems();
        var mode = Arrays.stream(Persistence.values())
                .filter(one -> text(one).equals(persistence))
                .findFirst();
        problems.require(mode.isPresent(), "persistence", "must be none, rdb, aof or rdb_and_aof");
        return new RedisSettings(mode.orElse(Persistence.AOF), rules, passwords, problems);
    }

    private static String text(Persistence persistence) {
        return persistence.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                FORM,
                Tree.branch()
                        .put("persistence", text(persistence))
                        .put("users", rules)
                        .putSecrets("passwords", passwords)
                        .build());
    }
}
