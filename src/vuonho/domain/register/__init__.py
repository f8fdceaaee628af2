"""The register of codes as a value, and what must hold between it and the profiles."""
