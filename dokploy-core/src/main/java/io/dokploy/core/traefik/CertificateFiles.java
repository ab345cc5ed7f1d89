package io.dokploy.core.traefik;

import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import java.util.ArrayList;
import java.util.List;

/**
 * Own certificates as files beside the routes. A file's name is a hash of what is in it: a new certificate is a new
 * file, and goes over with the rename of the file that names it.
 */
final class CertificateFiles {

    private static final String FOLDER = "certs";

    private final RouteFolder folder;
    private final String folderInTraefik;

    CertificateFiles(RouteFolder folder, String folderInTraefik) {
        this.folder = folder;
        this.folderInTraefik = folderInTraefik;
    }

    /** Writes what is not there. @return the entries for the application's file */
    List<ConfigMap> write(String name, List<Domain> domains) {
        var entries = new ArrayList<ConfigMap>();
        for (Tls.Own own : own(domains)) {
            String file = fileName(name, own);
            folder.writeBeside(FOLDER, file + ".key", own.key().reveal());
            folder.writeBeside(FOLDER, file + ".pem", own.chain());
            String path = folderInTraefik + "/" + FOLDER + "/" + file;
            entries.add(ConfigMap.of("certFile", path + ".pem").put("keyFile", path + ".key"));
        }
        return entries;
    }

    /** Removes those that neither text names; the former one may just be being read. */
    void removeUnused(String name, String formerText, String text) {
        for (String file : folder.filesBeside(FOLDER, name + "_")) {
            if (!formerText.contains("/" + file) && !text.contains("/" + file)) {
                folder.deleteBeside(FOLDER, file);
            }
        }
    }

    private static List<Tls.Own> own(List<Domain> domains) {
        return domains.stream()
                .map(Domain::tls)
                .filter(Tls.Own.class::isInstance)
                .map(Tls.Own.class::cast)
                .distinct()
                .toList();
    }

    private static String fileName(String name, Tls.Own own) {
        return name + "_" + Names.digest(own.chain() + own.key().reveal()).substring(0, 16);
    }
}
