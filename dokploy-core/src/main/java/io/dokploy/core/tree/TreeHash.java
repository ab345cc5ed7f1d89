package io.dokploy.core.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a tree by its content: sorted paths, kinds, x-bits and contents. Empty directories count. A Git tree is
 * named by its tree id instead, so the same files from Git and from a directory have different hashes.
 */
public final class TreeHash {

    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[64 * 1024];

    private TreeHash() {}

    /** Reads everything below {@code root}. */
    public static String of(Path root) throws IOException {
        var hash = new TreeHash();
        hash.directory(root, root);
        return "files-" + HexFormat.of().formatHex(hash.digest.digest());
    }

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void directory(Path root, Path directory) throws IOException {
        for (Path child : TreeScan.children(directory)) {
            String path = root.relativize(child).toString();
            if (Files.isSymbolicLink(child)) {
                add("link", path, Files.readSymbolicLink(child).toString());
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                add("directory", path, "");
                directory(root, child);
            } else {
                add(Files.isExecutable(child) ? "program" : "file", path, content(child));
            }
        }
    }

    private void add(String kind, String path, String content) {
        digest.update((kind + "\0" + path + "\0" + content + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String content(Path file) throws IOException {
        var content = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), content)) {
            while (in.read(buffer) >= 0) {
                // the digest sees it
            }
        }
        return HexFormat.of().formatHex(content.digest());
    }
}
