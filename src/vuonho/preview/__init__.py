"""The preview: a project that is built anew whenever it changes, and shown meanwhile."""
