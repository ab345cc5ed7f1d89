/**
 * What an application is: {@link io.dokploy.api.application.ApplicationSpec} and its parts. All are values, validated
 * when made.
 */
@NullMarked
package io.dokploy.api.application;

import org.jspecify.annotations.NullMarked;
