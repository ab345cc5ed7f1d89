package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.VersionChange.Kind;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mongo.MongoProvisioner;
import io.dokploy.database.mysql.MySqlProvisioner;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.redis.RedisProvisioner;
import io.dokploy.spi.database.DatabaseProvisioner;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another version means for the data of each engine. */
class VersionChangeTest {

    private static final Map<String, DatabaseProvisioner> ENGINES = Map.of(
            "postgres", new PostgresProvisioner(),
            "mysql", new MySqlProvisioner(),
            "mariadb", new MariaDbProvisioner(),
            "mongo", new MongoProvisioner(),
            "redis", new RedisProvisioner());

    @ParameterizedTest
    @CsvSource({
        "postgres, 15, 17, UPGRADE",
        "postgres, 9.6, 17, UPGRADE",
        "postgres, 17, 17-alpine, IN_PLACE",
        "postgres, 17.2, 17.10, IN_PLACE",
        "postgres, 17.2, 17, IN_PLACE",
        "postgres, 17, 17.2, IN_PLACE",
        "postgres, 17.10, 17.2, DOWNGRADE",
        "postgres, 17, 15.18, DOWNGRADE",
        "mysql, 8.0, 8.4, UPGRADE",
        "mysql, 8.0.36, 8.0.40, IN_PLACE",
        "mysql, 8.4, 9, UPGRADE",
        "mysql, 9.1, 9.7, IN_PLACE",
        "mysql, 9.7, 9.1, DOWNGRADE",
        "mysql, 9, 8.4, DOWNGRADE",
        "mariadb, 10.11, 11.8, UPGRADE",
        "mariadb, 11.4, 11.8, UPGRADE",
        "mariadb, 11.8.2, 11.8.9-noble, IN_PLACE",
        "mariadb, 11.8, 11.4, DOWNGRADE",
        "mongo, 7, 8.0, UPGRADE",
        "mongo, 7.0.5, 7.0.9, IN_PLACE",
        "redis, 7.2, 8, IN_PLACE",
        "redis, 8, 7.2, DOWNGRADE"
    })
    void itIsKnownWhetherTheDataCanStay(String engine, String from, String to, Kind kind) {
        assertThat(VersionChange.of(ENGINES.get(engine), from, to).kind()).isEqualTo(kind);
    }

    @Test
    void whatCannotBeDoneIsRefusedWithTheReason() {
        var postgres = ENGINES.get("postgres");
        assertThatThrownBy(() -> VersionChange.of(postgres, "17", "15").requireUpgrade("shop-db"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("written by version 17");
        assertThatThrownBy(() -> VersionChange.of(postgres, "15", "17").requireInPlace("shop-db"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("cannot be opened by 17");
        assertThatThrownBy(() -> VersionChange.of(postgres, "17", "17.2").requireUpgrade("shop-db"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("nothing to move");
    }
}
