"""What the schema says of every field, for people and for their editors."""
