package io.dokploy.api.source;

/** Where an application comes from. */
public sealed interface Source permits GitSource, ImageSource, DirectorySource, ArchiveSource {

    /** One line for people, without credentials. */
    String describe();
}
