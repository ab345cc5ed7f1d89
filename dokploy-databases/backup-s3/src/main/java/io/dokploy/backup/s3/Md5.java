package io.dokploy.backup.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code Content-MD5} (RFC 1864). */
final class Md5 {

    private Md5() {}

    static String of(Part part) {
        try (InputStream stream = new DigestInputStream(part.stream(), MessageDigest.getInstance("MD5"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return Base64.getEncoder()
                    .encodeToString(
                            ((DigestInputStream) stream).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
