package io.dokploy.core.operation;

import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.Failure;

/** From the stored name of a result's class back to the class; only those of the API, whatever the database says. */
final class ResultTypes {

    private ResultTypes() {}

    static Class<?> named(String name) {
        if (name.equals(Void.class.getName())) {
            return Void.class;
        }
        if (name.equals(String.class.getName())) {
            return String.class;
        }
        if (name.equals(Integer.class.getName())) {
            return Integer.class;
        }
        try {
            if (name.startsWith("io.dokploy.api.")) {
                return Class.forName(name, false, ResultTypes.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw unknown(name, e);
        }
        throw unknown(name, null);
    }

    private static DefectException unknown(String name, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DefectException(
                Failure.defect("unknown-result", "operation", "its result has the unknown type " + name), cause);
    }
}
