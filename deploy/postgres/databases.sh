#!/bin/bash
# Gives each service a database, and a role that can connect to nothing else: what is missing is made, what is there is kept,
# and passwords are set anew. So it may be run again, whatever became of it before.
# How the server is reached, and all passwords, psql reads from the environment by itself, so that they stand in no command
# line and no log.

sql() {
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname postgres "$@"
}

service() { # name of database and role
  sql --set=name="$1" --set=variable="MILLRACE_DB_PASSWORD_${1^^}" <<'SQL'
\getenv password :variable
SELECT format('CREATE ROLE %I', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" LOGIN PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

service orders && service inventory && service fraud && service monitoring || exit 1

# Everybody may connect to these unless told otherwise.
sql <<'SQL' || exit 1
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
SQL
