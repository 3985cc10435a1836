"""New source plugins: a whole distribution from a name and a site.

``alignwatch sources new NAME --site SITE`` calls it; a program that makes many plugins may, too.
What it writes passes the contract of sources as it stands, so that a new author starts from green.

Example:
    >>> import tempfile
    >>> from pathlib import Path
    >>> from alignwatch.scaffold import write_plugin
    >>> with tempfile.TemporaryDirectory() as made:
    ...     folder = Path(made, "harbour")
    ...     _ = write_plugin("harbour-post", site="http://harbour-post.example", folder=folder)
    ...     files = sorted(path.name for path in folder.iterdir())
    >>> files
    ['CHANGELOG.md', 'README.md', 'pyproject.toml', 'src', 'tests']
"""

from alignwatch.scaffold._write import write_plugin

__all__ = ["write_plugin"]
