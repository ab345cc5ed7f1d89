package io.dokploy.database.mariadb;

import com.google.auto.service.AutoService;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import io.dokploy.database.mysql.support.Dialect;
import io.dokploy.database.mysql.support.MySqlFamily;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** MariaDB, by the contract of its official image. */
@AutoService(DatabaseProvisioner.class)
public final class MariaDbProvisioner extends MySqlFamily {

    private static final String SYSTEM = "mysql";
    /** The part of a dump with what users may do. */
    private static final String GRANTS = "grants";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** For {@link java.util.ServiceLoader}. */
    public MariaDbProvisioner() {
        super(new Dialect(
                "mariadbd",
                "mariadb",
                // It would print the statement that failed, with all that is in it.
                List.of("--skip-print-query-on-error"),
                // From 11.4 on the tools refuse servers whose certificate nobody vouches for, also those without any.
                List.of("--skip-ssl-verify-server-cert"),
                List.of("--ssl", "--ssl-verify-server-cert"),
                List.of("--ssl", "--skip-ssl-verify-server-cert"),
                "mariadb-dump",
                "MARIADB_",
                "mariadb",
                "sslMode=verify-full"));
    }

    @Override
    public String id() {
        return MariaDbSettings.ID;
    }

    @Override
    public String image() {
        return "mariadb";
    }

    @Override
    public String defaultVersion() {
        return "11.8";
    }

    @Override
    public String series(String version) {
        var found = VERSION.matcher(version);
        return found.matches() ? found.group(1) + "." + found.group(2) : super.series(version);
    }

    @Override
    protected void checkSettings(DatabaseSpec spec) {
        MariaDbSettings.read(spec.engine());
    }

    @Override
    protected void checkVersion(String version, Problems problems) {
        problems.require(
                isFrom(version, 10, 11),
                "version",
                "must begin with a version from 10.11 on, with its second number, such as 11.8, but is " + version);
    }

    /** Before, its own tools use TLS only when they are told to. */
    @Override
    protected boolean toolsEncrypt(String version) {
        return isFrom(version, 11, 4);
    }

    private static boolean isFrom(String version, int first, int second) {
        var found = VERSION.matcher(version);
        return found.matches()
                && (Integer.parseInt(found.group(1)) > first
                        || Integer.parseInt(found.group(1)) == first && Integer.parseInt(found.group(2)) >= second);
    }

    /** Before 11.6 the default was another, which cannot keep all of Unicode. */
    @Override
    protected Map<String, String> defaultParameters() {
        return Map.of("character_set_server", "utf8mb4");
    }

    /** MariaDB logs it as it is said, so what is said is what the server keeps. */
    @Override
    protected String identifiedBy(Secret password) {
        return "IDENTIFIED VIA mysql_native_password USING '" + NativePassword.hash(password) + "'";
    }

    /**
     * Users as rows of the server's own tables: {@code --system=users} would write the password of the database's user as
     * well, and a restore would bring back one that was changed since.
     */
    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login, List<String> further) {
        var parts = new ArrayList<>(List.of(
                rows(USERS, login, "User NOT IN ('root', 'mariadb.sys', '" + login.user() + "')", "global_priv"),
                rows(
                        GRANTS,
                        login,
                        "User NOT IN ('root', 'mariadb.sys')",
                        "db",
                        "tables_priv",
                        "columns_priv",
                        "procs_priv",
                        "roles_mapping")));
        parts.addAll(data(version, login, further));
        return parts;
    }

    /** It reads its own tables again when it is told so. */
    @Override
    protected Optional<String> beforeRestoring(String part) {
        return switch (part) {
            case USERS -> Optional.of(WITHOUT_EVENTS);
            case DATA -> Optional.of("FLUSH PRIVILEGES");
            default -> Optional.empty();
        };
    }

    @Override
    protected String restoredInto(String part, Login login) {
        return part.equals(USERS) || part.equals(GRANTS) ? SYSTEM : login.database();
    }

    private DumpPart rows(String part, Login login, String condition, String... tables) {
        var options = List.of(
                "--no-create-info", "--skip-triggers", "--complete-insert", "--replace", "--where=" + condition);
        var operands = Stream.concat(Stream.of(SYSTEM), Stream.of(tables)).toArray(String[]::new);
        return new DumpPart(part, "sql", dumpTool(login, options, operands), Compression.NONE);
    }

    @Override
    protected List<String> dataOptions(String version) {
        var options = new ArrayList<>(List.of("--routines", "--events", "--triggers", "--dump-history"));
        if (isFrom(version, 11, 5)) {
            // Rows of now end in 2106 there; those of an older server end in 2038, and would be history.
            options.add("--update-history");
        }
        return options;
    }
}
