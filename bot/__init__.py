"""The discussion bot: slots become debates, replies become summaries.

The core is two functions, `tick(now)` and `handle(event)`; everything else is wired in `app`.
"""

__version__ = "0.1.0"
