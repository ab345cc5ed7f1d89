package io.dokploy.backup.s3;

import io.dokploy.spi.backup.BackupTarget.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Writes an object: at once if it fits into one part, else part by part. Each upload marks its object, so that after an
 * answer that was lost it is known whose object is there.
 */
final class S3Upload implements Upload {

    private static final String MARK = "dokploy-upload";

    private final Bucket bucket;
    private final String key;
    private final String mark = UUID.randomUUID().toString();
    private final PartSizes sizes;
    private final Part.Pool pool = new Part.Pool();
    private final OutputStream stream = new Parts();
    private @Nullable MultipartUpload multipart;
    private Part filling;
    private int number = 1;
    private long written;
    private boolean asked;
    private boolean ended;

    S3Upload(Bucket bucket, String key) {
        this.bucket = bucket;
        this.key = key;
        this.sizes = new PartSizes(bucket.settings().partSize());
        this.filling = pool.part(sizes.of(number));
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public long commit() throws IOException {
        requireOpen();
        bucket.cancelToken().throwIfCancelled();
        if (multipart != null) {
            if (filling.size() > 0) {
                multipart.send(number, filling);
            }
            multipart.await();
        }
        asked = true;
        try {
            if (multipart == null) {
                putWhole();
            } else {
                multipart.complete();
            }
        } catch (SdkException e) {
            // The request may have done its work, and only the answer to its first try been lost.
            if (!isThereAsOurs()) {
                throw bucket.errors().explained("The backup object " + key + " cannot be ended", e);
            }
        }
        long size = requireWhole();
        ended = true;
        release();
        return size;
    }

    private void putWhole() {
        var request = PutObjectRequest.builder().bucket(bucket.name()).key(key).metadata(metadata());
        bucket.settings().storageClass().ifPresent(request::storageClass);
        bucket.settings().encryption().ifPresent(request::serverSideEncryption);
        bucket.settings().encryptionKey().ifPresent(request::ssekmsKeyId);
        if (bucket.settings().checksums() == S3Settings.Checksums.MD5) {
            request.contentMD5(Md5.of(filling));
        }
        bucket.client().putObject(request.build(), filling.body());
    }

    private Map<String, String> metadata() {
        return Map.of(MARK, mark);
    }

    /** Reads back what the server has. */
    private long requireWhole() throws IOException {
        try {
            HeadObjectResponse head = head();
            if (head.contentLength() != written) {
                throw new IOException("The backup object " + key + " has " + head.contentLength() + " bytes in "
                        + bucket.settings() + ", but " + written + " were sent; it is removed.");
            }
            return head.contentLength();
        } catch (SdkException e) {
            throw bucket.errors().explained("The backup object " + key + " cannot be checked after it was written", e);
        }
    }

    private boolean isThereAsOurs() {
        try {
            return mark.equals(head().metadata().get(MARK));
        } catch (SdkException e) {
            return false;
        }
    }

    private HeadObjectResponse head() {
        return bucket.client()
                .headObject(request -> request.bucket(bucket.name()).key(key));
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (multipart != null) {
                multipart.abort();
            }
            if (asked && isThereAsOurs()) {
                bucket.client()
                        .deleteObject(request -> request.bucket(bucket.name()).key(key));
            }
        } catch (SdkException e) {
            throw bucket.errors()
                    .explained(
                            "What was sent of the backup object " + key + " cannot be removed yet; it will be later",
                            e);
        } finally {
            release();
        }
    }

    private void release() {
        if (multipart != null) {
            multipart.stop();
        }
        filling.release();
    }

    private void requireOpen() throws IOException {
        if (ended || asked) {
            throw new IOException("The backup object " + key + " was committed or closed before");
        }
    }

    private void nextPart() throws IOException {
        bucket.cancelToken().throwIfCancelled();
        if (number == PartSizes.MOST_PARTS) {
            throw new IOException("The backup object " + key + " is larger than S3 allows, which is 5 TiB");
        }
        if (multipart == null) {
            multipart = MultipartUpload.begin(bucket, key, metadata());
        }
        multipart.send(number, filling);
        number++;
        filling = pool.part(sizes.of(number));
    }

    /** Fills parts. A full one is sent when the next byte comes, so that an object of one part needs no multipart upload. */
    private final class Parts extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            requireOpen();
            for (int at = from; at < from + length; ) {
                if (filling.isFull()) {
                    nextPart();
                }
                int taken = filling.take(bytes, at, from + length - at);
                at += taken;
                written += taken;
            }
        }
    }
}
