package io.dokploy.core.traefik;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/** Why there was no answer, in words. */
final class Problem {

    private Problem() {}

    static String of(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing listens there (" + e.getMessage() + ")";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
