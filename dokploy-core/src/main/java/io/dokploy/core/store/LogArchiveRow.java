package io.dokploy.core.store;

import io.dokploy.api.database.DatabaseId;
import java.util.Optional;

/**
 * A database whose log is stored, and how far that is.
 *
 * @param database   whose
 * @param target     where
 * @param generation of the database whose log it is now; 0: of none yet
 * @param shipped    the newest segment of it that is stored; empty: none yet
 * @param failure    why the last try to store something failed
 */
public record LogArchiveRow(
        DatabaseId database, String target, int generation, String shipped, Optional<String> failure) {

    /** Names the log of the generation that it is of now. */
    public String history() {
        return history(database, generation);
    }

    /** Whether that names the log of a generation of that database. */
    public static boolean isHistoryOf(DatabaseId database, String history) {
        return history.startsWith(database.value() + "-");
    }

    /** Names the log of a generation: segments of different ones may have the same names. */
    public static String history(DatabaseId database, int generation) {
        return database.value() + "-" + generation;
    }
}
