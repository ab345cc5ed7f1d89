package io.dokploy.api;

/** What one {@link Actor} can do. Thread-safe; cheap to make. */
public interface Client {

    /** The applications of the project {@code default}, environment {@code production}. Both exist from the start. */
    default Applications applications() {
        return applications(Project.DEFAULT, Environment.DEFAULT);
    }

    /** The applications of an environment. */
    Applications applications(String project, String environment);

    /** The databases of the project {@code default}, environment {@code production}. */
    @Experimental
    default Databases databases() {
        return databases(Project.DEFAULT, Environment.DEFAULT);
    }

    /** The databases of an environment. */
    @Experimental
    Databases databases(String project, String environment);

    /** Backups of the project {@code default}, environment {@code production}. */
    @Experimental
    default Backups backups() {
        return backups(Project.DEFAULT, Environment.DEFAULT);
    }

    /** Backups of the databases of an environment. */
    @Experimental
    Backups backups(String project, String environment);

    /** Projects, environments and their shared variables. */
    Projects projects();

    /** Operations by their id, also those that another JVM runs or that ended long ago. */
    Operations operations();

    /** Logins for image registries. */
    Registries registries();

    /** The channels that are told of what happens. */
    Notifications notifications();

    /** Looks after what runs: repairs drift, prunes images. */
    Maintenance maintenance();
}
