SELECT setseed(0.5);
CREATE TABLE numbers AS SELECT n AS id, (random() * 1e9)::int AS a, random() AS b, n * 7919::bigint AS c,
    timestamptz '2026-01-01' + n * interval '1 second' AS at FROM generate_series(1, %d) AS n;
CREATE TABLE hashes AS SELECT n AS id, md5(n::text) AS a, sha256(n::text::bytea) AS b
    FROM generate_series(1, %d) AS n;
CREATE TABLE texts AS SELECT n AS id, repeat('Order ' || n %% 97 || ' has been sent to its customer. ', 24) AS line
    FROM generate_series(1, %d) AS n;
ALTER TABLE numbers ADD PRIMARY KEY (id);
ALTER TABLE hashes ADD PRIMARY KEY (id);
ALTER TABLE texts ADD PRIMARY KEY (id);
CHECKPOINT;
