"""The readers of onestop: finding, tracking, the desk's lists."""
