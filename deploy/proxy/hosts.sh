#!/bin/sh
# Makes nginx's name of the server of the names it is called by: hosts.sh [NAME,NAME...] adds to those of this machine, and
# to proxy, by which other containers call it.

set -eu

printf '%s\n' "${1:-}" | tr ',' '\n' | awk '
BEGIN { printf "server_name localhost 127.0.0.1 [::1] proxy" }
{ gsub(/^[ \t]+|[ \t]+$/, "") }
/^$/ { next }
!/^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])$/ {
  print "MILLRACE_HOSTS must be host names without ports, separated by commas, was: " $0 >"/dev/stderr"
  exit failed = 1
}
{ printf " %s", tolower($0) }
END {
  if (!failed) {
    print ";"
  }
}'
