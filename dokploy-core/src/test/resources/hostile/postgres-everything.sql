\pset null '(null)'
SELECT t.id, sha256(convert_to(t::text, 'UTF8')), t.doubled, t.feels, t.many, t.doc, t.at AT TIME ZONE 'UTC'
  FROM "odd; schema"."ta""ble
of 'names'" t ORDER BY id;
SELECT encode(convert_to(left("va$lue", 200), 'UTF8'), 'hex') FROM "odd; schema"."ta""ble
of 'names'" ORDER BY id;
SELECT sha256(convert_to(string_agg(t::text, '|' ORDER BY id), 'UTF8')) FROM many t;
SELECT tableoid::regclass, p.* FROM parts p ORDER BY id;
SELECT obj_description('"odd; schema"."ta""ble
of ''names''"'::regclass);
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
