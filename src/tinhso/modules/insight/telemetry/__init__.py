"""Telemetry: what sensors, cameras, lamps and networks report, kept, shown and watched."""
