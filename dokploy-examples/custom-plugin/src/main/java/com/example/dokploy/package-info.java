/**
 * Plugins as a third party writes them. {@link com.example.dokploy.PythonSettings} belongs to a builder for plain Python
 * programs, {@link com.example.dokploy.NtfySettings} to a notifier for the phone, {@link
 * com.example.dokploy.ValkeyProvisioner} is a database engine. All are found by {@link java.util.ServiceLoader} as soon as
 * this jar is on the class path; docs/plugins.md walks through them.
 */
@NullMarked
package com.example.dokploy;

import org.jspecify.annotations.NullMarked;
