"""What may be asked of the province: every procedure, also those only described, and finding them in people's words."""
