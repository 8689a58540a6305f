# Makes the environments of ./check and ./try. Sourced by them, from the top of the repository.
# shellcheck shell=bash

# Prints the first Python that can serve: PYTHON if it is set, else the usual names.
find_python() {
    local candidates=(python3 python3.13 python3.12 python3.11 python) candidate
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        serving_python "$candidate" && return
    done
    {
        printf 'remedykit needs Python 3.11 or newer, with its modules venv and ensurepip (or uv).\n'
        printf 'Found none that serves among: %s\n' "${candidates[*]}"
        printf 'Install one, or name it: PYTHON=/path/to/python3.12 %s\n' "$0"
    } >&2
    return 1
}

# Prints the path of the Python behind a name if it is new enough and can make environments.
# The base executable: inside an environment, that environment may be the one to be replaced.
serving_python() {
    local modules="sys, venv, ensurepip"
    ! has_uv || modules="sys"
    "$1" - 2>/dev/null <<END
import $modules
if sys.version_info < (3, 11):
    sys.exit(1)
print(sys._base_executable)
END
}

has_uv() {
    command -v uv >/dev/null
}

# The installer's arguments for the same versions on every machine.
# shellcheck disable=SC2034 # for those who source this
pinned=(--constraint constraints.txt --build-constraint constraints.txt)

# make_environment FOLDER PYTHON ARGUMENT...: makes an environment and installs into it what the
# arguments say to pip or uv. One made from the same files with the same arguments is kept.
make_environment() {
    local folder=$1 python=$2 stamp log
    shift 2
    stamp="$("$python" -VV) $* $(cat pyproject.toml constraints.txt)"
    if [ -x "$folder/bin/python" ] && [ "$stamp" = "$(cat "$folder/stamp" 2>/dev/null)" ]; then
        return
    fi
    printf 'Installing into %s ...\n' "$folder" >&2
    log=$(mktemp)
    if ! fill_environment "$folder" "$python" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        printf 'Installing into %s failed; the messages above say why.\n' "$folder" >&2
        tell_what_building_needs "$python" >&2
        return 1
    fi
    rm -f "$log"
    printf '%s\n' "$stamp" >"$folder/stamp"
}

# Says what is missing on this machine, if anything is, to build durable-rules: it has no wheels.
tell_what_building_needs() {
    "$1" - <<'END'
import os
import shutil
import sys
import sysconfig

compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
header = os.path.join(sysconfig.get_path("include"), "Python.h")
missing = []
if not shutil.which(compiler):
    missing.append(f"a C compiler ({compiler})")
if not os.path.exists(header):
    missing.append(f"the headers of this Python ({header})")
if sys.version_info < (3, 13) and missing:
    print("The tests use durable-rules, which is built from its source. There is no")
    print(" and no ".join(missing) + " here; on Debian: apt-get install gcc python3-dev.")
    print("Python 3.13 does without durable-rules: PYTHON=python3.13 ./check")
END
}

fill_environment() {
    local folder=$1 python=$2
    shift 2
    if has_uv; then
        uv venv --clear --python "$python" "$folder" &&
            uv pip install --python "$folder/bin/python" "$@"
    else
        "$python" -m venv --clear "$folder" &&
            # the pip that comes with Python may be too old to know groups
            "$folder/bin/python" -m pip install --constraint constraints.txt --upgrade pip &&
            "$folder/bin/python" -m pip install "$@"
    fi
}
