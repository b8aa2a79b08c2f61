# shellcheck shell=sh
# Sourced by mvnw and millrace: picks a JDK of at least version 25 and exports JAVA_HOME, or says what to install.
# The first that fits wins: JAVA_HOME, JAVA25_HOME, well-known install folders, then the java on the PATH.

millrace_jdk_fits() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -f "$1/release" ]; then
    millrace_jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  else
    millrace_jdk_version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  fi
  [ -n "$millrace_jdk_version" ] && [ "$millrace_jdk_version" -ge 25 ]
}

millrace_find_jdk() {
  for millrace_jdk in \
    "${JAVA_HOME:-}" "${JAVA25_HOME:-}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$millrace_jdk" ] && millrace_jdk_fits "$millrace_jdk"; then
      JAVA_HOME=$millrace_jdk
      return 0
    fi
  done
  if millrace_jdk=$(command -v javac); then
    while [ -L "$millrace_jdk" ]; do
      millrace_link=$(readlink "$millrace_jdk")
      case $millrace_link in
      /*) millrace_jdk=$millrace_link ;;
      *) millrace_jdk=$(dirname "$millrace_jdk")/$millrace_link ;;
      esac
    done
    millrace_jdk=$(cd "$(dirname "$millrace_jdk")/.." && pwd)
    if millrace_jdk_fits "$millrace_jdk"; then
      JAVA_HOME=$millrace_jdk
      return 0
    fi
  fi
  return 1
}

if ! millrace_find_jdk; then
  echo "Millrace needs a JDK 25 or newer: install one (for example Temurin 25) or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
