"""The register of codes: every code ever given, and what must hold between it and the profiles."""
