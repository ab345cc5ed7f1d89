/*!80000 SET SESSION cte_max_recursion_depth = 1000000000 */;
/*M! SET SESSION max_recursive_iterations = 1000000000 */;
CREATE TABLE numbers (id int PRIMARY KEY, a int, b double, c bigint, at datetime);
CREATE TABLE hashes (id int PRIMARY KEY, a char(32), b varbinary(32));
CREATE TABLE texts (id int PRIMARY KEY, line text);
INSERT INTO numbers WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d)
    SELECT n, FLOOR(RAND(5) * 1e9), RAND(7), n * 7919, TIMESTAMPADD(SECOND, n, '2026-01-01') FROM r;
INSERT INTO hashes WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d)
    SELECT n, LEFT(SHA2(CONCAT('a', n), 256), 32), UNHEX(SHA2(n, 256)) FROM r;
INSERT INTO texts WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d)
    SELECT n, REPEAT(CONCAT('Order ', MOD(n, 97), ' has been sent to its customer. '), 24) FROM r;
