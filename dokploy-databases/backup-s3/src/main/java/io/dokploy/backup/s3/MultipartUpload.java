package io.dokploy.backup.s3;

import io.dokploy.backup.s3.S3Settings.Checksums;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An upload in parts, several at a time by threads of its own. With the part that its owner fills, there are never more in
 * memory than the parallelism of the settings. After the first that fails nothing more is sent.
 */
final class MultipartUpload {

    private static final long LONGEST_ABORT_SECONDS = 30;

    private final Bucket bucket;
    private final String key;
    private final String id;
    private final ExecutorService threads;
    private final int senders;
    private final Semaphore free;
    private final Map<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
    private volatile @Nullable Throwable failure;
    private int given;

    private MultipartUpload(Bucket bucket, String key, String id) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
        this.senders = bucket.settings().parallelism() - 1;
        this.free = new Semaphore(senders);
        this.threads = Executors.newFixedThreadPool(Math.max(1, senders), work -> {
            var thread = new Thread(work, "dokploy-s3-upload");
            thread.setDaemon(true);
            return thread;
        });
    }

    static MultipartUpload begin(Bucket bucket, String key, Map<String, String> metadata) throws IOException {
        S3Settings settings = bucket.settings();
        var request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .contentType("application/octet-stream")
                .metadata(metadata);
        settings.storageClass().ifPresent(request::storageClass);
        settings.encryption().ifPresent(request::serverSideEncryption);
        settings.encryptionKey().ifPresent(request::ssekmsKeyId);
        if (settings.checksums() == Checksums.CRC32) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32);
        }
        try {
            return new MultipartUpload(
                    bucket,
                    key,
                    bucket.client().createMultipartUpload(request.build()).uploadId());
        } catch (SdkException e) {
            throw bucket.errors().explained("The backup object " + key + " cannot be begun", e);
        }
    }

    /** Takes over a part; waits while too many are on their way. */
    void send(int number, Part part) throws IOException {
        given++;
        if (senders == 0) {
            upload(number, part);
        } else {
            acquire(1);
            threads.execute(() -> {
                try {
                    upload(number, part);
                } finally {
                    free.release();
                }
            });
        }
        requireNoFailure();
    }

    /** Waits until all parts have arrived. */
    void await() throws IOException {
        acquire(senders);
        free.release(senders);
        requireNoFailure();
        if (sent.size() != given) {
            throw new IOException(
                    "Of the backup object " + key + " only " + sent.size() + " of " + given + " parts arrived");
        }
    }

    void complete() {
        List<CompletedPart> parts = List.copyOf(sent.values());
        bucket.client()
                .completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(parts)));
    }

    /** Takes back what has arrived. Parts on their way are given up first: one that arrives later would stay. */
    void abort() throws IOException {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(LONGEST_ABORT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "Parts of the backup object " + key + " are still being sent; they are removed later");
            }
            bucket.client()
                    .abortMultipartUpload(
                            request -> request.bucket(bucket.name()).key(key).uploadId(id));
        } catch (InterruptedException e) {
            interrupted = true;
            throw new InterruptedIOException("The backup object " + key + " was not taken back: interrupted");
        } catch (SdkException e) {
            if (!S3Errors.is(e, "NoSuchUpload")) {
                throw e;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void stop() {
        threads.shutdownNow();
    }

    private void upload(int number, Part part) {
        try {
            if (failure == null) {
                sent.put(number, uploaded(number, part));
            }
        } catch (RuntimeException | Error e) {
            failure = e; // told to the owner, who asks after each part
        } finally {
            part.release();
        }
    }

    private CompletedPart uploaded(int number, Part part) {
        var request = UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .contentLength(part.size());
        if (bucket.settings().checksums() == Checksums.MD5) {
            request.contentMD5(Md5.of(part));
        } else {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32);
        }
        UploadPartResponse response = bucket.client().uploadPart(request.build(), part.body());
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32(response.checksumCRC32())
                .build();
    }

    private void acquire(int permits) throws IOException {
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Sending the backup object " + key + " was interrupted");
        }
    }

    private void requireNoFailure() throws IOException {
        Throwable failed = failure;
        if (failed instanceof SdkException expected) {
            throw bucket.errors().explained("The backup object " + key + " cannot be sent", expected);
        }
        if (failed != null) {
            throw new IOException("The backup object " + key + " cannot be sent", failed);
        }
    }
}
