"""How it is measured: a stage with a server of its own, subjects in processes of their own, rounds in turn, one table."""
