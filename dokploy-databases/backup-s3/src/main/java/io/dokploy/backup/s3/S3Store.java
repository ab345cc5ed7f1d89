package io.dokploy.backup.s3;

import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.spi.backup.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of a bucket. */
final class S3Store implements Store {

    private final Bucket bucket;

    S3Store(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Upload put(String key) {
        return new S3Upload(bucket, ObjectKey.checked(key));
    }

    @Override
    public InputStream get(String key) throws IOException {
        return new ObjectStream(bucket, ObjectKey.checked(key));
    }

    @Override
    public Optional<StoredObject> find(String key) throws IOException {
        ObjectKey.checked(key);
        try {
            var head = bucket.client()
                    .headObject(request -> request.bucket(bucket.name()).key(key));
            return Optional.of(new StoredObject(
                    key,
                    head.contentLength(),
                    head.lastModified(),
                    Optional.ofNullable(head.objectLockRetainUntilDate())));
        } catch (SdkException e) {
            if (S3Errors.isStatus(e, 404)) {
                requireBucket(key);
                return Optional.empty();
            }
            throw bucket.errors().explained("The backup object " + key + " cannot be looked for", e);
        }
    }

    /** An answer to HEAD has no body, so it does not tell a missing bucket from a missing object. */
    private void requireBucket(String key) throws IOException {
        try {
            bucket.client().headBucket(request -> request.bucket(bucket.name()));
        } catch (SdkException e) {
            throw bucket.errors().explained("The backup object " + key + " cannot be looked for", e);
        }
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> listener) throws IOException {
        ObjectKey.checkedPrefix(prefix);
        try {
            var objects = bucket.client()
                    .listObjectsV2Paginator(
                            request -> request.bucket(bucket.name()).prefix(prefix));
            for (S3Object object : objects.contents()) {
                listener.accept(new StoredObject(object.key(), object.size(), object.lastModified()));
            }
        } catch (SdkException e) {
            throw bucket.errors().explained("The backup objects below \"" + prefix + "\" cannot be listed", e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        ObjectKey.checked(key);
        try {
            bucket.client()
                    .deleteObject(request -> request.bucket(bucket.name()).key(key));
        } catch (SdkException e) {
            if (!S3Errors.is(e, "NoSuchKey")) {
                throw bucket.errors().explained("The backup object " + key + " cannot be removed", e);
            }
        }
    }

    @Override
    public int abortUnfinished(String prefix, Instant before) throws IOException {
        ObjectKey.checkedPrefix(prefix);
        int aborted = 0;
        try {
            var uploads = bucket.client()
                    .listMultipartUploadsPaginator(
                            request -> request.bucket(bucket.name()).prefix(prefix));
            for (MultipartUpload upload : uploads.uploads()) {
                if (upload.key().startsWith(prefix) && upload.initiated().isBefore(before)) {
                    bucket.client()
                            .abortMultipartUpload(request -> request.bucket(bucket.name())
                                    .key(upload.key())
                                    .uploadId(upload.uploadId()));
                    aborted++;
                }
            }
            return aborted;
        } catch (SdkException e) {
            throw bucket.errors()
                    .explained(
                            "Unfinished uploads below \"" + prefix + "\" cannot be removed; " + aborted + " were", e);
        }
    }

    @Override
    public void close() {
        bucket.close();
    }
}
