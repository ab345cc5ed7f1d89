package io.dokploy.database.mysql.support;

import java.util.List;

/**
 * The names that a member of the family has for the same things.
 *
 * @param server        its program: {@code mysqld}
 * @param client        the client: {@code mysql}
 * @param clientOptions that the client always gets
 * @param networkOptions that all tools get when they reach another machine, whose certificate they do not verify
 * @param verifying     that they get instead when they verify it, by the authorities in the file that is named after them
 * @param encrypting    with which the client speaks TLS or not at all
 * @param dumpTool      writes dumps: {@code mysqldump}
 * @param variables     how the variables of its image begin: {@code MYSQL_}
 * @param jdbcProtocol  in JDBC URLs: {@code mysql}
 * @param jdbcVerifying what makes its JDBC driver verify the server: {@code sslMode=VERIFY_IDENTITY}
 */
public record Dialect(
        String server,
        String client,
        List<String> clientOptions,
        List<String> networkOptions,
        List<String> verifying,
        List<String> encrypting,
        String dumpTool,
        String variables,
        String jdbcProtocol,
        String jdbcVerifying) {
    public Dialect {
        clientOptions = List.copyOf(clientOptions);
        networkOptions = List.copyOf(networkOptions);
        verifying = List.copyOf(verifying);
        encrypting = List.copyOf(encrypting);
    }
}
