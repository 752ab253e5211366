"""``python -m assistant``."""

from assistant.cli import app

if __name__ == "__main__":
    app()
