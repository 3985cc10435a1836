"""alignwatch: evidence about which states are moving together or apart, from the news."""

__version__ = "0.1.0"
