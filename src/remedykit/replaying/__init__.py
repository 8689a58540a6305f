"""A case told again: what should have been offered after each event, and when only time passed."""
