SELECT next_not_cached_value, increment FROM `count;er`;
SELECT id, v, ROW_START, ROW_END FROM versioned FOR SYSTEM_TIME ALL ORDER BY id, ROW_START;
SHOW CREATE TABLE versioned;
SELECT * FROM exotic;
