SELECT id, v, w FROM hidden;
SHOW CREATE TABLE hidden;
