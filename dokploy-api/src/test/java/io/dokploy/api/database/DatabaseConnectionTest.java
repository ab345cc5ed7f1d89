package io.dokploy.api.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

/** URLs that drivers read as they are meant. */
class DatabaseConnectionTest {

    @Test
    void aUrlHasAllOfIt() {
        var connection = DatabaseConnection.of("postgresql", "db", 5432, "app", Secret.of("a b+c/d@e%"), "shop")
                .jdbc("postgresql");
        assertThat(connection.url().reveal()).isEqualTo("postgresql://app:a%20b%2Bc%2Fd%40e%25@db:5432/shop");
        assertThat(connection.jdbcUrl()).contains("jdbc:postgresql://db:5432/shop");
        assertThat(connection.query("x=1").url().reveal()).endsWith("/shop?x=1");
    }

    @Test
    void whatVerifiesTheServerSaysHowAndByWhat() {
        var connection = DatabaseConnection.of("postgresql", "db", 5432, "app", Secret.of("secret"), "shop")
                .jdbc("postgresql")
                .query("sslmode=verify-full")
                .jdbcQuery("sslmode=verify-full")
                .verifiedBy("-----BEGIN CERTIFICATE-----");
        assertThat(connection.url().reveal()).isEqualTo("postgresql://app:secret@db:5432/shop?sslmode=verify-full");
        assertThat(connection.jdbcUrl()).contains("jdbc:postgresql://db:5432/shop?sslmode=verify-full");
        assertThat(connection.caCertificate()).contains("-----BEGIN CERTIFICATE-----");
        var withoutJdbc = DatabaseConnection.of("redis", "db", 6379, "app", Secret.of("secret"), "0");
        assertThat(withoutJdbc.jdbcQuery("x=1").jdbcUrl()).isEmpty();
    }

    @Test
    void anIpv6AddressIsInBrackets() {
        var connection = DatabaseConnection.of("redis", "::1", 6379, "app", Secret.of("secret"), "0");
        assertThat(URI.create(connection.url().reveal()).getHost()).isEqualTo("[::1]");
        assertThat(connection.host()).isEqualTo("::1");
    }

    @Property
    void whateverThePasswordItIsReadBack(@ForAll @NotBlank String password) {
        var url = DatabaseConnection.of("mysql", "db", 3306, "app", Secret.of(password), "shop")
                .url();
        assertThat(URI.create(url.reveal()).getUserInfo()).isEqualTo("app:" + wellFormed(password));
    }

    /** Halves of characters beyond 16 bits cannot be written in UTF-8. */
    private static String wellFormed(String text) {
        var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
