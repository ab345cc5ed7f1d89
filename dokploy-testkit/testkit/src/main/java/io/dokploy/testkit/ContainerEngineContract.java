package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerInfo.Attached;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import io.dokploy.spi.engine.NetworkSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.dokploy.spi.engine.ContainerEngine} promises. Inherit it, give an engine and an image with a shell,
 * and say in {@link #unsupported()} what the engine cannot do. The tests use names and labels of their own, remove what
 * they made, and touch nothing else on the engine.
 */
public abstract class ContainerEngineContract extends ImageContract {

    @Test
    void aNetworkIsMadeOnce() {
        String network = network();
        NetworkInfo made = engine().inspectNetwork(network).orElseThrow();
        engine().ensureNetwork(new NetworkSpec(network, labels(), false));
        assertThat(engine().inspectNetwork(network).map(NetworkInfo::id)).contains(made.id());
        assertThat(made.labels()).containsAllEntriesOf(labels());
        assertThat(made.subnet()).matches("[0-9.]+/[0-9]+");
        assertThat(engine().listNetworks(labels()))
                .extracting(NetworkInfo::name)
                .containsExactly(network);
    }

    @Test
    void twoNetworksHaveSubnetsOfTheirOwn() {
        assertThat(engine().inspectNetwork(network()).orElseThrow().subnet())
                .isNotEqualTo(engine().inspectNetwork(network()).orElseThrow().subnet());
    }

    @Test
    void aContainerHasAnAddressWhileItRuns() {
        String network = network();
        String id = engine().create(
                        spec(RUNS).network(network, NetworkAttachment.plain()).build());
        assertThat(attached(id, network).address()).isEmpty();
        engine().start(id);
        assertThat(attached(id, network).address()).matches("[0-9.]+");
        assertThat(engine().inspectNetwork(network).orElseThrow().containers()).containsExactly(id);
        engine().stop(id, LONG);
        assertThat(attached(id, network).address()).isEmpty();
    }

    @Test
    void containersOfANetworkReachEachOtherByNameAndAlias() throws Exception {
        String network = network();
        String target = started(spec(RUNS).network(network, NetworkAttachment.named("shop", "store")));
        String other = started(spec(RUNS).network(network, NetworkAttachment.plain()));
        assertThat(attached(target, network).aliases()).containsExactlyInAnyOrder("shop", "store");
        assertThat(reaches(other, inspect(target).name())).isTrue();
        assertThat(reaches(other, "shop")).isTrue();
        assertThat(reaches(other, "store")).isTrue();
        assertThat(reaches(other, "stranger")).isFalse();
        engine().stop(target, LONG);
        assertThat(reaches(other, "shop")).as("when it is stopped").isFalse();
    }

    @Test
    void aNameGoesFromOneContainerToTheOther() throws Exception {
        String network = network();
        String first = started(spec(RUNS).network(network, NetworkAttachment.named("shop")));
        String other = started(spec(RUNS).network(network, NetworkAttachment.plain()));
        engine().disconnect(network, first);
        assertThat(reaches(other, "shop")).isFalse();
        engine().connect(network, first, NetworkAttachment.plain());
        assertThat(reaches(other, "shop")).isFalse();
        String second = started(spec(RUNS));
        engine().connect(network, second, NetworkAttachment.named("shop"));
        assertThat(reaches(other, "shop")).isTrue();
    }

    @Test
    void joiningAndLeavingTwiceDoNothing() {
        String network = network();
        String id = started(spec(RUNS));
        engine().connect(network, id, NetworkAttachment.named("shop"));
        String address = attached(id, network).address();
        engine().connect(network, id, NetworkAttachment.named("shop"));
        assertThat(attached(id, network).address()).isEqualTo(address);
        engine().disconnect(network, id);
        engine().disconnect(network, id);
        assertThat(inspect(id).networks()).doesNotContainKey(network);
    }

    @Test
    void anAddressCanBeFixed() throws Exception {
        needing(Behaviour.FIXED_ADDRESS, () -> {
            String network = network();
            String subnet = engine().inspectNetwork(network).orElseThrow().subnet();
            String address = subnet.substring(0, subnet.lastIndexOf('.')) + ".77";
            String id = started(
                    spec(RUNS).network(network, NetworkAttachment.plain().at(address)));
            assertThat(attached(id, network).address()).isEqualTo(address);
            engine().stop(id, LONG);
            engine().start(id);
            assertThat(attached(id, network).address()).as("after a restart").isEqualTo(address);
        });
    }

    @Test
    void aMissingNetworkIsNotFound() {
        String id = started(spec(RUNS));
        String none = name("none");
        assertThat(engine().inspectNetwork(none)).isEmpty();
        assertThatThrownBy(() -> engine().connect(none, id, NetworkAttachment.plain()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> started(spec(RUNS).network(none, NetworkAttachment.plain())))
                .isInstanceOf(NotFoundException.class);
        engine().removeNetwork(none);
    }

    @Test
    void aNetworkInUseStays() {
        String network = network();
        String id = started(spec(RUNS).network(network, NetworkAttachment.plain()));
        assertThatThrownBy(() -> engine().removeNetwork(network)).isInstanceOf(UserErrorException.class);
        engine().remove(id);
        engine().removeNetwork(network);
        assertThat(engine().inspectNetwork(network)).isEmpty();
    }

    @Test
    void aVolumeOutlivesItsContainers() throws Exception {
        String volume = name("v");
        engine().ensureVolume(volume, labels());
        engine().ensureVolume(volume, labels());
        assertThat(engine().listVolumes(labels())).containsExactly(volume);
        String writer = started(spec(RUNS).mount(new EngineMount(volume, "/data", false)));
        assertThat(inspect(writer).mounts()).contains(volume);
        assertThat(output(writer, ShellCommand.script("echo kept > /data/file")))
                .isEmpty();
        assertThatThrownBy(() -> engine().removeVolume(volume)).isInstanceOf(UserErrorException.class);
        engine().remove(writer);
        String reader = started(spec(RUNS).mount(new EngineMount(volume, "/else", false)));
        assertThat(output(reader, "cat", "/else/file")).isEqualTo("kept\n");
        engine().remove(reader);
        engine().removeVolume(volume);
        engine().removeVolume(volume);
        assertThat(engine().listVolumes(Map.of(LABEL, labels().get(LABEL)))).isEmpty();
    }

    private String network() {
        String network = name("n");
        engine().ensureNetwork(new NetworkSpec(network, labels(), false));
        return network;
    }

    private Attached attached(String container, String network) {
        ContainerInfo info = inspect(container);
        assertThat(info.networks()).containsKey(network);
        return info.networks().getOrDefault(network, new Attached("", java.util.List.of()));
    }

    private boolean reaches(String from, String host) throws Exception {
        return exitCode(from, "ping", "-c", "1", "-W", "2", host) == 0;
    }
}
