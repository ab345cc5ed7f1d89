package io.dokploy.backup.s3;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names in settings may look like. */
final class Words {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_:/.-]{1,300}");
    private static final Pattern ARN = Pattern.compile("arn:[A-Za-z0-9_:/.+=,@-]{16,2044}");

    private Words() {}

    static boolean isBucket(String text) {
        return BUCKET.matcher(text).matches();
    }

    static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    static boolean isWordOrNone(@Nullable String text) {
        return text == null || isWord(text);
    }

    /** Which STS takes, from 20 characters on. */
    static boolean isArn(String text) {
        return ARN.matcher(text).matches();
    }

    static boolean isOne(Enum<?>[] all, String name) {
        return Set.of(all).stream().anyMatch(one -> one.name().equals(name));
    }
}
