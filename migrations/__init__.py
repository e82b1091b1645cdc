"""The history of the database's shape, and how a database is brought up to it."""
