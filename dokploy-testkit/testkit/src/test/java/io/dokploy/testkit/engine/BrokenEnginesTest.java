package io.dokploy.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.spi.engine.ContainerEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract of engines finds each of these faults. */
class BrokenEnginesTest {

    @Test
    void itFindsEachFault() {
        assertThat(failures(StrictRemoval.class)).contains("removingEndsWhatRunsAndRepeatedDoesNothing");
        assertThat(failures(EndlessInput.class)).contains("theEndOfItsInputReachesTheCommand");
        assertThat(failures(StopIsKill.class)).contains("stoppingSendsTheSignalAndWaitsForTheEnd");
        assertThat(failures(ListsEverything.class)).contains("listedAreAllWithAllOfTheLabelsAlsoTheStopped");
        assertThat(failures(TailIsIgnored.class)).contains("theLastLinesOrTheNewerOnesCanBeAskedFor");
        assertThat(failures(ClaimsToLackStats.class)).containsExactly("itsUseIsSampled");
    }

    private static List<String> failures(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
    }

    /** A call in place of the sound one. */
    private interface Fault {
        Object call(ContainerEngine sound, Object[] arguments);
    }

    /** The in-memory engine with one call done wrong. */
    private abstract static class Broken extends InMemoryEngineContractTest {
        private final String method;
        private final Fault fault;

        Broken(String method, Fault fault) {
            this.method = method;
            this.fault = fault;
        }

        @Override
        protected ContainerEngine engine() {
            ContainerEngine sound = super.engine();
            return (ContainerEngine) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ContainerEngine.class},
                    (proxy, called, arguments) -> called.getName().equals(method)
                            ? fault.call(sound, arguments)
                            : pass(sound, called, arguments));
        }

        private static Object pass(ContainerEngine sound, Method called, Object[] arguments) throws Throwable {
            try {
                return called.invoke(sound, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    static class StrictRemoval extends Broken {
        StrictRemoval() {
            super("remove", (sound, arguments) -> {
                String container = (String) arguments[0];
                sound.inspect(container).orElseThrow(() -> new NotFoundException(container, "is not there", "Look."));
                sound.remove(container);
                return null;
            });
        }
    }

    /** As docker-java does: the command never sees the end of its input. */
    static class EndlessInput extends Broken {
        EndlessInput() {
            super("exec", (sound, arguments) -> {
                ExecRequest request = (ExecRequest) arguments[1];
                boolean counts = request.stdin() && request.arguments().get(0).equals("wc");
                return sound.exec(
                        (String) arguments[0], counts ? ExecRequest.of("echo", "the input never ends") : request);
            });
        }
    }

    static class StopIsKill extends Broken {
        StopIsKill() {
            super("stop", (sound, arguments) -> {
                if (sound.inspect((String) arguments[0])
                        .filter(info -> info.isRunning())
                        .isPresent()) {
                    sound.kill((String) arguments[0], "SIGKILL");
                }
                sound.stop((String) arguments[0], Duration.ZERO);
                return null;
            });
        }
    }

    static class ListsEverything extends Broken {
        ListsEverything() {
            super("list", (sound, arguments) -> sound.list(Map.of()));
        }
    }

    static class TailIsIgnored extends Broken {
        TailIsIgnored() {
            super(
                    "logs",
                    (sound, arguments) -> sound.logs(
                            (String) arguments[0], since(arguments[1]), Optional.empty(), (boolean) arguments[3]));
        }

        @SuppressWarnings("unchecked")
        private static Optional<java.time.Instant> since(Object argument) {
            return (Optional<java.time.Instant>) argument;
        }
    }

    /** What is declared as missing must be missing. */
    static class ClaimsToLackStats extends InMemoryEngineContractTest {
        @Override
        protected java.util.Set<Behaviour> unsupported() {
            return java.util.EnumSet.of(Behaviour.STATS);
        }
    }
}
