"""The models at the border (incident, order, customer, case), money, and what a decision is."""
