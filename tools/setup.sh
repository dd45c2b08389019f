#!/bin/sh
# Sets up .venv from requirements-dev.lock and installs symrep into it, editable. With uv when it is there, else with
# venv and pip. An existing .venv is kept as long as its Python is one we support. PYTHON=… chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
lock=requirements-dev.lock
stamp=$venv/.symrep-installed

supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
usable() { "$1" -c "$supported" >/dev/null 2>&1; }

have_uv=no
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then have_uv=yes; fi

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && usable "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

if ! usable $venv/bin/python; then
    if python=$(find_python); then
        if [ $have_uv = yes ]; then
            uv venv --quiet --clear --python "$(command -v "$python")" $venv
        elif ! "$python" -m venv --clear $venv; then
            echo "setup: '$python -m venv' failed; install the venv module of your Python" \
                "(Debian, Ubuntu: python3-venv), or uv." >&2
            exit 1
        fi
    elif [ $have_uv = yes ]; then
        uv venv --quiet --clear --python '>=3.11,<3.14' $venv
    else
        echo "setup: symrep needs Python 3.11, 3.12 or 3.13, and none was found on PATH." \
            "Install one, or name it: make PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
fi

with_uv() {
    uv pip install --quiet --python $venv/bin/python -r $lock &&
        uv pip install --quiet --python $venv/bin/python --no-deps --no-build-isolation -e .
}

with_pip() {
    $venv/bin/python -m pip --version >/dev/null 2>&1 || $venv/bin/python -m ensurepip >/dev/null
    pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
    $pip install -r $lock
    $pip install --no-deps --no-build-isolation -e .
}

rm -f $stamp
if [ $have_uv = yes ] && with_uv; then
    :
else
    [ $have_uv = no ] || echo "setup: uv could not do it; trying pip" >&2
    with_pip
fi
# the stamp names the place, so that a checkout that was moved or copied is installed again
pwd >$stamp
