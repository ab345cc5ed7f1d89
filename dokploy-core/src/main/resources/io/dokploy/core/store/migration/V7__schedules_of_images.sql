-- Schedules of the images of applications.

ALTER TABLE dokploy_backup_schedule ADD COLUMN image_of VARCHAR;
ALTER TABLE dokploy_backup_schedule ADD CONSTRAINT dokploy_backup_schedule_image
    FOREIGN KEY (image_of) REFERENCES dokploy_application (id) ON DELETE CASCADE;
