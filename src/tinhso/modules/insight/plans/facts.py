"""The facts this module tells: figures entered and withdrawn, imports done and undone, what was named used, who answers for what."""

from typing import Final

FIGURE_ENTERED: Final = "plans.figure.entered"
FIGURE_WITHDRAWN: Final = "plans.figure.withdrawn"
IMPORT_FINISHED: Final = "plans.import.finished"
IMPORT_UNDONE: Final = "plans.import.undone"
SOURCE_CHOSEN: Final = "plans.source.chosen"
RESPONSIBILITY_ASSIGNED: Final = "plans.responsibility.assigned"
