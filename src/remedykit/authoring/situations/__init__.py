"""Situations that give facts wanted values: incident, customer, case, own facts, moment."""
