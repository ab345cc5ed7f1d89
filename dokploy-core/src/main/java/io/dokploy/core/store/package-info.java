/**
 * Tables: applications, releases, projects, registry logins, operations, events, output and the outbox, in H2 or
 * PostgreSQL. {@link io.dokploy.core.store.StoreAccess} opens them, migrates them and holds their key. All SQL of the
 * library is here, but for that of db-scheduler.
 */
@NullMarked
package io.dokploy.core.store;

import org.jspecify.annotations.NullMarked;
