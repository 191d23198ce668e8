"""What boards read from outside their tables: the files of the packs."""
