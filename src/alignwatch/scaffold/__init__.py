"""New source plugins: a whole distribution from a name and a site."""

from alignwatch.scaffold._write import write_plugin

__all__ = ["write_plugin"]
