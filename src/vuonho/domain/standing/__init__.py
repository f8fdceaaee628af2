"""How a project stands: what each household lacks, and who of the team does what next."""
