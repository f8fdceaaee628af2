"""A project's folder read and checked: settings, villages, profiles, photos, wording."""
