SELECT id, SHA2(`va$lue; '`, 256), LENGTH(`va$lue; '`), SHA2(bytes, 256), LENGTH(bytes), HEX(fixed), bits + 0, HEX(feels), some,
  doubled, shy, HEX(doc), HEX(place), exact, at, seen, tz FROM `ta``ble; of "names"
$1` ORDER BY id;
SHOW CREATE TABLE `ta``ble; of "names"
$1`;
SELECT HEX(LEFT(`va$lue; '`, 200)) FROM `ta``ble; of "names"
$1` ORDER BY id;
SELECT id, hash FROM many ORDER BY id;
SELECT * FROM child ORDER BY id;
SELECT * FROM parts ORDER BY id;
SHOW CREATE TABLE many;
SHOW CREATE TABLE child;
SHOW CREATE TABLE parts;
SELECT COUNT(*), half(84) FROM few;
SELECT table_name, view_definition, definer, security_type FROM information_schema.views WHERE table_schema = 'app' ORDER BY 1;
SELECT routine_name, routine_type, routine_definition, definer, sql_mode, routine_comment, dtd_identifier
  FROM information_schema.routines WHERE routine_schema = 'app' ORDER BY 1;
SELECT specific_name, parameter_name, dtd_identifier FROM information_schema.parameters WHERE specific_schema = 'app' ORDER BY 1, 2;
SELECT trigger_name, event_object_table, action_timing, action_statement, definer, sql_mode
  FROM information_schema.triggers WHERE trigger_schema = 'app' ORDER BY 1;
SELECT event_name, event_definition, interval_value, interval_field, starts, status, definer, event_comment
  FROM information_schema.events WHERE event_schema = 'app' ORDER BY 1;
SHOW GRANTS FOR "re'porter $x"@'%';
SHOW GRANTS FOR readers;
SHOW CREATE USER "re'porter $x"@'%';
