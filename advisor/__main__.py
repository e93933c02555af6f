"""`python -m advisor` is `advisor`."""

from .cli import main

main()
