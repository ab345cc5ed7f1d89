CREATE SEQUENCE `count;er` START WITH 42 INCREMENT BY 7 NOCACHE;
SELECT NEXTVAL(`count;er`);
CREATE TABLE versioned (id int PRIMARY KEY, v text) WITH SYSTEM VERSIONING;
INSERT INTO versioned VALUES (1, 'before;');
UPDATE versioned SET v = 'after';
CREATE TABLE exotic (u uuid, a inet6);
INSERT INTO exotic VALUES ('123e4567-e89b-12d3-a456-426655440000', '::1');
