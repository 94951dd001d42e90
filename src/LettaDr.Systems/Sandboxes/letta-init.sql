-- Sets up a database for Letta, as its own init.sql does: a schema named like the database, where everything lives.
-- Run by psql as a superuser, once. Each of user, password and database comes from a Docker secret if there is one,
-- else from POSTGRES_*, else it is "letta".
\set ON_ERROR_STOP on
\set user     `cat /var/run/secrets/letta-user     2>/dev/null || printf %s "${POSTGRES_USER:-letta}"`
\set password `cat /var/run/secrets/letta-password 2>/dev/null || printf %s "${POSTGRES_PASSWORD:-letta}"`
\set database `cat /var/run/secrets/letta-db       2>/dev/null || printf %s "${POSTGRES_DB:-letta}"`

-- The image has made what POSTGRES_* name; what only the secrets name is still missing.
SELECT format('CREATE ROLE %I LOGIN SUPERUSER PASSWORD %L', :'user', :'password')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'user')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

\connect :"database"
CREATE SCHEMA :"database" AUTHORIZATION :"user";
ALTER DATABASE :"database" SET search_path TO :"database";
CREATE EXTENSION vector WITH SCHEMA :"database";
DROP SCHEMA IF EXISTS public CASCADE;
