"""The outside becomes records of the schema, or problems with file, line and cure."""
