"""Rule coverage: what of a policy its scenarios exercise, what is missing, and facts for that."""
