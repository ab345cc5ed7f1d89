package io.dokploy.spi.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/**
 * The rule for keys of objects, so that each target refuses the same: names of letters, digits, {@code - . _}, up to 200
 * characters each and neither {@code .} nor {@code ..}, with single slashes between them, 900 characters in all. So a key
 * is a path that leads out of no folder, and means the same in every bucket.
 */
@Experimental
public final class ObjectKey {

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._-]{1,200}(/[A-Za-z0-9._-]{1,200})*");
    private static final Pattern DOTS = Pattern.compile("(^|/)\\.\\.?(/|$)");
    private static final int LONGEST = 900;

    private ObjectKey() {}

    /**
     * A key of an object, as it is.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if it is none
     */
    public static String checked(String key) {
        require(isKey(key), "key", "must be names of letters, digits, - . _ with single slashes between them");
        return key;
    }

    /**
     * What keys may begin with: nothing, a key, or a key and a slash.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if no key can begin like that
     */
    public static String checkedPrefix(String prefix) {
        String key = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        require(prefix.isEmpty() || isKey(key), "prefix", "must be empty, or how a key begins");
        return prefix;
    }

    private static boolean isKey(String text) {
        return text.length() <= LONGEST
                && NAMES.matcher(text).matches()
                && !DOTS.matcher(text).find();
    }

    private static void require(boolean holds, String field, String reason) {
        Problems.of("object of a backup target").require(holds, field, reason).throwIfAny();
    }
}
