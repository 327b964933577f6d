#!/bin/bash
# The shop's owner, and Veer with the rights that it needs on either side, to and fro: docs/operators-guide.md,
# docs/cutover.md.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres <<'SQL'
\getenv shop SHOP_PASSWORD
\getenv veer VEER_PASSWORD
CREATE ROLE shop LOGIN PASSWORD :'shop';
CREATE ROLE veer LOGIN REPLICATION PASSWORD :'veer';
CREATE DATABASE shop OWNER shop;
GRANT CREATE ON DATABASE shop TO veer;
GRANT shop, pg_read_all_stats TO veer;
GRANT SET ON PARAMETER session_replication_role TO veer;
SQL
