"""Numbers at the one-stop desk: taken, called, served."""
