"""The command line: one module a command; the only layer that prints and that has a clock."""
