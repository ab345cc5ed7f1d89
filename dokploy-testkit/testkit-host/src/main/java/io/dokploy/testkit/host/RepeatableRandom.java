package io.dokploy.testkit.host;

import java.security.SecureRandom;
import java.util.Random;

/** The same numbers in each run, so that names and ids in a test's output are the same. Not for secrets. */
final class RepeatableRandom extends SecureRandom {

    private final transient Random numbers = new Random(4711);

    @Override
    public void nextBytes(byte[] bytes) {
        numbers.nextBytes(bytes);
    }
}
