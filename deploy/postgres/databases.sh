#!/bin/bash
# Run once, when the database is made: each service gets a database and a role that can connect to nothing else.
# Passwords are read from the environment by psql itself, so that they stand in no command line and no log.

service() { # name of database and role
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=name="$1" --set=variable="MILLRACE_DB_PASSWORD_${1^^}" <<'SQL'
\getenv password :variable
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

service orders && service inventory && service fraud && service monitoring || exit 1

# Everybody may connect to these unless told otherwise.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL' || exit 1
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
SQL
