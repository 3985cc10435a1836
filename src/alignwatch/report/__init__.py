"""Evidence as a page that a person can read, keep and pass on."""

from alignwatch.report._render import render_report

__all__ = ["render_report"]
