# What starts Veer: sourced by bin/veer of the distribution, and by veer beside the sources.

# Sets java to one that is new enough.
find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java="$JAVA_HOME/bin/java"
  elif command -v java >/dev/null 2>&1; then
    java=java
  else
    echo "veer: no Java found. Install $1 17 or newer, or set JAVA_HOME." >&2
    exit 2
  fi
  if [ "$(major)" -lt 17 ]; then
    echo "veer: Java $(major) is too old ($java). Install $1 17 or newer, or set JAVA_HOME." >&2
    exit 2
  fi
}

# A release file is quicker to read than a JVM is to start.
major() {
  local home release
  home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
  if [ -r "$home/release" ]; then
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\)[^"]*".*/\1/p' "$home/release")
  else
    release=$("$java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p')
  fi
  echo "${release:-0}"
}

# launch CLASSES REGISTRY MAIN [ARGUMENTS]
launch() {
  local classes=$1 registry=$2 main=$3 terminal=false
  shift 3
  if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
    terminal=true
  fi
  # Logs, records and data are the owner's alone, and a crash leaves no memory with them in it behind.
  umask 077
  # shellcheck disable=SC2086 # options are words
  exec "$java" -XX:+UseSerialGC -XX:-CreateCoredumpOnCrash -XX:+ExitOnOutOfMemoryError \
    -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 -Dveer.terminal="$terminal" \
    -Dveer.registry.home="$registry" ${VEER_JAVA_OPTS:--Xmx1g} -cp "$classes" "$main" "$@"
}
