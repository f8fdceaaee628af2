"""The repository that Pages are served from, spoken to with plain git, from a workshop that is nobody's checkout."""
