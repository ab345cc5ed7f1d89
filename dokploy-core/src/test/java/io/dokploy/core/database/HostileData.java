package io.dokploy.core.database;

/** What breaks careless dumps, as statements for each engine's client, and statements that print all of it. */
public final class HostileData {

    public static final String POSTGRES = """
            CREATE ROLE "re'porter $x" LOGIN PASSWORD 'hidden-4711';
            CREATE ROLE readers;
            GRANT readers TO "re'porter $x";
            ALTER ROLE "re'porter $x" SET search_path = app, public;
            CREATE SCHEMA "odd; schema";
            CREATE TYPE mood AS ENUM ('gut', 'so la la; $1', '😀');
            CREATE DOMAIN even AS int CHECK (VALUE % 2 = 0);
            CREATE TABLE "odd; schema"."ta""ble\nof 'names'" (
              id serial PRIMARY KEY, "va$lue" text, bytes bytea, feels mood DEFAULT 'gut', pair even,
              doubled int GENERATED ALWAYS AS (id * 2) STORED, many int[], doc jsonb, at timestamptz, "nul" text);
            INSERT INTO "odd; schema"."ta""ble\nof 'names'" ("va$lue", bytes, feels, pair, many, doc, at) VALUES
              (E'tab\\there, newline\\n, cr\\r, \\\\ \\\\. and ; -- $$ /* */ ''quoted'' "too"', decode('00ff00deadbeef', 'hex'),
               '😀', 4, '{1,NULL,3}', '{"a;b": ["\\u00e9", null, 1e300]}', '2024-02-29 12:00:00.123456+05:30'),
              (U&'\\+01F600 Ω \\200B\\00A0', NULL, 'so la la; $1', NULL, NULL, NULL, '-infinity'),
              (repeat('x', 1000000), decode(repeat('00ff0a0d275c', 170000), 'hex'), DEFAULT, 0, '{}', '{}', 'infinity'),
              ('', '', DEFAULT, -2, NULL, 'null', NULL);
            COMMENT ON TABLE "odd; schema"."ta""ble\nof 'names'" IS 'it''s; $$ \\ a\ncomment';
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
            """;

    public static final String POSTGRES_EVERYTHING = """
            \\pset null '(null)'
            SELECT t.id, sha256(convert_to(t::text, 'UTF8')), t.doubled, t.feels, t.many, t.doc, t.at AT TIME ZONE 'UTC'
              FROM "odd; schema"."ta""ble\nof 'names'" t ORDER BY id;
            SELECT encode(convert_to(left("va$lue", 200), 'UTF8'), 'hex') FROM "odd; schema"."ta""ble\nof 'names'" ORDER BY id;
            SELECT sha256(convert_to(string_agg(t::text, '|' ORDER BY id), 'UTF8')) FROM many t;
            SELECT tableoid::regclass, p.* FROM parts p ORDER BY id;
            SELECT obj_description('"odd; schema"."ta""ble\nof ''names''"'::regclass);
            SELECT count(*), half(84) FROM few;
            SELECT * FROM kept;
            SELECT last_value, is_called, (SELECT seqincrement FROM pg_sequence WHERE seqrelid = 'counter'::regclass) FROM counter;
            SELECT loid, sha256(lo_get(loid)), lomacl FROM (SELECT oid AS loid, lomacl FROM pg_largeobject_metadata) o ORDER BY 1;
            SELECT rolname, rolcanlogin, rolpassword, rolconnlimit FROM pg_authid WHERE rolname IN ('re''porter $x', 'readers') ORDER BY 1;
            SELECT setconfig FROM pg_db_role_setting ORDER BY 1;
            SELECT has_table_privilege('re''porter $x', 'many', 'SELECT'), has_table_privilege('readers', 'parts', 'SELECT');
            SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname;
            SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname;
            SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace ORDER BY relname;
            SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace::regnamespace::text !~ '^(pg_|info)' AND contype <> 'n' ORDER BY 1, 2;
            SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text IN ('many', 'parts') ORDER BY 1;
            SELECT polname, pg_get_expr(polqual, polrelid), polroles::regrole[] FROM pg_policy ORDER BY 1;
            SELECT enumlabel FROM pg_enum ORDER BY enumsortorder;
            """;

    private HostileData() {}
}
