"""Who is measured: our own code, hand-written floors, other people's products; each runs in processes of its own."""
