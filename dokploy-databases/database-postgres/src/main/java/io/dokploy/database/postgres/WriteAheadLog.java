package io.dokploy.database.postgres;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.ArchivesLog.Moment;
import io.dokploy.spi.database.ArchivesLog.Receiver;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL's write-ahead log: who receives it, what its segments are called, how a server recovers by it. */
final class WriteAheadLog {

    /** What the library's receiver holds on the server, which keeps all segments that it has not flushed. */
    private static final String SLOT = "dokploy";

    /** The image lets everybody in who has a password, but for replication, which "all" does not mean. */
    static final List<String> LET_IN = List.of(
            "sh",
            "-c",
            "line='host replication all all scram-sha-256'; grep -qxF \"$line\" \"$PGDATA/pg_hba.conf\""
                    + " || printf '\\n%s\\n' \"$line\" >> \"$PGDATA/pg_hba.conf\"");

    static final String RELOAD = "SELECT pg_reload_conf()";

    /** The log is kept from this moment on, not from the receiver's first call on. */
    static final String KEEP = "SELECT pg_create_physical_replication_slot('" + SLOT + "', true)"
            + " WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '" + SLOT + "')";

    /** Ends a receiver that the server has not seen go yet. */
    static final String RELEASE = """
            DO $$ BEGIN
              PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots
                WHERE slot_name = '%1$s' AND active_pid IS NOT NULL;
              PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots
                WHERE slot_name = '%1$s' AND NOT active;
            END $$;
            SELECT slot_name FROM pg_replication_slots WHERE slot_name = '%1$s';
            """.formatted(SLOT);

    /** Changes when a transaction ends that has written something. */
    static final String COMMITTED = "SELECT pg_current_snapshot()";

    private static final String TIME =
            "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    static final String CURRENT = "SELECT pg_walfile_name(pg_current_wal_lsn()), " + TIME;

    /** Recovery to a time stops at a commit after it: one that comes after all others, also when nobody writes any more. */
    static final String CLOSE = "SELECT " + TIME + " AS moment \\gset\n"
            + "SELECT pg_current_xact_id() AS id \\gset\n"
            + "SELECT pg_walfile_name(pg_switch_wal()), :'moment';\n";

    static final String NAME = "SELECT pg_walfile_name(pg_create_restore_point(:'name')), " + TIME + ";";

    static final String LOG_FOLDER = "pg_wal";

    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final int LOW = 8;
    private static final int TIMELINE = 8;
    /** Of 16 MiB, as the image makes them, in 4 GiB. */
    private static final int IN_A_FILE = 0x100;

    private static final String RECEIVED = "/var/lib/dokploy-log";
    private static final String PASSFILE = "/run/dokploy/pgpass";

    private WriteAheadLog() {}

    static Receiver receiver(Login login) {
        var address = login.address().orElseThrow();
        // Colons and backslashes end or escape fields of that file.
        var password = login.password().reveal().replace("\\", "\\\\").replace(":", "\\:");
        return new Receiver(
                List.of("pg_receivewal", "--directory=" + RECEIVED, "--slot=" + SLOT, "--no-password"),
                Map.of(
                        "PGHOST", EnvironmentValue.plain(address.host()),
                        "PGPORT", EnvironmentValue.plain(Integer.toString(address.port())),
                        "PGUSER", EnvironmentValue.plain(login.user()),
                        "PGPASSFILE", EnvironmentValue.plain(PASSFILE)),
                List.of(new Blueprint.File(PASSFILE, Secret.of("*:*:*:*:" + password + "\n"), 0600)),
                RECEIVED);
    }

    static boolean isSegment(String file) {
        return SEGMENT.matcher(file).matches();
    }

    /** A name is timeline, file and segment in the file, each with eight hexadecimal digits. */
    static String after(String segment) {
        long file = Long.parseLong(segment.substring(TIMELINE, TIMELINE + LOW), 16);
        long inFile = Long.parseLong(segment.substring(TIMELINE + LOW), 16) + 1;
        return segment.substring(0, TIMELINE)
                + "%08X%08X".formatted(inFile == IN_A_FILE ? file + 1 : file, inFile == IN_A_FILE ? 0 : inFile);
    }

    /** The segments lie where the server's own would, so there is nothing to fetch. Nobody is let in before it is done. */
    static Blueprint recovering(Blueprint serving, String baseFolder, Moment moment) {
        var arguments = new ArrayList<>(serving.arguments());
        set(arguments, "restore_command", "false");
        set(arguments, "hot_standby", "off");
        set(arguments, "recovery_target_timeline", "current");
        set(arguments, "recovery_target_action", "promote");
        moment.time().ifPresent(time -> set(arguments, "recovery_target_time", text(time)));
        moment.name().ifPresent(name -> set(arguments, "recovery_target_name", name));
        if (moment.time().isEmpty() && moment.name().isEmpty()) {
            set(arguments, "recovery_target", "immediate");
        }
        return serving.arguments(arguments)
                .file(baseFolder + "/recovery.signal", EnvironmentValue.plain(""), 0600)
                // Asks without a login: the server of that moment may know another one.
                .ready(EngineCommand.of("pg_isready", "--quiet", "--host=127.0.0.1"));
    }

    /** When it reads its parameters the server does not know zones by letters yet. */
    private static String text(Instant time) {
        return time.toString().replace('T', ' ').replace("Z", "+00");
    }

    private static void set(List<String> arguments, String name, String value) {
        arguments.addAll(List.of("-c", name + "=" + value));
    }
}
