"""`advisor` as a program: `python -m advisor`, and the command of this name.

Stopping it by Ctrl+C is no mistake, from its first import on.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a person who stops it is told so in a word."""
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
