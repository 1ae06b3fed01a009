"""`python -m frontoffice.demo`: de demonstratieserver als los proces."""

from __future__ import annotations

import sys

from frontoffice.demo.opdracht import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
