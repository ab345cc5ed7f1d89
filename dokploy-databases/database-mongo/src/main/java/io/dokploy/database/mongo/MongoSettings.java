package io.dokploy.database.mongo;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;

/** What MongoDB has beyond other engines. Immutable; the methods give changed copies. */
public final class MongoSettings implements PluginSettings {

    static final String ID = "mongo";
    static final int FORM = 1;

    private final boolean replicaSet;

    private MongoSettings(boolean replicaSet) {
        this.replicaSet = replicaSet;
    }

    /** A server of its own, with authentication. */
    public static MongoSettings defaults() {
        return new MongoSettings(false);
    }

    /**
     * The same as a replica set of one, with a key file: transactions and change streams work, and a dump takes the oplog
     * along, so that it is of one moment. Written after MongoDB's documentation, and not run against it yet.
     */
    @Experimental
    public MongoSettings replicaSet() {
        return new MongoSettings(true);
    }

    boolean isReplicaSet() {
        return replicaSet;
    }

    static MongoSettings read(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, FORM);
        boolean replicaSet = reader.flag("replicaSet").orElse(false);
        reader.problems().throwIfAny();
        return new MongoSettings(replicaSet);
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID, FORM, Tree.branch().put("replicaSet", replicaSet).build());
    }
}
