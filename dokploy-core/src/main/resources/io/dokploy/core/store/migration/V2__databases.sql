-- Databases, places for backups, and the catalogue of backups.

CREATE TABLE dokploy_database (
    id             VARCHAR PRIMARY KEY,
    project        VARCHAR NOT NULL,
    environment    VARCHAR NOT NULL,
    name           VARCHAR NOT NULL,
    spec_json      VARCHAR NOT NULL,
    password_json  VARCHAR NOT NULL,
    version        BIGINT NOT NULL,
    engine_version VARCHAR NOT NULL,
    generation     INT NOT NULL,
    stopped        BOOLEAN NOT NULL,
    created        TIMESTAMP WITH TIME ZONE NOT NULL,
    UNIQUE (project, environment, name),
    FOREIGN KEY (project, environment) REFERENCES dokploy_environment (project, name)
);

CREATE TABLE dokploy_backup_target (
    name          VARCHAR PRIMARY KEY,
    settings_json VARCHAR NOT NULL
);

-- A backup outlives its database, and may be of another store: hence no reference.
CREATE TABLE dokploy_backup (
    id                VARCHAR PRIMARY KEY,
    project           VARCHAR NOT NULL,
    environment       VARCHAR NOT NULL,
    database_name     VARCHAR NOT NULL,
    target            VARCHAR NOT NULL,
    backup_json       VARCHAR NOT NULL,
    verification_json VARCHAR
);
CREATE INDEX dokploy_backup_database ON dokploy_backup (project, environment, database_name, id);
