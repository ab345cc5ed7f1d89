-- Schedules of backups, why a backup is not proven, and those whose removal has begun.

CREATE TABLE dokploy_backup_schedule (
    project       VARCHAR NOT NULL,
    environment   VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    database_id   VARCHAR NOT NULL REFERENCES dokploy_database (id) ON DELETE CASCADE,
    schedule_json VARCHAR NOT NULL,
    state_json    VARCHAR NOT NULL,
    wakes         TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (project, environment, name)
);
CREATE INDEX dokploy_backup_schedule_wakes ON dokploy_backup_schedule (wakes);

ALTER TABLE dokploy_backup ADD COLUMN failure_json VARCHAR;
ALTER TABLE dokploy_backup ADD COLUMN removing BOOLEAN DEFAULT FALSE NOT NULL;
