"""Scores, plan and order: which of the candidates to carry out, and in which order to list all."""
