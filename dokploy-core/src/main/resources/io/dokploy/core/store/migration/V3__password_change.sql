-- The password that a change has begun with: kept before the engine hears of it.
ALTER TABLE dokploy_database ADD COLUMN next_password_json VARCHAR;
