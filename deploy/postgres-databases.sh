#!/bin/sh
# Creates a database for each service, and a role that owns it and can connect to no other. A new PostgreSQL container runs it once. For an
# existing server run it yourself, with PGHOST, PGPASSWORD and POSTGRES_USER of the administrator.
# The passwords of the roles are in the environment, or in files of /run/secrets.
set -eu
export PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD:-}}"

# create ROLE DATABASE VARIABLE
create() {
    ROLE_PASSWORD=$(printenv "$3" || cat "/run/secrets/$2-password")
    export ROLE_PASSWORD
    psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v role="$1" -v database="$2" \
        --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password ROLE_PASSWORD
create role :"role" login password :'password';
grant :"role" to current_user;
create database :"database" owner :"role";
revoke all on database :"database" from public;
select rolsuper as own from pg_roles where rolname = current_user
\gset
\if :own
revoke all on database postgres, template1 from public;
\endif
SQL
}

create catalog catalogdb CATALOG_PASSWORD
create ordering orderingdb ORDERING_PASSWORD
create identity identitydb IDENTITY_PASSWORD
unset ROLE_PASSWORD
