"""The garden of which nothing was told: one home for it, so that a new field is added here and nowhere else."""

from typing import Final

from vuonho.domain.public import PublicGarden

NOTHING_TOLD: Final = PublicGarden(area=None, model=None, irrigation=None, practices=(), crops=(), animals=())
"""Named field by field: one that is missing is called by its name."""
