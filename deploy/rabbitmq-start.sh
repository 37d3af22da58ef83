#!/bin/sh
# Starts RabbitMQ in its container with an account for each service. Their rights, and the queues that services share, are in topology.json
# beside this script, a copy of rabbitmq-definitions.json. The passwords are in the environment, or in files of /run/secrets.
set -eu
umask 022
folder=/tmp/rabbitmq
mkdir -p "$folder/definitions" "$folder/conf.d"
cp "$(dirname "$0")/topology.json" "$folder/definitions/topology.json"

# user NAME TAGS VARIABLE FILE
user() { printf '{"name":"%s","tags":"%s","password":"%s"}' "$1" "$2" "$(printenv "$3" || cat "/run/secrets/$4")"; }

# Read before topology.json: rights need their accounts. RabbitMQ creates no default account when it reads definitions.
administrator=${RABBITMQ_DEFAULT_USER:-guest}
{
    printf '{"vhosts":[{"name":"/"}],"users":['
    user "$administrator" administrator RABBITMQ_DEFAULT_PASS messaging-password
    for service in catalog-api ordering-api basket-api webapp; do
        printf ','
        user "$service" "" "$(echo "$service" | tr a-z- A-Z_)_PASSWORD" "messaging-$service-password"
    done
    printf '],"permissions":[{"user":"%s","vhost":"/","configure":".*","write":".*","read":".*"}]}' "$administrator"
} > "$folder/definitions/accounts.json"

printf '%s\n' "load_definitions = $folder/definitions" 'loopback_users = none' 'log.console = true' > "$folder/conf.d/shop.conf"
export RABBITMQ_CONFIG_FILES="$folder/conf.d"
unset RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS
exec docker-entrypoint.sh rabbitmq-server
