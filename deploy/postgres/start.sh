#!/bin/bash
# The database's entry point. The image's own takes a first start that was broken off for one that was completed, and then
# serves for ever what nobody can log in to. No client has ever reached such a database: it is made anew.
set -eu

note=/var/lib/postgresql/first-start # begun, or completed: see completed.sh
if [ "$(cat "$note" 2>/dev/null)" = begun ]; then
  rm -rf "${PGDATA:?}"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -f "$note" # a kernel may refuse even root to write to another's file in a folder that is everybody's
  echo begun >"$note"
  chown postgres "$note"
fi
exec docker-entrypoint.sh "$@"
