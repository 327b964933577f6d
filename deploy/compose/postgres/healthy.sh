#!/bin/bash
# Well is a server that others reach, and on which the last word of roles.sh was heard. Where the first start broke off
# before that, the image does not go on with it.
set -eu
pg_isready --quiet --host 127.0.0.1
made=$(psql --no-psqlrc --quiet --no-align --tuples-only --username veer --dbname shop 2>&1 \
  --command "SELECT has_parameter_privilege('session_replication_role', 'SET')") || true
if [ "$made" != t ]; then
  echo "The first start broke off before roles.sh had ended: remove this volume and begin anew. ${made:0:200}"
  exit 1
fi
