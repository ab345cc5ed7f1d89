package io.dokploy.api.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as routers know them: {@code 203.0.113.7}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
final class AddressRange {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
    private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

    private AddressRange() {}

    static boolean isOne(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int most = IPV4.matcher(address).matches() ? 32 : isIpv6(address) ? 128 : -1;
        if (slash < 0 || most < 0) {
            return most >= 0;
        }
        String bits = text.substring(slash + 1);
        return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= most;
    }

    private static boolean isIpv6(String text) {
        if (!IPV6_LETTERS.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.getByName(text); // with a colon in it this is never a name to be resolved
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
