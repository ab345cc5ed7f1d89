package io.dokploy.core.git;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands in the repository in place of a large file.
 *
 * @param sha256 of the file
 * @param size   of the file, in bytes
 */
record LfsPointer(String sha256, long size) {

    private static final int LONGEST = 1024;
    private static final Pattern TEXT = Pattern.compile(
            "version https://git-lfs\\.github\\.com/spec/v1\\n(?:ext-.*\\n)*oid sha256:([0-9a-f]{64})\\nsize (\\d{1,18})\\n?");

    static Optional<LfsPointer> parse(byte[] content) {
        if (content.length > LONGEST || content.length < 100 || content[0] != 'v') {
            return Optional.empty();
        }
        var matcher = TEXT.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return matcher.matches()
                ? Optional.of(new LfsPointer(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
