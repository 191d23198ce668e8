"""Boards of the operations centre: panels of all modules, composed by files of the packs."""
