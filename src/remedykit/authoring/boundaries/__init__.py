"""Situations just below, at and above every threshold of a policy."""
