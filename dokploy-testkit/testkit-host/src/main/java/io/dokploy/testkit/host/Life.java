package io.dokploy.testkit.host;

import io.dokploy.testkit.VirtualTime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The life of the process that Dokploy runs in. When it is over, nothing that its threads still do reaches the engine,
 * the router or the store, as after {@code kill -9}: no undo, no last words. Thread-safe.
 */
final class Life {

    /** What a dead process's database connections may still be asked for, to give them back. */
    private static final Set<String> FREEING =
            Set.of("close", "rollback", "isClosed", "setAutoCommit", "getAutoCommit", "abort", "clearWarnings");

    private final VirtualTime time;
    private final Consumer<Effect> witness;
    private volatile boolean over;
    private volatile Runnable burial = () -> {};

    /** A call that changes or asks something outside of the process. */
    record Effect(String target, String call) {
        @Override
        public String toString() {
            return target + "." + call;
        }
    }

    /**
     * A life.
     *
     * @param witness is told of each call before it is made; may end this life or throw
     */
    Life(VirtualTime time, Consumer<Effect> witness) {
        this.time = time;
        this.witness = witness;
    }

    boolean isOver() {
        return over;
    }

    /** What is to be done with the remains. */
    void burial(Runnable newBurial) {
        burial = newBurial;
    }

    /** Ends it: from now on every call fails, and who sleeps wakes up. */
    void end() {
        over = true;
        time.changed();
        // The dead cannot bury themselves: the thread that died belongs to what has to be closed.
        var undertaker = new Thread(burial, "test-dokploy-undertaker");
        undertaker.setDaemon(true);
        undertaker.start();
    }

    void requireAlive() {
        if (over) {
            throw new ProcessDied();
        }
    }

    void sleep(Duration duration) throws InterruptedException {
        time.await(this::isOver, duration);
        requireAlive();
    }

    /** The same thing for as long as this life lasts. Closing it does nothing: it outlives the process. */
    <T> T during(Class<T> type, T target) {
        InvocationHandler calls = (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            if (method.getDeclaringClass() == Object.class) {
                return invoke(target, method, arguments);
            }
            requireAlive();
            witness.accept(new Effect(type.getSimpleName(), method.getName()));
            requireAlive();
            Object result = invoke(target, method, arguments);
            requireAlive();
            return result;
        };
        return proxy(type, calls);
    }

    /** The same database for as long as this life lasts. */
    DataSource during(DataSource database) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            requireConnected();
            Object result = invoke(database, method, arguments);
            return result instanceof Connection connection ? during(connection) : result;
        });
    }

    private Connection during(Connection connection) {
        var wrote = new AtomicBoolean();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (!FREEING.contains(method.getName())) {
                requireConnected();
                if (arguments != null && arguments[0] instanceof String sql && !sql.startsWith("SELECT")) {
                    wrote.set(true);
                }
                if (method.getName().equals("commit") && wrote.getAndSet(false)) {
                    witness.accept(new Effect("Store", "commit"));
                    requireConnected();
                }
            }
            return invoke(connection, method, arguments);
        });
    }

    private void requireConnected() throws SQLException {
        if (over) {
            throw new SQLNonTransientConnectionException("the test let this process die");
        }
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }
}
