"""The profile, the village and the site as values: schema, words, consent, and what the world may see."""
