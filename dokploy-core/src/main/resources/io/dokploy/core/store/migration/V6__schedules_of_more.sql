-- Schedules of more than databases: of the volumes of applications, and of the store, which refer to no database.

ALTER TABLE dokploy_backup_schedule ALTER COLUMN database_id DROP NOT NULL;
ALTER TABLE dokploy_backup_schedule ADD COLUMN application_id VARCHAR;
ALTER TABLE dokploy_backup_schedule ADD CONSTRAINT dokploy_backup_schedule_application
    FOREIGN KEY (application_id) REFERENCES dokploy_application (id) ON DELETE CASCADE;
-- Of the database whose bases they are; beside database_id, where the version before would take it for one of dumps.
ALTER TABLE dokploy_backup_schedule ADD COLUMN base_of VARCHAR;
ALTER TABLE dokploy_backup_schedule ADD CONSTRAINT dokploy_backup_schedule_base
    FOREIGN KEY (base_of) REFERENCES dokploy_database (id) ON DELETE CASCADE;
-- One of the store goes with nothing else.
ALTER TABLE dokploy_backup_schedule ADD CONSTRAINT dokploy_backup_schedule_environment
    FOREIGN KEY (project, environment) REFERENCES dokploy_environment (project, name) ON DELETE CASCADE;
