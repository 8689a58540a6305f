"""Deciding which conditions of a policy hold for some facts: the meaning, and the engines."""
