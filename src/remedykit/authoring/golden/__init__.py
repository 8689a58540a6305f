"""Golden decisions: one line a boundary situation, kept beside the rules."""
