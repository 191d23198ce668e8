"""The facts this module writes to the ledger; subject is `wall:<code>`."""

WALL_HUNG = "boards.wall.hung"  # body: board, unit
WALL_WITHDRAWN = "boards.wall.withdrawn"  # body: board, unit
