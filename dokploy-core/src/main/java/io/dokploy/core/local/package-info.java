/**
 * What plugins and the pipeline use of the machine that this JVM runs on: programs, private directories, kept folders.
 * Nothing here knows an engine. Everything is opened for one step and closed with it; secrets are masked by value.
 */
@NullMarked
package io.dokploy.core.local;

import org.jspecify.annotations.NullMarked;
