/**
 * Backups in a bucket of Amazon S3 or of any server that speaks its protocol. {@link io.dokploy.backup.s3.S3Settings} is
 * the way in; the target itself is found by {@link java.util.ServiceLoader}. The memory of an upload is the size of its
 * parts times how many of them there are at a time, however large the object is.
 */
@NullMarked
package io.dokploy.backup.s3;

import org.jspecify.annotations.NullMarked;
