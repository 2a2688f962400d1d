#!/usr/bin/env bash
# Calcifate beside other solvers on its own model, on one core. See README.md in this folder.
#   benches/peers/run.sh [FOLDER]    FOLDER: where the Python environment goes (a new temporary one
#                                    that is removed again, unless given)
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in gfortran cmake python3 taskset; do
  command -v "$tool" >/dev/null || { echo "missing: $tool (Debian: apt-get install gfortran cmake g++ python3-venv util-linux)" >&2; exit 2; }
done

if [ $# -gt 0 ]; then
  environment=$1
else
  environment=$(mktemp -d)
  trap 'rm -rf "$environment"' EXIT
fi
if [ ! -x "$environment/bin/python" ]; then
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement benches/peers/requirements.txt
fi

cargo build --locked --release
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
program=target/release/calcifate
python="$environment/bin/python"
"$python" benches/peers/check.py "$program"
"$python" benches/peers/agree.py "$program"
taskset -c "${CORE:-0}" "$python" benches/peers/speed.py "$program"

# From Python: the wheel, with optimization.
"$environment/bin/pip" install --quiet --force-reinstall --no-deps ./python
taskset -c "${CORE:-0}" "$python" benches/peers/python_speed.py "$environment/bin/calcifate"
