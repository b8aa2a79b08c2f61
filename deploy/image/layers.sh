#!/bin/sh
# Sorts the jars Maven has made by how often they change, a folder for each layer of an image:
#   shared         libraries that every service uses
#   MODULE/lib     further libraries of a program
#   MODULE/own     the program, and in its lib our own modules
# A program's manifest names its libraries in lib/ beside it; there the layers come together.

set -eu

if [ $# -ne 2 ]; then
  echo 'usage: layers.sh SOURCES LAYERS' >&2
  exit 2
fi
sources=$1
layers=$2
services='order-service inventory-service fraud-service recommendation-service monitoring-service'
version=$(sed -n '/<artifactId>platform-bom</{n;s/.*<version>\(.*\)<\/version>.*/\1/p;}' "$sources/platform-bom/pom.xml")

# Names of a module's libraries, without those that are modules themselves.
libraries() {
  for jar in "$sources/$1/target/lib"/*.jar; do
    is_ours "$jar" || basename "$jar"
  done
}

is_ours() {
  name=$(basename "$1" "-$version.jar")
  [ -f "$sources/$name/pom.xml" ]
}

# Lines that every file holds.
in_all() {
  sort "$@" | uniq -c | awk -v files=$# '$1 == files { print $2 }'
}

lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT

for module in $services platform-local; do
  if [ ! -f "$sources/$module/target/$module-$version.jar" ] || [ ! -d "$sources/$module/target/lib" ]; then
    echo "$module is not built: run ./mvnw package -DskipTests first, or build with BUILD=source" >&2
    exit 1
  fi
done

for module in $services; do
  libraries "$module" >"$lists/$module"
done
# platform-local is the outside world here; what it starts a broker and a database from stays away.
{ libraries identity; libraries traffic; } | sort -u >"$lists/platform-local"

# shellcheck disable=SC2086
(cd "$lists" && in_all $services) >"$lists/shared"
mkdir -p "$layers/shared"
while read -r jar; do
  cp "$sources/order-service/target/lib/$jar" "$layers/shared/"
done <"$lists/shared"

for module in $services platform-local; do
  mkdir -p "$layers/$module/lib" "$layers/$module/own/lib"
  grep -vxFf "$lists/shared" "$lists/$module" | while read -r jar; do
    cp "$sources/$module/target/lib/$jar" "$layers/$module/lib/"
  done
  for jar in "$sources/$module/target/lib"/*.jar; do
    if is_ours "$jar"; then
      cp "$jar" "$layers/$module/own/lib/"
    fi
  done
  cp "$sources/$module/target/$module-$version.jar" "$layers/$module/own/program.jar"
done
