"""The files that type checkers read are not for running."""

collect_ignore = ["api.py", "wrong.py"]
