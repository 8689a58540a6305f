"""Looking ahead: when time alone will change a decision, and what changes then."""
