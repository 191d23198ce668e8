"""What lies outside the database: the packs' files about plans, workbooks."""
