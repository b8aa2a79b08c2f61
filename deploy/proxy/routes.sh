#!/bin/sh
# Makes nginx's locations of the routes that ./millrace uses too: routes.sh ROUTES [SERVICE=PORT ...]
# A path stands for itself and everything below it, the root for all that no other path covers; the longest wins.
# Services listen on 8080 unless a port is given. Addresses are variables, so that nginx looks them up as it runs.

set -eu

routes=$1
shift
awk -v ports="$*" '
BEGIN {
  count = split(ports, given, " ")
  for (i = 1; i <= count; i++) {
    split(given[i], pair, "=")
    port[pair[1]] = pair[2]
  }
}
function place(pattern, service) {
  printf "location %s {\n    set $service http://%s:%s;\n    proxy_pass $service;\n}\n", pattern, service, \
    (service in port) ? port[service] : 8080
}
/^[ \t]*(#|$)/ { next }
!/^\/[a-z0-9\/-]* = [a-z0-9-]+$/ {
  print FILENAME ":" FNR ": not of the form /path = service: " $0 >"/dev/stderr"
  exit failed = 1
}
$1 == "/" { place("/", $3); root = 1; next }
{ place("= " $1, $3); place($1 "/", $3) }
END {
  if (!failed && !root) {
    print "location / {\n    return 404;\n}"
  }
}' "$routes"
