"""A profile's file made to say other values, and new files of a project with their notes."""
