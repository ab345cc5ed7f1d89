package io.dokploy.builder.dockerfile;

import io.dokploy.api.error.Problems;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.Pattern;

/** What texts in the settings must look like, so that nothing hostile reaches a file system or a command line. */
final class SettingsRules {

    private static final int LONGEST_PATH = 500;
    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private SettingsRules() {}

    /** A relative path that stays inside. */
    static void path(Problems problems, String field, String path) {
        problems.require(!path.isBlank() && path.length() <= LONGEST_PATH, field, "must have 1 to 500 characters");
        problems.require(
                path.chars().noneMatch(Character::isISOControl), field, "must not hold control characters or newlines");
        problems.require(
                !path.startsWith("/") && path.indexOf('\\') < 0, field, "must be relative to the source, with /");
        problems.require(!List.of(path.split("/")).contains(".."), field, "must not leave the source with ..");
    }

    static void stage(Problems problems, String field, String name) {
        problems.require(STAGE.matcher(name).matches(), field, "must be the name or number of a stage");
    }

    static void argument(Problems problems, String field, String name, String value) {
        problems.require(
                ARGUMENT.matcher(name).matches(),
                field,
                "names must be letters, digits and _, not beginning with a digit");
        problems.require(value.indexOf('\0') < 0, field, "values must not hold NUL");
    }

    static void certificates(Problems problems, String field, String pem) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            problems.require(!found.isEmpty(), field, "must hold a certificate in PEM form");
        } catch (CertificateException e) {
            problems.add(field, "must hold certificates in PEM form: " + e.getMessage());
        }
    }
}
