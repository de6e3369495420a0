"""The commands of the command line, one file each, and what they share: reading articles, writing results, messages.

A command's file has `add`, which gives the parser of all commands one more; `quotekit.cli` calls them. The model and
the registry are imported by the command that needs them, so that `--help` and `--version` answer at once.
"""
