#!/bin/bash
# Tells the roles' passwords, which are files for root alone, to the script that makes the roles. The superuser logs in
# from inside the container only, so nobody is told that password.
set -eu
SHOP_PASSWORD=$(cat /run/veer/secrets/shop)
VEER_PASSWORD=$(cat /run/veer/secrets/veer)
POSTGRES_PASSWORD=$(head -c 24 /dev/urandom | base64)
export SHOP_PASSWORD VEER_PASSWORD POSTGRES_PASSWORD
exec docker-entrypoint.sh "$@"
