package com.example.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ValkeyProvisionerIT extends DatabaseProvisionerContract {

    @Test
    void itIsFound() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class)).anyMatch(ValkeyProvisioner.class::isInstance);
    }

    /** An engine is one class of a screen or two; if it is not, the interface is wrong. */
    @Test
    void itIsOneClassOfAtMost150Lines() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/java/com/example/dokploy/ValkeyProvisioner.java")))
                .hasSizeLessThanOrEqualTo(150);
    }

    @Override
    protected DatabaseProvisioner provisioner() {
        return new ValkeyProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return DockerEngine.connect(
                DockerEndpoint.local(), DockerTools.installed(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("cache", ValkeyProvisioner.settings()).build();
    }

    @Override
    protected DatabaseSpec wrongSpec() {
        return spec().toBuilder().initScript("10-data.sql", "").build();
    }

    @Override
    protected String wrongVersion() {
        return "7.2";
    }

    @Override
    protected String hostileData() {
        return """
                SET "\\x00\\xff \\r\\n; $HOME 'quoted' \\"twice\\"" "\\x00\\x01\\xfe\\xff"
                HSET "😀 hash" field "" "" "\\x80"
                ZADD scores 1.5 a -inf b
                XADD events 1-1 name "Ω"
                SET later value PXAT 4102444800000
                EVAL "redis.call('SET', 'large', string.rep('\\\\0\\\\255large', 200000))" 0
                SELECT 7
                RPUSH list a b a
                """;
    }

    @Override
    protected String everything() {
        return """
                EVAL "local all = {} for i, key in ipairs(redis.call('KEYS', '*')) do local kind = redis.call('TYPE', key).ok \
                all[i] = redis.sha1hex(key) .. ' ' .. kind .. ' ' .. redis.call('PEXPIRETIME', key) end \
                table.sort(all) return all" 0
                GET "\\x00\\xff \\r\\n; $HOME 'quoted' \\"twice\\""
                HGETALL "😀 hash"
                ZRANGE scores 0 -1 WITHSCORES
                XRANGE events - +
                GET large
                SELECT 7
                LRANGE list 0 -1
                """;
    }

    @Override
    protected String wrongStatement() {
        return "NONSENSE";
    }

    @Override
    protected boolean clientStops() {
        return false;
    }
}
