"""Mutation testing: small changes of a policy that its scenarios ought to notice."""
