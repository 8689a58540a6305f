"""JSON Schemas of policy files and scenario files, by which editors complete and check them."""
