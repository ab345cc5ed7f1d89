package io.dokploy.backup.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object as it is read. A connection that breaks is made again, from where it broke, if the object is still the same. */
final class ObjectStream extends InputStream {

    private static final long PROGRESS = 1 << 20;
    private static final long FIRST_PAUSE = 200;
    private static final long LONGEST_PAUSE = 20_000;

    private final Bucket bucket;
    private final String key;
    private final String version;
    private final long size;
    private ResponseInputStream<GetObjectResponse> content;
    private long position;
    private long positionOfLastBreak;
    private int breaks;

    ObjectStream(Bucket bucket, String key) throws IOException {
        this.bucket = bucket;
        this.key = key;
        this.content = open(GetObjectRequest.builder());
        this.version = content.response().eTag();
        this.size = content.response().contentLength();
    }

    private ResponseInputStream<GetObjectResponse> open(GetObjectRequest.Builder request) throws IOException {
        try {
            return bucket.client()
                    .getObject(request.bucket(bucket.name()).key(key).build());
        } catch (SdkException e) {
            if (S3Errors.is(e, "NoSuchKey")) {
                throw new NoSuchFileException(key);
            }
            if (S3Errors.isStatus(e, 412)) {
                throw new IOException("The backup object " + key + " was replaced while it was read: read it again.");
            }
            throw bucket.errors().explained("The backup object " + key + " cannot be read", e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (true) {
            bucket.cancelToken().throwIfCancelled();
            IOException broken;
            try {
                int read = content.read(bytes, from, length);
                if (read >= 0 || position == size) {
                    position += Math.max(read, 0);
                    return read;
                }
                broken = new EOFException("it ended after " + position + " of " + size + " bytes");
            } catch (SdkException e) {
                broken = bucket.errors().explained("The backup object " + key + " cannot be read", e);
            } catch (IOException e) {
                broken = e;
            }
            resume(broken);
        }
    }

    private void resume(IOException broken) throws IOException {
        breaks = position - positionOfLastBreak >= PROGRESS ? 1 : breaks + 1;
        positionOfLastBreak = position;
        if (position == size
                || breaks >= bucket.settings().attempts()
                || Thread.currentThread().isInterrupted()) {
            throw new IOException(
                    "The backup object " + key + " cannot be read beyond byte " + position + " of " + size + ": "
                            + broken.getMessage(),
                    broken);
        }
        bucket.progress()
                .line("The backup object " + key + " is read on from byte " + position + " of " + size + ": "
                        + broken.getMessage());
        content.abort();
        pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(breaks - 1, 10)));
        content =
                open(GetObjectRequest.builder().range("bytes=" + position + "-").ifMatch(version));
    }

    private void pause(long millis) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading the backup object " + key + " was interrupted");
        }
    }

    /** Ends the connection if something is left; to read the rest only to throw it away could take hours. */
    @Override
    public void close() throws IOException {
        if (position < size) {
            content.abort();
        } else {
            content.close();
        }
    }
}
