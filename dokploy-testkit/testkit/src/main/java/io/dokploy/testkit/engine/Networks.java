package io.dokploy.testkit.engine;

import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import io.dokploy.spi.engine.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The networks and who is in them. Guarded by the engine's lock. */
final class Networks {

    /** Where containers are that name no network. */
    static final String DEFAULT = "bridge";

    private final Map<String, Network> networks = new TreeMap<>();
    private int subnets;

    Networks() {
        ensure(new NetworkSpec(DEFAULT, Map.of(), false));
    }

    /** A network: its members and the addresses in use, by container id. */
    static final class Network {
        private final NetworkSpec spec;
        private final int number;
        private final Map<String, NetworkAttachment> members = new LinkedHashMap<>();
        private final Map<String, String> addresses = new LinkedHashMap<>();

        private Network(NetworkSpec spec, int number) {
            this.spec = spec;
            this.number = number;
        }

        String subnet() {
            return prefix() + "0/24";
        }

        private String prefix() {
            return "10.210." + number + ".";
        }

        Map<String, NetworkAttachment> members() {
            return members;
        }

        List<String> aliases(String container) {
            return members.getOrDefault(container, NetworkAttachment.plain()).aliases();
        }

        /** Gives a starting container its address. */
        void up(String container) {
            String address = members.getOrDefault(container, NetworkAttachment.plain())
                    .address()
                    .orElseGet(this::free);
            if (!address.startsWith(prefix()) || addresses.containsValue(address)) {
                throw Refusals.refused(
                        "network " + spec.name(), "address " + address + " is taken or not in " + subnet());
            }
            addresses.put(container, address);
        }

        void down(String container) {
            addresses.remove(container);
        }

        String address(String container) {
            return addresses.getOrDefault(container, "");
        }

        private String free() {
            int host = 2;
            while (addresses.containsValue(prefix() + host)) {
                host++;
            }
            return prefix() + host;
        }

        NetworkInfo info() {
            return new NetworkInfo(
                    "net" + number, spec.name(), spec.labels(), subnet(), List.copyOf(addresses.keySet()));
        }
    }

    void ensure(NetworkSpec spec) {
        networks.computeIfAbsent(spec.name(), name -> new Network(spec, subnets++));
    }

    Network get(String name) {
        return find(name).orElseThrow(() -> Refusals.missing("network", name));
    }

    Optional<Network> find(String nameOrId) {
        return networks.values().stream()
                .filter(network -> network.spec.name().equals(nameOrId)
                        || network.info().id().equals(nameOrId))
                .findFirst();
    }

    List<NetworkInfo> list(Map<String, String> labels) {
        return networks.values().stream()
                .filter(network -> network.spec.labels().entrySet().containsAll(labels.entrySet()))
                .map(Network::info)
                .toList();
    }

    void remove(String name) {
        Optional<Network> network = find(name);
        if (network.isEmpty()) {
            return;
        }
        if (!network.get().addresses.isEmpty() || name.equals(DEFAULT)) {
            throw Refusals.refused("network " + name, "it has active endpoints");
        }
        networks.remove(network.get().spec.name());
    }

    /** The networks of a container, by name. */
    Map<String, Network> of(String container) {
        Map<String, Network> found = new TreeMap<>();
        networks.forEach((name, network) -> {
            if (network.members.containsKey(container)) {
                found.put(name, network);
            }
        });
        return found;
    }
}
