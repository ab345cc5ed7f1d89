package io.dokploy.database.mysql;

import com.google.auto.service.AutoService;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.database.mysql.support.Dialect;
import io.dokploy.database.mysql.support.MySqlFamily;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** MySQL, by the contract of its official image. */
@AutoService(DatabaseProvisioner.class)
public final class MySqlProvisioner extends MySqlFamily {

    private static final int OLDEST = 8;
    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");

    /** For {@link java.util.ServiceLoader}. */
    public MySqlProvisioner() {
        super(new Dialect(
                "mysqld",
                "mysql",
                List.of(),
                List.of(),
                List.of("--ssl-mode=VERIFY_IDENTITY"),
                List.of("--ssl-mode=REQUIRED"),
                "mysqldump",
                "MYSQL_",
                "mysql",
                "sslMode=VERIFY_IDENTITY"));
    }

    @Override
    public String id() {
        return MySqlSettings.ID;
    }

    @Override
    public String image() {
        return "mysql";
    }

    @Override
    public String defaultVersion() {
        return "9";
    }

    /** 8.0 and 8.4 are two; from 9 on the first number says it. */
    @Override
    public String series(String version) {
        var found = VERSION.matcher(version);
        return found.matches() && found.group(1).equals("8") && found.group(2) != null
                ? found.group(1) + "." + found.group(2)
                : super.series(version);
    }

    @Override
    protected void checkSettings(DatabaseSpec spec) {
        MySqlSettings.read(spec.engine());
    }

    @Override
    protected void checkVersion(String version, Problems problems) {
        var found = VERSION.matcher(version);
        problems.require(
                found.matches() && Integer.parseInt(found.group(1)) >= OLDEST,
                "version",
                "must begin with a version from " + OLDEST + " on, such as 9 or 8.4, but is " + version);
    }

    /** Users come after the data: what they may do with a table can only be said when there is one. */
    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login, List<String> further) {
        var parts = new ArrayList<>(data(version, login, further));
        if (dumpsUsers(version)) {
            parts.add(usersPart(login));
        }
        return parts;
    }

    @Override
    protected Optional<String> beforeRestoring(String part) {
        return part.equals(DATA) ? Optional.of(WITHOUT_EVENTS) : Optional.empty();
    }

    /** From 9.3 on mysqldump can; 9 without a second number is the newest. */
    private static boolean dumpsUsers(String version) {
        Matcher found = VERSION.matcher(version);
        return found.matches()
                && Integer.parseInt(found.group(1)) >= 9
                && (found.group(2) == null
                        || Integer.parseInt(found.group(1)) > 9
                        || Integer.parseInt(found.group(2)) >= 3);
    }

    /** All but those that every server has: they would be made a second time. */
    private DumpPart usersPart(Login login) {
        var options = new ArrayList<>(List.of(
                "--users",
                "--no-data",
                "--no-create-info",
                "--skip-triggers",
                "--no-tablespaces",
                "--set-gtid-purged=OFF"));
        Stream.concat(
                        Stream.of("root", "mysql.sys", "mysql.session", "mysql.infoschema")
                                .map(user -> new Account(user, "localhost")),
                        Stream.of(new Account(login.user(), "%")))
                .forEach(account -> options.addAll(account.excluded()));
        return new DumpPart(USERS, "sql", dumpTool(login, options, login.database()), Compression.NONE);
    }

    /** mysqldump knows some accounts with quotes and some without, and only warns of what it does not find. */
    private record Account(String user, String host) {
        List<String> excluded() {
            return List.of("--exclude-user=" + user + "@" + host, "--exclude-user='" + user + "'@'" + host + "'");
        }
    }

    @Override
    protected List<String> dataOptions(String version) {
        return List.of("--routines", "--events", "--triggers", "--no-tablespaces", "--set-gtid-purged=OFF");
    }
}
