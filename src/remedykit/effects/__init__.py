"""From matching rules to the remedies that may be offered, layer by layer."""
