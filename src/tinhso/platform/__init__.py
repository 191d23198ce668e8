"""What every module stands on: Django apps for units, people, cases, ledger, files, forms, signing, notices."""
