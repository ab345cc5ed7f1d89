package io.dokploy.examples.quickstart;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Backups;
import io.dokploy.api.DatabaseAdministration;
import io.dokploy.api.Databases;
import io.dokploy.api.Dokploy;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Resources;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.StatementResult;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.backup.s3.S3Settings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.DokployRecovery;
import io.dokploy.core.Revival;
import io.dokploy.core.SelfSignedCertificate;
import io.dokploy.database.mongo.MongoSettings;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.database.redis.Persistence;
import io.dokploy.database.redis.RedisSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The Java of docs/databases.md, docs/backup-targets.md and of the drill in docs/operating.md, which is only compiled. */
final class DatabasesDocumented {

    private DatabasesDocumented() {}

    static DatabaseConnection aDatabase(Dokploy dokploy) {
        var databases = dokploy.as(Actor.of("ops")).databases();
        var shop = DatabaseSpec.named("shop-db", PostgresSettings.defaults().extension("pg_trgm"))
                .resources(Resources.unlimited().memory(ByteSize.gibibytes(1)))
                .parameter("max_connections", "50")
                .build();
        databases.create(shop).await(Duration.ofMinutes(5));
        DatabaseConnection connection = databases.connection("shop-db"); // postgresql://app:…@shop-db:5432/app
        return connection;
    }

    static DatabaseSpec redis(Secret reporterPassword) {
        var settings = RedisSettings.defaults()
                .persistence(Persistence.RDB_AND_AOF)
                .user("reporter", "~public:* +@read", reporterPassword);
        var cache = DatabaseSpec.named("cache", settings)
                .resources(Resources.unlimited().memory(ByteSize.gibibytes(1)))
                .parameter("maxmemory-policy", "allkeys-lru")
                .build(); // redis://app:…@cache:6379/0
        return cache;
    }

    static DatabaseSpec mongo() {
        var documents = DatabaseSpec.named("documents", MongoSettings.defaults())
                .parameter("maxConns", "200")
                .parameter("setParameter.ttlMonitorSleepSecs", "30")
                .initScript("10-index.js", "db.orders.createIndex({customer: 1});")
                .build(); // mongodb://app:…@documents:27017/app?authSource=admin&directConnection=true
        return documents;
    }

    static void anApplicationThatUsesIt(Applications applications, Databases databases) {
        applications.create(ApplicationSpec.named("shop")
                .source(GitSource.of("https://github.com/acme/shop.git"))
                .env("DATABASE_URL", "${{database.shop-db.url}}")
                .build());
        databases.changePassword("shop-db").await(Duration.ofMinutes(10));
    }

    static StatementResult changed(Databases databases, OutputStream stream) throws IOException {
        Database shopDb = databases.get("shop-db");
        DatabaseSpec larger = shopDb.spec().toBuilder()
                .resources(Resources.unlimited().memory(ByteSize.gibibytes(2)))
                .parameter("max_connections", "200")
                .build();
        databases.update("shop-db", shopDb.version(), larger).await();

        DatabaseAdministration inside = databases.administration("shop-db");
        inside.createDatabase("reports");
        DatabaseConnection reader = inside.createUser("reader", "reports"); // the one time that the password is told
        inside.createExtension("pg_trgm");

        StatementResult result = databases.run("shop-db", "SELECT count(*) FROM orders;", Duration.ofMinutes(1));
        databases.exportDump("shop-db", stream); // as the engine's own tools read it
        return result;
    }

    static void publishedByTls(Databases databases) throws IOException {
        var certificate = SelfSignedCertificate.of(Duration.ofDays(730), "db.example.com");
        var open = DatabaseSpec.named("open-db", PostgresSettings.defaults())
                .publish("0.0.0.0", 5432, DatabaseTls.required("db.example.com", certificate))
                .build();
        databases.create(open).await(Duration.ofMinutes(5));
        DatabaseConnection outside = databases.externalConnection("open-db").orElseThrow();
        // postgresql://app:…@db.example.com:5432/app?sslmode=verify-full
        Files.writeString(Path.of("db.example.com.pem"), outside.caCertificate().orElseThrow());
    }

    static DatabaseConnection oneThatSomebodyElseRuns(Databases databases, Secret password) {
        // Or inContainer("legacy_db_1"), or inContainerLabelled("team", "shop").
        var legacyDb = AdoptedDatabase.named("legacy-db", PostgresSettings.defaults())
                .at("db.example.org", 5432)
                .database("shop")
                .login("shop", password)
                .build();
        databases.adopt(legacyDb).await(Duration.ofMinutes(5));
        DatabaseConnection legacy = databases.connection("legacy-db"); // postgresql://shop:…@db.example.org:5432/shop
        return legacy;
    }

    static RetentionPlan aSchedule(Dokploy dokploy) {
        var schedules = dokploy.as(Actor.of("ops")).backups().schedules();
        schedules.put(BackupSchedule.named("nightly")
                .of("shop-db")
                .to("nas")
                .cron("30 2 * * *") // five fields, as in crontab
                .zone(ZoneId.of("Europe/Berlin"))
                .retention(Retention.keepAll().daily(7).weekly(5).monthly(12))
                .verify(VerifyPolicy.everyBackup()
                        .check(CheckQuery.of("SELECT count(*) > 0 FROM orders;").expecting("t")))
                .build());
        schedules.put(BackupSchedule.named("files")
                .ofVolumes("shop")
                .to("nas")
                .cron("0 4 * * *")
                .build());
        schedules.put(BackupSchedule.named("dokploy")
                .ofStore()
                .to("nas")
                .cron("0 5 * * *")
                .build());
        schedules.put(BackupSchedule.named("bases") // for points in time, beside the log of the database
                .ofBase("shop-db")
                .cron("0 1 * * SUN")
                .retention(Retention.keepLast(4))
                .build());
        RetentionPlan plan = schedules.preview("nightly"); // what would go, and why each other one stays
        return plan;
    }

    static void aRestore(Backups backups, BackupId id) {
        var patience = Duration.ofHours(2);
        backups.restore(id, "shop-db").await(patience); // what is there is backed up first
        backups.restore(id, "shop-db", RestoreRequest.withoutSafetyBackup()).await(patience);
        var copy = DatabaseSpec.named("shop-copy", PostgresSettings.defaults()).build();
        backups.restoreAsNew(id, copy).await(patience);
    }

    static LogArchive pointInTime(Backups backups) {
        var pointInTime = backups.pointInTime();
        pointInTime.start("shop-db", "nas").await(Duration.ofHours(2)); // a first base, and the log from now on
        pointInTime.name("shop-db", "before-migration");
        pointInTime.restore("shop-db", PointInTime.named("before-migration")).await(Duration.ofHours(2));
        var moment = PointInTime.at(Instant.parse("2026-11-25T09:59:00Z"));
        pointInTime.restore("shop-db", moment).await(Duration.ofHours(2));
        var look = DatabaseSpec.named("shop-look", PostgresSettings.defaults()).build();
        pointInTime.restoreAsNew("shop-db", moment, look).await(Duration.ofHours(2)); // shop-db goes on
        LogArchive archive = pointInTime.get("shop-db"); // how far it reaches, what is missing, why it fails
        return archive;
    }

    static void volumes(Backups backups) {
        CataloguedBackup files = backups.backUpVolumes("shop", "nas").await(Duration.ofHours(2));
        backups.restoreVolume(files.backup().id(), "uploads", "uploads-of-monday")
                .await(Duration.ofHours(2));
    }

    static void image(Backups backups) {
        CataloguedBackup image = backups.backUpImage("shop", "nas").await(Duration.ofHours(2));
        backups.restoreImage(image.backup().id()).await(Duration.ofHours(2));
    }

    static void dumpsMadeElsewhere(Backups backups, PluginSettings bucketOfDokploy) {
        backups.putTarget("dokploy", bucketOfDokploy); // or a folder with dumps: LocalSettings.of(...)
        backups.importDump("shop-db", "dokploy", "shop-x7f3/2026-08-21T15-14-50-000Z.sql.gz")
                .await(Duration.ofHours(2));
        backups.importVolume("dokploy", "shop-x7f3/uploads-2026-08-21T15-14-50-000Z.tar", "uploads")
                .await(Duration.ofHours(2));
    }

    static void anUpgrade(Databases databases) {
        databases.upgrade("shop-db", "17").await(Duration.ofHours(2));
    }

    static void theStoreIsBack(PluginSettings bucket) throws IOException {
        try (var recovery = DokployRecovery.from(bucket, BackupKey.of(Secret.of("AGE-SECRET-KEY-1…")))) {
            recovery.list().forEach(System.out::println); // all that lies there
            recovery.verifyStore(recovery.newestStore()); // nothing is changed
            recovery.restoreStore(recovery.newestStore(), Path.of("data"));
        }
    }

    static List<String> allThatShouldRunRuns(Dokploy dokploy) {
        List<String> missing = Revival.of(dokploy, Duration.ofHours(2), System.out::println); // empty: all is back
        return missing;
    }

    static CataloguedBackup aBackup(Dokploy dokploy) {
        var backups = dokploy.as(Actor.of("ops")).backups();
        backups.putTarget("nas", LocalSettings.of(Path.of("/srv/backups")));
        backups.test("nas");
        CataloguedBackup backup = backups.backUp("shop-db", "nas").await(Duration.ofHours(2));
        return backup;
    }

    static DokployBuilder aKey() {
        var builder = DokployBuilder.create().backupKey(BackupKey.of(Secret.of("AGE-SECRET-KEY-1…")));
        return builder;
    }

    static List<PluginSettings> targets(String accessKey, String secretKey) {
        var folder = LocalSettings.of(Path.of("/srv/backups"));
        var share = LocalSettings.of(Path.of("/mnt/nas/backups")).mounted().bandwidth(ByteSize.mebibytes(20));
        var bucket = S3Settings.bucket("backups")
                .endpoint(URI.create("https://s3.example.com")) // leave out for Amazon
                .region("eu-central-1") // us-east-1 if left out
                .credentials(accessKey, Secret.of(secretKey)) // leave out for those of the machine
                .build();
        return List.of(folder, share, bucket);
    }
}
