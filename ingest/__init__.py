"""Takes the editions in ``corpus/`` into the index that the assistant answers from."""
