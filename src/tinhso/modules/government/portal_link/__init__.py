"""The link with the national public service portal: dossiers told, filings taken in, both sides compared."""
