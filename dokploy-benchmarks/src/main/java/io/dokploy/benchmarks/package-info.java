/**
 * Measurements that compare this library with what somebody would do otherwise, in one run, in turns, so that only the
 * ratio counts and not the machine. {@link io.dokploy.benchmarks.RedeployBenchmark} is a redeploy against a script of the
 * command line tools, {@link io.dokploy.benchmarks.BackupBenchmark} a backup and a restore against theirs.
 */
@NullMarked
package io.dokploy.benchmarks;

import org.jspecify.annotations.NullMarked;
