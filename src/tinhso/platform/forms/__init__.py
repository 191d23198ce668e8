"""Forms from packs, drafts."""
