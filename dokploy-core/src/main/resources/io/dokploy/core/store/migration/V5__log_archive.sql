-- Databases whose log is stored all the time, how far that is, and moments with a name.

CREATE TABLE dokploy_log_archive (
    database_id  VARCHAR PRIMARY KEY REFERENCES dokploy_database (id) ON DELETE CASCADE,
    target       VARCHAR NOT NULL,
    generation   INT NOT NULL,
    shipped      VARCHAR NOT NULL,
    failure      VARCHAR,
    lease        VARCHAR,
    leased_until TIMESTAMP WITH TIME ZONE
);

CREATE TABLE dokploy_log_point (
    database_id VARCHAR NOT NULL REFERENCES dokploy_database (id) ON DELETE CASCADE,
    name        VARCHAR NOT NULL,
    moment      TIMESTAMP WITH TIME ZONE NOT NULL,
    history     VARCHAR NOT NULL,
    PRIMARY KEY (database_id, name)
);

-- Of a stretch of log: which log. There are many of them, and they are asked for by this only.
ALTER TABLE dokploy_backup ADD COLUMN history VARCHAR;
CREATE INDEX dokploy_backup_history ON dokploy_backup (history, id);
