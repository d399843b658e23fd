# Finds a JDK of version 21 or later and sets JAVA_HOME; to be sourced. Looks at JAVA_HOME, at the java on the PATH and
# its neighbours, then where package managers put JDKs, and takes the newest.

java_major() { # of the JDK in $1; nothing where it is none
  [ ! -x "$1/bin/javac" ] || sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null || true
}

find_jdk() {
  local wanted=21 best="" best_major=0 home major on_path=""
  if [ -n "${JAVA_HOME:-}" ]; then
    major=$(java_major "$JAVA_HOME")
    if [ -n "$major" ] && [ "$major" -ge "$wanted" ]; then
      export JAVA_HOME
      return 0
    fi
  fi
  if command -v java >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  fi
  for home in "$on_path" "$(dirname "${on_path:-/nowhere/x}")"/* \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* /opt/*/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    major=$(java_major "$home")
    if [ -n "$major" ] && [ "$major" -ge "$wanted" ] && [ "$major" -gt "$best_major" ]; then
      best="$home"
      best_major="$major"
    fi
  done
  if [ -z "$best" ]; then
    echo "Peerscope needs a JDK of version $wanted or later, and none was found." >&2
    echo "Install one (Debian: apt install openjdk-21-jdk; or from adoptium.net) or set JAVA_HOME to it." >&2
    return 1
  fi
  export JAVA_HOME="$best"
}
