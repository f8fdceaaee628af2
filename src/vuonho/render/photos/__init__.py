"""Photos become small files that carry pixels and nothing else."""
