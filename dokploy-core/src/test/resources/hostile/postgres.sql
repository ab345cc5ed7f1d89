CREATE ROLE "re'porter $x" LOGIN PASSWORD 'hidden-4711';
CREATE ROLE readers;
GRANT readers TO "re'porter $x";
ALTER ROLE "re'porter $x" SET search_path = app, public;
CREATE SCHEMA "odd; schema";
CREATE TYPE mood AS ENUM ('gut', 'so la la; $1', '😀');
CREATE DOMAIN even AS int CHECK (VALUE % 2 = 0);
CREATE TABLE "odd; schema"."ta""ble
of 'names'" (
  id serial PRIMARY KEY, "va$lue" text, bytes bytea, feels mood DEFAULT 'gut', pair even,
  doubled int GENERATED ALWAYS AS (id * 2) STORED, many int[], doc jsonb, at timestamptz, "nul" text);
INSERT INTO "odd; schema"."ta""ble
of 'names'" ("va$lue", bytes, feels, pair, many, doc, at) VALUES
  (E'tab\there, newline\n, cr\r, \\ \\. and ; -- $$ /* */ ''quoted'' "too"', decode('00ff00deadbeef', 'hex'),
   '😀', 4, '{1,NULL,3}', '{"a;b": ["\u00e9", null, 1e300]}', '2024-02-29 12:00:00.123456+05:30'),
  (U&'\+01F600 Ω \200B\00A0', NULL, 'so la la; $1', NULL, NULL, NULL, '-infinity'),
  (repeat('x', 1000000), decode(repeat('00ff0a0d275c', 170000), 'hex'), DEFAULT, 0, '{}', '{}', 'infinity'),
  ('', '', DEFAULT, -2, NULL, 'null', NULL);
COMMENT ON TABLE "odd; schema"."ta""ble
of 'names'" IS 'it''s; $$ \ a
comment';
CREATE TABLE many AS SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, 5000) AS n;
ALTER TABLE many ADD PRIMARY KEY (id);
CREATE INDEX ON many (hash) WHERE id > 10;
CREATE TABLE parts (id int REFERENCES many, day date) PARTITION BY RANGE (day);
CREATE TABLE parts_old PARTITION OF parts FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE parts_new PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
INSERT INTO parts VALUES (1, '2020-01-01'), (2, '2024-06-01');
CREATE VIEW few AS SELECT * FROM many WHERE id < 10;
CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM many;
CREATE SEQUENCE counter START 42 INCREMENT 7;
SELECT nextval('counter');
CREATE FUNCTION half(n int) RETURNS int LANGUAGE sql AS $body$ SELECT n / 2 -- ; $$ 'x
$body$;
CREATE PROCEDURE nothing() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.hash := 'touched'; RETURN NEW; END $$;
CREATE TRIGGER "tou;ched" BEFORE UPDATE ON many FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE many ENABLE ROW LEVEL SECURITY;
CREATE POLICY "only $low" ON many TO readers USING (id < 100);
SELECT lo_from_bytea(4711, decode('c0ffee00', 'hex'));
SELECT lo_from_bytea(4712, decode(repeat('00ff', 500000), 'hex'));
GRANT SELECT ON many TO readers;
GRANT SELECT ON LARGE OBJECT 4711 TO readers;
