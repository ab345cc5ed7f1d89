/**
 * Certificates that users give with their keys, for domains and for databases: what is wrong with one, for whom it is, and
 * who vouches for it. Nothing here tells what is in a key. The way in is {@link
 * io.dokploy.core.certificate.GivenCertificate}.
 */
@NullMarked
package io.dokploy.core.certificate;

import org.jspecify.annotations.NullMarked;
