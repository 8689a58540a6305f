"""The rule language: from files with places to a checked, typed policy."""
