"""The facts of a decision: which there are, how they are read from the models, what follows."""
