"""What Gadfly remembers, on SQLite or PostgreSQL: `Store.at(url)`."""
