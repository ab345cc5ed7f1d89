package io.dokploy.core.git;

/** A file of the checkout whose content has to come from an LFS server. */
record LfsFile(String path, boolean executable, LfsPointer pointer) {}
