"""From facts to a decision in words, and the answers to why, why not and what if."""
