"""Files as this app reads and writes them: sheets, and what packs hold in their folder dti."""
