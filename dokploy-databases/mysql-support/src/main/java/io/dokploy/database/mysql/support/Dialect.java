package io.dokploy.database.mysql.support;

import java.util.List;

/**
 * The names that a member of the family has for the same things.
 *
 * @param server        its program: {@code mysqld}
 * @param client        the client: {@code mysql}
 * @param clientOptions that the client always gets
 * @param networkOptions that all tools get when they reach another machine
 * @param dumpTool      writes dumps: {@code mysqldump}
 * @param variables     how the variables of its image begin: {@code MYSQL_}
 * @param jdbcProtocol  in JDBC URLs: {@code mysql}
 */
public record Dialect(
        String server,
        String client,
        List<String> clientOptions,
        List<String> networkOptions,
        String dumpTool,
        String variables,
        String jdbcProtocol) {
    public Dialect {
        clientOptions = List.copyOf(clientOptions);
        networkOptions = List.copyOf(networkOptions);
    }
}
