package io.dokploy.core.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The connections in a network namespace, from the text of {@code /proc/net/tcp} and {@code /proc/net/tcp6}
 * (proc_pid_net(5)): addresses in hexadecimal, each 32-bit word in the byte order of the machine (little endian).
 */
public final class TcpTable {

    private static final String ESTABLISHED = "01";
    /** On the way to being established: a request is about to be sent. */
    private static final String SYN_SENT = "02";

    private static final String LISTEN = "0A";

    /** A connection; addresses as dotted IPv4 (also for IPv4-mapped IPv6), other IPv6 in hexadecimal. */
    public record Connection(String localAddress, int localPort, String remoteAddress, int remotePort) {}

    private final List<Connection> established = new ArrayList<>();
    private final List<Connection> opening = new ArrayList<>();
    private final Set<Integer> listening = new HashSet<>();

    private TcpTable() {}

    /** Reads the text; lines that are not rows of the table are passed over. */
    public static TcpTable parse(String text) {
        var table = new TcpTable();
        text.lines().forEach(table::row);
        return table;
    }

    private void row(String line) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < 4 || !columns[0].endsWith(":") || columns[1].indexOf(':') < 0) {
            return;
        }
        if (columns[3].equals(LISTEN)) {
            listening.add(port(columns[1]));
        } else if (columns[3].equals(ESTABLISHED)) {
            established.add(connection(columns));
        } else if (columns[3].equals(SYN_SENT)) {
            opening.add(connection(columns));
        }
    }

    private static Connection connection(String[] columns) {
        return new Connection(address(columns[1]), port(columns[1]), address(columns[2]), port(columns[2]));
    }

    /** Connections that are open now. */
    public List<Connection> established() {
        return List.copyOf(established);
    }

    /** How many connections somebody else opened to a port that is listened to here. */
    public int accepted() {
        return (int) established.stream()
                .filter(connection -> listening.contains(connection.localPort()))
                .count();
    }

    /** How many connections lead to one of those IPv4 addresses, or are about to. */
    public int leadingTo(Collection<String> addresses) {
        return (int) Stream.concat(established.stream(), opening.stream())
                .filter(connection -> addresses.contains(connection.remoteAddress()))
                .count();
    }

    private static int port(String column) {
        return Integer.parseInt(column.substring(column.indexOf(':') + 1), 16);
    }

    private static String address(String column) {
        String hex = column.substring(0, column.indexOf(':'));
        if (hex.length() == 32 && hex.startsWith("0000000000000000FFFF0000")) {
            hex = hex.substring(24);
        }
        if (hex.length() != 8) {
            return hex;
        }
        int word = Integer.parseUnsignedInt(hex, 16);
        return (word & 0xff) + "." + (word >>> 8 & 0xff) + "." + (word >>> 16 & 0xff) + "." + (word >>> 24);
    }
}
