"""The profile, the village and the site as records: each field described once."""
