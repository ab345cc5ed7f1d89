CREATE USER "re'porter $x"@'%' IDENTIFIED BY 'hidden-4711-Aa';
CREATE ROLE readers;
GRANT readers TO "re'porter $x"@'%';
CREATE TABLE `ta``ble; of "names"
$1` (
  id int AUTO_INCREMENT PRIMARY KEY, `va$lue; '` longtext, bytes longblob, fixed binary(8), bits bit(9),
  feels enum('gut', 'so; la $1', 'ünö'), some set('a', 'b;', 'c'), doubled int AS (some + 1) STORED, shy int AS (LENGTH(feels)),
  doc json, place point, exact decimal(30, 10), at datetime(6), seen timestamp(3) NULL, tz timestamp DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT `check; it` CHECK (exact < 1e25)) DEFAULT CHARSET utf8mb4 COMMENT 'it''s; $$ \\ a
comment';
INSERT INTO `ta``ble; of "names"
$1` (`va$lue; '`, bytes, fixed, bits, feels, some, doc, place, exact, at, seen) VALUES
  ('tab\there, newline\n, cr\r, nul\0, \\ and ; -- $$ /* */ ''quoted'' "too" \Z', X'00ff00deadbeef0a0d1a27225c', X'00ff', b'101010101',
   'ünö', 'a,b;', '{"a;b": ["é", null, 1e300]}', ST_GeomFromText('POINT(1 -2)'), 12345678901234567890.0123456789,
   '2024-02-29 12:00:00.123456', '2024-02-29 12:00:00.123'),
  ('😀 Ω ​ use app; create database x;
use other;
create database y;', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (REPEAT('x', 1000000), REPEAT(X'00ff0a0d275c', 170000), '', b'0', 'gut', '', '{}', NULL, -0.0000000001, '9999-12-31 23:59:59', NULL),
  ('', '', '\0', b'1', 'so; la $1', 'c', 'null', NULL, 0, '1000-01-01', NULL);
INSERT INTO `ta``ble; of "names"
$1` (id) VALUES (77);
CREATE TABLE many (id int PRIMARY KEY, hash char(64), KEY (hash));
INSERT INTO many WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i, SHA2(i, 256) FROM n;
INSERT INTO many SELECT id + 1000, SHA2(id + 1000, 256) FROM many;
CREATE TABLE child (id int PRIMARY KEY, parent int, FOREIGN KEY (parent) REFERENCES many (id) ON DELETE CASCADE);
INSERT INTO child VALUES (1, 1999), (2, NULL);
CREATE TABLE parts (id int, day date) PARTITION BY RANGE (YEAR(day))
  (PARTITION old VALUES LESS THAN (2024), PARTITION new VALUES LESS THAN MAXVALUE);
INSERT INTO parts VALUES (1, '2020-01-01'), (2, '2024-06-01');
CREATE VIEW few AS SELECT * FROM many WHERE id < 10;
GRANT SELECT ON app.few TO readers;
GRANT SELECT (id) ON app.many TO "re'porter $x"@'%';
CREATE DEFINER = "re'porter $x"@'%' SQL SECURITY DEFINER VIEW theirs AS SELECT id FROM many;
CREATE FUNCTION half(n int) RETURNS int DETERMINISTIC RETURN n DIV 2;
CREATE EVENT `clean; up` ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' COMMENT 'later; $' DO DELETE FROM child;
DELIMITER //
CREATE PROCEDURE `noth;ing`(IN a text) COMMENT 'c;' BEGIN
  -- a comment; with 'quotes
  IF a = 'x;//' THEN SELECT '$$; //'; END IF;
END//
CREATE TRIGGER `tou;ched` BEFORE UPDATE ON many FOR EACH ROW BEGIN SET NEW.hash = 'touched;'; END//
DELIMITER ;
