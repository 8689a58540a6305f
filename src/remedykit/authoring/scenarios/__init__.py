"""Scenarios: reading them, running them, telling what came out otherwise."""
