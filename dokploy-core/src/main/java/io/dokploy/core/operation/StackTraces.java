package io.dokploy.core.operation;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A stack trace as a text, so that it can be masked before it is logged. */
final class StackTraces {

    private StackTraces() {}

    static String of(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
