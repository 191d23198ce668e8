"""One file for each subcommand of `tinhso`; each offers `command`."""
