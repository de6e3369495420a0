"""`python -m quotekit`: the command line."""

from quotekit.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
