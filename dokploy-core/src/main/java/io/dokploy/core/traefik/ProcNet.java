package io.dokploy.core.traefik;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the kernel's tables of TCP connections, {@code /proc/net/tcp} and {@code /proc/net/tcp6}. */
final class ProcNet {

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    /** Established, and on the way to it (SYN_SENT): a request is about to be sent there. */
    private static final Set<String> OPEN = Set.of("01", "02");

    private ProcNet() {}

    /** How many connections of {@code table} are open to one of {@code addresses}. */
    static int open(String table, List<String> addresses) {
        Set<InetAddress> wanted = addresses.stream().map(ProcNet::parse).collect(Collectors.toUnmodifiableSet());
        return (int) table.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > STATE && OPEN.contains(fields[STATE]))
                .filter(fields -> fields[REMOTE].matches("([0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}"))
                .filter(fields -> wanted.contains(address(fields[REMOTE].split(":")[0])))
                .count();
    }

    /** The kernel prints each word of four bytes as a number of a little-endian machine. */
    private static InetAddress address(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i - i % 4 + 3 - i % 4];
        }
        try {
            return InetAddress.getByAddress(bytes); // an IPv4 address in an IPv6 one becomes IPv4
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    private static InetAddress parse(String address) {
        if (!address.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("not an IP address: " + address);
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + address, e);
        }
    }
}
