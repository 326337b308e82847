"""What Gadfly remembers, on SQLite or PostgreSQL: `Store.open(url)`."""
