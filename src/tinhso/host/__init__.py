"""The outermost ring: settings, urls, design system, command line, embedded database."""
