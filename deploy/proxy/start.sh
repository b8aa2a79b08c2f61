#!/bin/sh
# The proxy's entry point.
set -eu
# shellcheck disable=SC2086
sh /etc/millrace/proxy/routes.sh /etc/millrace/routes.properties ${PROXY_PORTS:-} >/tmp/routes.conf
sh /etc/millrace/proxy/hosts.sh "${MILLRACE_HOSTS:-}" >/tmp/hosts.conf
exec nginx -c /etc/millrace/proxy/nginx.conf -g 'daemon off;'
